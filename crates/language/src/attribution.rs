//! Attribution: which words of a text are whose.

use std::ops::Range;

use recoup_model::ActorKind;

use crate::chunk::{Chunk, Chunker, Mood, VerbGroup, Voice};
use crate::lexicon::{Class, NounRole, Speech};
use crate::speaker::{Cast, Speaker, Speakers};

/// A source, the words that attribute, and the words that are attributed.
#[derive(Debug, Clone)]
pub struct Attribution {
    /// Who says it; several together.
    pub speakers: Vec<Speaker>,
    /// Who passes it on.
    pub via: Vec<Speaker>,
    /// The tokens of the cue: *selon*, *a déclaré*.
    pub cue: Range<usize>,
    /// What kind of speech.
    pub speech: Speech,
    /// Whether the verb of speech is negated: *n'a pas confirmé*.
    pub negated: bool,
    /// Whether the cue is a verb.
    pub verbal: bool,
    /// Whether who says it concedes it.
    pub concedes: bool,
    /// The tokens that are theirs, over sentences where a quotation reaches over them.
    pub content: Range<usize>,
    /// The sentence of the cue.
    pub sentence: usize,
    /// The colon in its sentence that is nearest to the cue: what lies beyond it is rather another's.
    pub colon: Option<usize>,
    /// What read it.
    pub rule: &'static str,
}

/// What a colon between a cue and what is said adds to their distance, in tokens.
const BEYOND_COLON: usize = 64;

impl Attribution {
    /// How far the cue is from a token that is in its content; the nearest cue wins.
    pub fn distance(&self, token: usize) -> Option<usize> {
        if !self.content.contains(&token) {
            return None;
        }
        let distance = if token < self.cue.start { self.cue.start - token } else { token.saturating_sub(self.cue.end) };
        let beyond = self.colon.is_some_and(|colon| (token < colon) != (self.cue.start < colon));
        Some(if beyond { distance + BEYOND_COLON } else { distance })
    }
}

/// A sentence: its tokens, its chunks, and the block that it stands in.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its chunks.
    pub chunks: Vec<Chunk>,
    /// Index of its block.
    pub block: usize,
}

/// Finds the attributions of a text, sentence by sentence.
pub struct Attributions<'a> {
    chunker: &'a Chunker<'a>,
    speakers: &'a Speakers,
    quotations: &'a [Range<usize>],
    /// Who has appeared so far.
    cast: Cast,
    /// Whom pronouns take up.
    last: Vec<Speaker>,
    /// The first whom the sentence before names as its subject, where nobody speaks in it.
    topic: Vec<Speaker>,
    /// The armed group named last: 'les rebelles'.
    group: Option<u32>,
}

impl<'a> Attributions<'a> {
    /// A finder for a text with these quotations, about `country`: institutions of which nobody says whose they are
    /// are its own.
    pub fn new(
        chunker: &'a Chunker<'a>,
        speakers: &'a Speakers,
        quotations: &'a [Range<usize>],
        country: Option<u32>,
    ) -> Self {
        Attributions {
            chunker,
            speakers,
            quotations,
            cast: Cast::new(country),
            last: Vec::new(),
            topic: Vec::new(),
            group: None,
        }
    }

    /// The attributions of all sentences, in order.
    pub fn find(mut self, sentences: &[Sentence]) -> Vec<Attribution> {
        let mut all = Vec::new();
        let mut block = usize::MAX;
        for (index, sentence) in sentences.iter().enumerate() {
            let mut found = self.sentence(index, sentence);
            let first = self.quotations.partition_point(|q| q.end <= sentence.tokens.start);
            let quoted = self.quotations.get(first).is_some_and(|q| q.start <= sentence.tokens.start + 1);
            // A quotation without a cue goes on with the speaker of the one before it in the same block.
            if found.is_empty() && quoted && block == sentence.block && !self.last.is_empty() {
                all.push(Attribution {
                    speakers: self.last.clone(),
                    via: Vec::new(),
                    cue: sentence.tokens.start..sentence.tokens.start,
                    speech: Speech::Say,
                    negated: false,
                    verbal: false,
                    concedes: false,
                    content: sentence.tokens.clone(),
                    sentence: index,
                    colon: None,
                    rule: "attribution.quotation",
                });
            }
            if let Some(last) = found.last() {
                self.last = last.speakers.clone();
                block = sentence.block;
            }
            found.retain(|a| !self.is_outlet(a));
            for attribution in &mut found {
                attribution.colon = nearest_colon(sentence, &attribution.cue);
                self.meet(attribution);
            }
            all.extend(found);
        }
        all
    }

    fn sentence(&mut self, index: usize, sentence: &Sentence) -> Vec<Attribution> {
        let chunks = &sentence.chunks;
        let mut found: Vec<Attribution> = Vec::new();
        // The speakers of the group that may be the subject of the next verb, and the chunk behind it.
        let mut subject: Option<(Vec<Speaker>, usize)> = None;
        // Whoever was named last in the sentence as somebody who may speak.
        let mut named: Option<Vec<Speaker>> = None;
        let mut first: Option<Vec<Speaker>> = None;
        // The verb by which somebody spoke last.
        let mut spoke: Option<usize> = None;
        // The subject before an apposition or relative clause that is not closed yet.
        let mut interrupted: Option<(Vec<Speaker>, usize)> = None;
        if let Some(label) = self.label(index, sentence) {
            self.last.clone_from(&label.speakers);
            found.push(label);
        }
        let mut k = 0;
        while k < chunks.len() {
            if let Chunk::Noun(group) = &chunks[k] {
                self.group = self.speakers.armed_group(self.chunker, group).or(self.group);
                self.cast.group = self.group;
                self.meet_body(group);
            }
            match &chunks[k] {
                Chunk::Word(..) if self.introduces(chunks, k) => {
                    if let Some((speakers, next)) = self.speakers_after(chunks, k + 1) {
                        self.push_before(&mut found, index, sentence, k, speakers.clone());
                        subject = Some((speakers, next));
                        k = next;
                        continue;
                    }
                }
                Chunk::Word(_, classes) if classes.has(Class::Of) && self.is_source_phrase(chunks, k) => {
                    if let Some((speakers, next)) = self.speakers.at(self.chunker, &self.cast, chunks, k + 1) {
                        self.push_before(&mut found, index, sentence, k, speakers.clone());
                        subject = Some((speakers, next));
                        k = next;
                        continue;
                    }
                }
                Chunk::Word(_, classes) if classes.any(&[Class::Relay, Class::RelayedBy]) => {
                    if let Some((speakers, next)) = self.speakers.at(self.chunker, &self.cast, chunks, k + 1) {
                        if let Some((other, _)) = subject.take().or_else(|| interrupted.take()) {
                            // 'Reuters reported, citing X': one attribution, to X.
                            found.pop_if(|said| said.speakers == other);
                            interrupted = None;
                            found.push(self.relay(index, sentence, k, speakers, other));
                        }
                        k = next;
                        continue;
                    }
                }
                Chunk::Word(_, classes) if classes.has(Class::SpeakerPronoun) => {
                    // 'le gouvernement, lui, …' stresses; elsewhere a pronoun takes up the subject of its sentence, else
                    // whoever spoke before.
                    let stressed =
                        k > 0 && chunks[k - 1].is_mark(',') && chunks.get(k + 1).is_some_and(|c| c.is_mark(','));
                    let topic = || if self.topic.is_empty() { self.last.clone() } else { self.topic.clone() };
                    let before = named.clone().unwrap_or_else(topic);
                    subject =
                        Some((before, k + 1 + usize::from(stressed))).filter(|(speakers, _)| !speakers.is_empty());
                }
                Chunk::Noun(group)
                    if group.is_bare_figure() && chunks.get(k + 1).is_some_and(|c| c.is(Class::OfThem)) =>
                {
                    // 'One of them said'.
                    subject = Some((self.last.clone(), k + 2)).filter(|(speakers, _)| !speakers.is_empty());
                }
                // 'told Outlet C, denying …': who is told does not speak.
                Chunk::Noun(_)
                    if spoke.is_some_and(|verb| verb + 1 == k)
                        && chunks.get(k + 1).is_none_or(|c| c.verb().is_none()) => {}
                Chunk::Noun(group) if !self.governed(chunks, k) => {
                    // 'X, un groupe de réflexion, affirme': what stands apposed does not take over.
                    let apposed = k.checked_sub(1).is_some_and(|p| chunks[p].is_mark(','))
                        && matches!(group.determiner, None | Some(crate::Determiner::Indefinite))
                        && group.names.iter().all(|n| n.source().is_none())
                        && subject.as_ref().is_some_and(|(_, end)| {
                            chunks[(*end).min(k)..k].iter().all(|c| matches!(c, Chunk::Mark(..)))
                        });
                    if apposed {
                        k += 1;
                        continue;
                    }
                    let owned = group.determiner == Some(crate::Determiner::Possessive)
                        && matches!(group.role, Some(NounRole::Speaker(r)) if self.chunker.lexicon.role(r) == "spokesperson");
                    if let Some(named) = self.taken_up(group) {
                        subject = Some((named, k + 1));
                    } else if owned && !self.last.is_empty() {
                        // 'Son porte-parole': that of whoever spoke before.
                        subject = Some((self.last.clone(), k + 1));
                    } else if let Some((speakers, next)) = self.speakers.at(self.chunker, &self.cast, chunks, k) {
                        named = Some(speakers.clone());
                        if first.is_none() && k <= 4 {
                            first = Some(speakers.clone());
                        }
                        subject = Some((speakers, next));
                        k = next;
                        continue;
                    }
                    // A subject that says nothing ends the reach of the one before, unless it stands in an apposition.
                    if !k.checked_sub(1).is_some_and(|p| chunks[p].is_mark(',')) {
                        // Inside a relative clause of its own it goes on: 'un responsable qui a requis l'anonymat affirme'.
                        subject = subject
                            .filter(|(_, end)| *end >= k || chunks[*end..k].iter().any(|c| c.is(Class::Relative)));
                    }
                }
                Chunk::Word(tokens, classes) if classes.has(Class::Says) => {
                    if let Some((speakers, _)) = subject.clone().filter(|(s, _)| !s.is_empty()) {
                        self.last.clone_from(&speakers);
                        let content = self.with_quotation(tokens.end..sentence.tokens.end, tokens.start);
                        found.push(Attribution {
                            speakers,
                            via: Vec::new(),
                            cue: tokens.clone(),
                            speech: Speech::Say,
                            negated: false,
                            verbal: true,
                            concedes: false,
                            content,
                            sentence: index,
                            colon: None,
                            rule: "attribution.subject",
                        });
                    }
                }
                Chunk::Word(_, classes) if classes.has(Class::Relative) && !classes.has(Class::SpeakerPronoun) => {
                    // 'abattu par les FSR, qui affirment …': whoever stands right before.
                    let comma = usize::from(k > 0 && chunks[k - 1].is_mark(','));
                    let at = k.checked_sub(1 + comma).filter(|at| chunks[*at].noun().is_some());
                    if let Some((speakers, _)) =
                        at.and_then(|at| self.speakers.at(self.chunker, &self.cast, chunks, at))
                    {
                        if comma == 1 && interrupted.is_none() {
                            interrupted = subject.take();
                        }
                        subject = Some((speakers, k + 1));
                    }
                }
                Chunk::Mark(_, '(') if self.is_credit(chunks, k) => {
                    if let Some((speakers, _)) = self.speakers.at(self.chunker, &self.cast, chunks, k + 1) {
                        self.push_before(&mut found, index, sentence, k, speakers);
                    }
                }
                Chunk::Mark(_, ',') if subject.as_ref().is_some_and(|(_, end)| *end == k) => {
                    interrupted.clone_from(&subject);
                }
                Chunk::Verb(verb) => {
                    // 'X, un groupe dont nul ne savait rien, dit …': the comma closes what stood between.
                    let closed = k > 0 && chunks[k - 1].is_mark(',');
                    let mut resumed = false;
                    if closed && let Some((speakers, _)) = interrupted.take().filter(|(_, end)| *end + 1 < k) {
                        subject = Some((speakers, k));
                        resumed = true;
                    }
                    if let Some(attribution) =
                        self.verb(index, sentence, k, verb, subject.as_ref(), resumed, spoke.is_some())
                    {
                        self.last = attribution.speakers.clone();
                        subject = Some((attribution.speakers.clone(), k + 1));
                        spoke = Some(k);
                        found.push(attribution);
                    }
                }
                _ => {}
            }
            k += 1;
        }
        if found.is_empty()
            && let Some(speakers) = &first
            && let Some(told) = self.told_behind_colon(index, sentence, speakers)
        {
            found.push(told);
        }
        self.topic = if found.is_empty() { first.unwrap_or_default() } else { Vec::new() };
        found
    }

    /// 'Al-Shabaab: 47 soldiers killed', 'Ministère de la Défense : …': whoever stands before the colon, unless it is a
    /// state, which may as well be where it happens.
    fn label(&self, index: usize, sentence: &Sentence) -> Option<Attribution> {
        let chunks = &sentence.chunks;
        let (speakers, next) = self.speakers.at(self.chunker, &self.cast, chunks, 0)?;
        let colon = (next..chunks.len().min(next + 3)).find(|i| chunks[*i].is_mark(':'))?;
        let only = chunks[next..colon].iter().all(|c| c.verb().is_none());
        let state = |s: &Speaker| {
            s.role.is_none() && s.actor.is_some_and(|a| self.speakers.kind(self.chunker, a) == Some(ActorKind::State))
        };
        let document = chunks[0].noun().is_some_and(|g| g.role == Some(NounRole::Document));
        if !only || document || speakers.iter().any(|s| state(s) || s.is_person) {
            return None;
        }
        let cue = chunks[colon].tokens();
        Some(Attribution {
            speakers,
            via: Vec::new(),
            content: self.with_quotation(cue.end..sentence.tokens.end, cue.start),
            cue,
            speech: Speech::Say,
            negated: false,
            verbal: false,
            concedes: false,
            sentence: index,
            colon: None,
            rule: "attribution.label",
        })
    }

    /// '… between 21 April and 5 May (UNHCR).': a body in brackets at the end of what it says, and no acronym of words
    /// before it.
    fn is_credit(&self, chunks: &[Chunk], k: usize) -> bool {
        let body = chunks
            .get(k + 1)
            .and_then(Chunk::noun)
            .is_some_and(|g| g.names.iter().any(|n| n.source().is_some() && n.place().is_none()));
        let closes = chunks.get(k + 2).is_some_and(|c| c.is_mark(')'));
        let ends = chunks.get(k + 3).is_none_or(|c| matches!(c, Chunk::Mark(_, '.' | ';')));
        let named =
            k > 0 && chunks[k - 1].noun().is_some_and(|g| g.role.is_some() || g.proper.is_some() || g.class.is_none());
        body && closes && ends && !named
    }

    /// 'La police a revu son bilan : cinq morts': whoever is the subject before the colon, where a figure follows it.
    fn told_behind_colon(&self, index: usize, sentence: &Sentence, speakers: &[Speaker]) -> Option<Attribution> {
        let chunks = &sentence.chunks;
        let colon = chunks.iter().position(|c| c.is_mark(':'))?;
        let verb = chunks[..colon].iter().any(crate::chunk::is_finite);
        let counted = chunks[colon + 1..].iter().take(2).any(|c| c.noun().is_some_and(|g| g.count().is_some()));
        let state = |s: &Speaker| {
            s.role.is_none() && s.actor.is_some_and(|a| self.speakers.kind(self.chunker, a) == Some(ActorKind::State))
        };
        if !(verb && counted) || speakers.iter().any(|s| state(s) || s.is_person) {
            return None;
        }
        let cue = chunks[colon].tokens();
        Some(Attribution {
            speakers: speakers.to_vec(),
            via: Vec::new(),
            content: cue.end..sentence.tokens.end,
            cue,
            speech: Speech::Say,
            negated: false,
            verbal: false,
            concedes: false,
            sentence: index,
            colon: None,
            rule: "attribution.colon",
        })
    }

    /// 'pour' attributes only where a clause begins: 'Pour des analystes, …', not 'un soutien pour l'Ukraine'.
    fn introduces(&self, chunks: &[Chunk], k: usize) -> bool {
        let initial = k == 0 || matches!(chunks[k - 1], Chunk::Mark(_, ',' | '»' | '”' | '"' | ':' | '('));
        chunks[k].is(Class::Before) || chunks[k].is(Class::BeforeInitial) && initial
    }

    /// 'De source militaire': the noun itself says that it is a source.
    fn is_source_phrase(&self, chunks: &[Chunk], k: usize) -> bool {
        let initial = k == 0 || chunks[k - 1].is_mark(',');
        let role = chunks.get(k + 1).and_then(Chunk::noun).and_then(|g| g.role);
        initial && matches!(role, Some(NounRole::Speaker(r)) if self.chunker.lexicon.role(r).contains("source"))
    }

    fn speakers_after(&self, chunks: &[Chunk], k: usize) -> Option<(Vec<Speaker>, usize)> {
        if let Some(chunk) = chunks.get(k).filter(|c| c.is(Class::SpeakerPronoun) && !self.last.is_empty()) {
            // 'selon ce dernier': of several the last.
            let one = self.chunker.has(chunk.tokens().start, Class::SingularPronoun);
            let last = if one { self.last.last().cloned().into_iter().collect() } else { self.last.clone() };
            return Some((last, k + 1));
        }
        if let Some(named) = chunks.get(k).and_then(Chunk::noun).and_then(|group| self.taken_up(group)) {
            return Some((named, k + 1));
        }
        self.speakers.at(self.chunker, &self.cast, chunks, k).or_else(|| {
            let speaker = self.speakers.nameless(self.chunker, chunks.get(k)?.noun()?, true)?;
            Some((vec![speaker], k + 1))
        })
    }

    /// Whom a role takes up that names nobody: 'ces sources' those before, 'les rebelles' the group named last.
    fn taken_up(&self, group: &crate::NounGroup) -> Option<Vec<Speaker>> {
        if let Some(body) = self.taken_up_body(group) {
            return Some(vec![body]);
        }
        let Some(NounRole::Speaker(role)) = group.role.filter(|_| group.names.is_empty()) else { return None };
        if group.determiner == Some(crate::Determiner::Demonstrative) {
            return Some(self.last.clone()).filter(|last| !last.is_empty());
        }
        let definite = group.determiner == Some(crate::Determiner::Definite);
        let rebels = crate::speaker::is_group(self.chunker.lexicon.role(role));
        self.group.filter(|_| definite && rebels).map(|actor| vec![self.speakers.actor(self.chunker, actor)])
    }

    /// 'la mission', 'the agency': the body named last of which a name holds the word.
    fn taken_up_body(&self, group: &crate::NounGroup) -> Option<Speaker> {
        let definite = matches!(group.determiner, Some(crate::Determiner::Definite | crate::Determiner::Demonstrative));
        let bare = group.names.is_empty() && group.proper.is_none() && group.head.len() == 1 && group.count().is_none();
        let at = group.head.start;
        let body = self.chunker.lexicon.bodies.longest(self.chunker.tokens, at).is_some();
        let complement = self.chunker.has(group.tokens.end, Class::Of);
        let word = self.chunker.tokens.folded(at);
        if !(definite && bare && body) || complement {
            return None;
        }
        self.cast.called(word, |speaker| self.speakers.names_of(self.chunker, speaker)).cloned()
    }

    /// 'a constaté un correspondant': the outlet itself.
    fn is_outlet(&self, attribution: &Attribution) -> bool {
        attribution.speakers.iter().all(|s| s.role.is_some_and(|r| self.chunker.lexicon.role(r) == "correspondent"))
    }

    /// Somebody has spoken, and may be taken up from here on.
    fn meet(&mut self, attribution: &Attribution) {
        for speaker in attribution.speakers.iter().chain(&attribution.via) {
            self.cast.meet(speaker);
        }
    }

    /// A body is named, and may be taken up by a word of its name: 'la mission', 'the agency'.
    fn meet_body(&mut self, group: &crate::NounGroup) {
        if let Some(body) = self.speakers.known_source(self.chunker, group) {
            self.cast.meet(&body);
        }
    }

    /// Whether a preposition stands before the group; what it governs is no subject.
    fn governed(&self, chunks: &[Chunk], k: usize) -> bool {
        k.checked_sub(1).is_some_and(|p| chunks[p].is(Class::Preposition))
    }

    fn push_before(
        &mut self,
        found: &mut Vec<Attribution>,
        index: usize,
        sentence: &Sentence,
        k: usize,
        speakers: Vec<Speaker>,
    ) {
        self.last = speakers.clone();
        let cue = sentence.chunks[k].tokens();
        let mut content = self.with_quotation(self.segment(sentence, k), cue.start);
        if let Some(start) = self.relative_before(sentence, k) {
            content.start = start;
        }
        found.push(Attribution {
            speakers,
            via: Vec::new(),
            cue,
            speech: Speech::Say,
            negated: false,
            verbal: false,
            concedes: false,
            content,
            sentence: index,
            colon: None,
            rule: "attribution.according",
        });
    }

    /// 'des combats qui ont fait 350 morts, selon X': a cue at the end speaks for the relative clause before it alone.
    fn relative_before(&self, sentence: &Sentence, k: usize) -> Option<usize> {
        let chunks = &sentence.chunks;
        let limit = chunks[..k].iter().rposition(|c| c.is_mark(';')).unwrap_or(0);
        let relative =
            limit + chunks[limit..k].iter().rposition(|c| c.is(Class::Relative) && !c.is(Class::Subordinator))?;
        let verbs = chunks[relative..k]
            .iter()
            .filter_map(Chunk::verb)
            .filter(|v| matches!(v.mood, Mood::Indicative | Mood::Conditional));
        let main_before = chunks[..relative]
            .iter()
            .filter_map(Chunk::verb)
            .any(|v| matches!(v.mood, Mood::Indicative | Mood::Conditional));
        (verbs.count() == 1 && main_before).then(|| chunks[relative].tokens().start)
    }

    /// The part of the sentence around a cue that its source can speak for: up to the next semicolon on either side.
    fn segment(&self, sentence: &Sentence, k: usize) -> Range<usize> {
        let strong = |c: &Chunk| c.is_mark(';');
        let start = sentence.chunks[..k]
            .iter()
            .rposition(strong)
            .map_or(sentence.tokens.start, |i| sentence.chunks[i].tokens().end);
        let end = sentence.chunks[k..]
            .iter()
            .position(strong)
            .map_or(sentence.tokens.end, |i| sentence.chunks[k + i].tokens().start);
        start..end
    }

    /// Content reaches back over a whole quotation that ends just before the cue, and forward over one that begins
    /// in it.
    fn with_quotation(&self, content: Range<usize>, cue: usize) -> Range<usize> {
        let mut content = content;
        // Quotations stand in order: only those that reach to the content can matter.
        let from = self.quotations.partition_point(|q| q.end + 3 < content.start);
        let reach = content.end;
        for quotation in self.quotations[from..].iter().take_while(|q| q.start <= reach) {
            let ends_before = quotation.end < cue && cue - quotation.end <= 3;
            let begins_within = content.contains(&quotation.start) && quotation.start > cue;
            let around = quotation.contains(&cue);
            if ends_before || around {
                content.start = content.start.min(quotation.start);
            }
            if begins_within {
                content.end = content.end.max(quotation.end);
            }
        }
        content
    }

    /// 'A, citing B', 'B, cited by A': B is the origin, A the relay.
    fn relay(
        &mut self,
        index: usize,
        sentence: &Sentence,
        k: usize,
        named: Vec<Speaker>,
        subject: Vec<Speaker>,
    ) -> Attribution {
        let passive = sentence.chunks[k].is(Class::RelayedBy);
        let (speakers, via) = if passive { (subject, named) } else { (named, subject) };
        self.last.clone_from(&speakers);
        Attribution {
            speakers,
            via,
            cue: sentence.chunks[k].tokens(),
            speech: Speech::Cite,
            negated: false,
            verbal: true,
            concedes: false,
            content: sentence.tokens.clone(),
            sentence: index,
            colon: None,
            rule: "attribution.relay",
        }
    }

    fn verb(
        &self,
        index: usize,
        sentence: &Sentence,
        k: usize,
        verb: &VerbGroup,
        subject: Option<&(Vec<Speaker>, usize)>,
        resumed: bool,
        spoke: bool,
    ) -> Option<Attribution> {
        let chunks = &sentence.chunks;
        let entry = self.chunker.lexicon.verb(verb.verb);
        let makes_known = || self.makes_known(chunks, k, verb).then_some(Speech::Say);
        let revises = || (entry.revises && self.has_toll(chunks, k)).then_some(Speech::Know);
        let speech = entry.speech.or_else(makes_known).or_else(revises)?;
        if matches!(speech, Speech::Verify | Speech::Guard | Speech::Remain) && !self.declines(chunks, k, speech) {
            return None;
        }
        // 'ni A ni B n'ont confirmé': the words stand with the subject.
        // 'n'a pas souhaité commenter'.
        let governed_by_not =
            verb.mood == Mood::Infinitive && k > 0 && chunks[k - 1].verb().is_some_and(|before| before.negated);
        let neither = chunks[..k]
            .iter()
            .rev()
            .take_while(|c| c.verb().is_none() && !c.is_mark(','))
            .any(|c| c.is(Class::Neither));
        // 'ne dit mot de ses pertes', 'said nothing of'.
        let silent = speech == Speech::Say
            && chunks.get(k + 1).is_some_and(|c| self.chunker.has(c.tokens().start, Class::Silent));
        let attribution = |speakers: Vec<Speaker>, content: Range<usize>, rule| Attribution {
            speakers,
            via: Vec::new(),
            cue: verb.tokens.clone(),
            speech: if matches!(speech, Speech::Guard | Speech::Remain) || silent { Speech::Silent } else { speech },
            negated: verb.negated || neither || governed_by_not,
            verbal: true,
            concedes: entry.concedes,
            content: self.with_quotation(content, verb.tokens.start),
            sentence: index,
            colon: None,
            rule,
        };
        // 'confirmé par X': the agent speaks, of what stands before.
        if verb.voice == Voice::Passive && entry.speaks_in_active {
            return None;
        }
        if verb.voice == Voice::Passive && !verb.ambiguous {
            let agent = chunks.get(k + 1).is_some_and(|c| c.is(Class::By)).then_some(k + 2)?;
            let (speakers, _) = self.speakers.at(self.chunker, &self.cast, chunks, agent)?;
            return Some(attribution(speakers, sentence.tokens.start..verb.tokens.start, "attribution.passive"));
        }
        // Behind a semicolon somebody else may speak.
        let stop = chunks[k..].iter().find(|c| c.is_mark(';')).map_or(usize::MAX, |c| c.tokens().start);
        // 'De ses pertes, la junte ne dit mot': what is passed over in silence may stand before.
        let silence = silent || speech == Speech::Silent;
        let begins = if silence { sentence.tokens.start } else { verb.tokens.end };
        let after = begins..self.end_of_concession(sentence, k).min(stop);
        // ', indicating that …': what shows something is no speaker.
        if verb.mood == Mood::Gerund && subject.is_none_or(|(_, end)| *end + 1 < k) {
            // 'told X that …, denying …': whoever speaks already.
            let goes_on = spoke && k > 0 && chunks[k - 1].is_mark(',') && !self.last.is_empty();
            return goes_on.then(|| attribution(self.last.clone(), after, "attribution.gerund"));
        }
        if verb.inverted {
            let pronoun = subject.map(|(s, _)| s.clone()).filter(|s| !s.is_empty());
            let speakers = if self.last.is_empty() { pronoun? } else { self.last.clone() };
            return Some(attribution(speakers, sentence.tokens.clone(), "attribution.inverted"));
        }
        // ', a déclaré X', '» ont indiqué mardi X et Y'.
        let closes = k == 0
            || matches!(chunks[k - 1], Chunk::Mark(_, ',' | '»' | '”' | '"' | '…' | ')' | '—' | '–' | '?' | '!'));
        if closes && verb.mood == Mood::Indicative {
            let mut at = k + 1;
            while let Some(chunk) = chunks.get(at) {
                // 'a déclaré mardi', 'a déclaré à X un porte-parole'.
                let addressed = chunk.is(Class::Preposition)
                    && chunks.get(at + 1).is_some_and(|c| c.noun().is_some())
                    && chunks.get(at + 2).is_some_and(|c| c.noun().is_some() || c.is_mark(','));
                at += match chunk {
                    _ if addressed => 2,
                    Chunk::When(..) => 1,
                    // 'a annoncé, lundi 16 décembre, le ministère'.
                    Chunk::Mark(_, ',')
                        if matches!(chunks.get(at + 1), Some(Chunk::When(..)))
                            || matches!(chunks[at - 1], Chunk::When(..)) =>
                    {
                        1
                    }
                    _ if chunk.is(Class::Adverb) => 1,
                    _ => break,
                };
            }
            let nameless = || {
                let group = chunks.get(at)?.noun()?;
                Some((vec![self.speakers.nameless(self.chunker, group, true)?], at + 1))
            };
            let named = self.speakers.at(self.chunker, &self.cast, chunks, at);
            // '…, (…), ont indiqué X et Y': a name behind the verb says more than what stands before the comma.
            let names = resumed && named.is_some() && matches!(speech, Speech::Say | Speech::Know);
            if let Some((speakers, next)) = named.or_else(nameless)
                && chunks.get(next).is_none_or(|c| c.verb().is_none())
                && subject.is_none_or(|(_, end)| {
                    // 'X, dit Y': one comma alone parts no subject from its verb.
                    names || self.is_over(chunks, *end, k) || *end + 1 == k && chunks[*end].is_mark(',')
                })
            {
                let content = sentence.tokens.start..sentence.tokens.end;
                return Some(attribution(speakers, content, "attribution.inverted"));
            }
        }
        if let Some((speakers, _)) = subject.filter(|(speakers, _)| !speakers.is_empty()) {
            let content = if self.trails(chunks, k) { sentence.tokens.start..sentence.tokens.end } else { after };
            return Some(attribution(speakers.clone(), content, "attribution.subject"));
        }
        // 'Le groupe affirme': a subject that only a common noun names.
        let at = chunks[..k].iter().rposition(|c| c.noun().is_some())?;
        let near = chunks[at + 1..k].iter().all(|c| c.is(Class::Adverb) || matches!(c, Chunk::When(..)))
            && !self.governed(chunks, at);
        let speaker = self
            .speakers
            .nameless(self.chunker, chunks[at].noun()?, self.trails(chunks, k))
            .filter(|_| near && verb.mood != Mood::Participle)?;
        Some(attribution(vec![speaker], after, "attribution.subject"))
    }

    /// 'fait en revanche valoir', 'font état de': a verb that only the word behind it makes one of speech.
    fn makes_known(&self, chunks: &[Chunk], k: usize, verb: &VerbGroup) -> bool {
        if !self.chunker.lexicon.verb(verb.verb).light {
            return false;
        }
        let ahead = chunks[k + 1..].iter().take(4).take_while(|c| !matches!(c, Chunk::Mark(..)));
        ahead.into_iter().any(|c| self.chunker.has(c.tokens().start, Class::MadeKnown))
    }

    /// 'raised the death toll to 40', 'porte à 480 le nombre des morts': a toll is what the verb changes.
    fn has_toll(&self, chunks: &[Chunk], k: usize) -> bool {
        let toll = |c: &Chunk| {
            let class = c.noun().and_then(|g| g.class);
            class.is_some_and(|c| matches!(&*self.chunker.lexicon.noun_class(c).name, "toll" | "count"))
        };
        chunks[k + 1..].iter().take(8).take_while(|c| !crate::chunk::is_finite(c)).any(toll)
    }

    /// Whether something stands between a subject and a verb that ends its reach: more than marks, adverbs and times.
    fn is_over(&self, chunks: &[Chunk], end: usize, k: usize) -> bool {
        let passes = |c: &Chunk| matches!(c, Chunk::Mark(..) | Chunk::When(..)) || c.is(Class::Adverb);
        end < k && !chunks[end..k].iter().all(passes)
    }

    /// '…, the ministry said on Monday': speaker and verb stand behind a comma, and nothing that is said behind them.
    fn trails(&self, chunks: &[Chunk], k: usize) -> bool {
        let said = chunks[..k].iter().any(crate::chunk::is_finite)
            || chunks[..k].iter().filter_map(Chunk::noun).any(|g| g.count().is_some());
        let opens = |i: &usize| matches!(chunks[*i], Chunk::Mark(_, ',' | '”' | '"' | '»' | '—' | '–'));
        // 'a ministry spokeswoman, Sok Chenda, told …': an apposition or two may stand between.
        let near = (0..k).rev().filter(opens).take(3).any(|c| {
            let between = &chunks[c + 1..k];
            between.iter().all(|c| c.verb().is_none() && !c.is(Class::Subordinator))
                && between.iter().any(|c| c.noun().is_some() || c.is(Class::SpeakerPronoun))
        });
        let passes = |c: &&Chunk| !matches!(c, Chunk::When(..)) && !c.is(Class::Adverb);
        let addressed = usize::from(chunks.get(k + 1).is_some_and(|c| c.noun().is_some()));
        let ends = chunks[k + 1 + addressed..].iter().find(passes);
        let stops = ends.is_none_or(|c| matches!(c, Chunk::Mark(..)) || c.is(Class::Preposition));
        said && near && stops
    }

    /// 'Bien que X n'ait pas confirmé Y, Z …': what a concession says ends with its comma.
    fn end_of_concession(&self, sentence: &Sentence, k: usize) -> usize {
        let chunks = &sentence.chunks;
        let concedes = chunks[..k].iter().take(3).any(|c| c.is(Class::Concession) || c.is(Class::Hypothesis));
        let comma = chunks[k..].iter().position(|c| c.is_mark(',')).filter(|_| concedes);
        comma.map_or(sentence.tokens.end, |c| chunks[k + c].tokens().start)
    }

    /// 'se garder de commenter', 'rester muet': only with these words is it a refusal.
    fn declines(&self, chunks: &[Chunk], k: usize, speech: Speech) -> bool {
        let ahead = &chunks[k + 1..(k + 6).min(chunks.len())];
        match speech {
            Speech::Guard => ahead
                .iter()
                .filter_map(Chunk::verb)
                .any(|v| matches!(self.chunker.lexicon.verb(v.verb).speech, Some(Speech::Comment | Speech::Say))),
            Speech::Remain => ahead.iter().any(|c| c.is(Class::Silent)),
            _ => false,
        }
    }
}

/// The colon of a sentence that is nearest to a cue; one right behind it introduces what is said, and parts nothing.
fn nearest_colon(sentence: &Sentence, cue: &Range<usize>) -> Option<usize> {
    let colons = sentence.chunks.iter().filter(|c| c.is_mark(':')).map(|c| c.tokens().start);
    colons.filter(|at| *at < cue.start || *at > cue.end + 4).min_by_key(|at| at.abs_diff(cue.start))
}
