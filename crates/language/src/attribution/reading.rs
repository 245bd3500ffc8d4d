//! One sentence read from left to right: who is the subject, who has been named, who has spoken.

use std::ops::Range;

use super::{Attribution, Attributions, Sentence};
use crate::chunk::{Chunk, Mood, VerbGroup, Voice};
use crate::lexicon::{Class, NounRole, Speech};
use crate::speaker::Speaker;
use crate::{Determiner, NounGroup};

/// A chunk of a sentence.
#[derive(Clone, Copy)]
pub(super) struct Place<'s> {
    /// Index of the sentence.
    pub index: usize,
    /// The sentence.
    pub sentence: &'s Sentence,
    /// Index of the chunk in it.
    pub k: usize,
}

impl<'s> Place<'s> {
    pub(super) fn chunks(self) -> &'s [Chunk] {
        &self.sentence.chunks
    }

    /// Whether a comma stands right before, or before a pronoun tied to the verb: ', en a recensé douze'.
    pub(super) fn behind_comma(self) -> bool {
        let chunks = self.chunks();
        let tied = usize::from(self.k > 1 && chunks[self.k - 1].is(Class::ObjectPronoun));
        self.k.checked_sub(1 + tied).is_some_and(|before| chunks[before].is_mark(','))
    }
}

/// What is known of a sentence so far.
#[derive(Default)]
pub(super) struct Reading {
    /// The attributions found.
    pub found: Vec<Attribution>,
    /// The speakers of the group that may be the subject of the next verb, and the chunk behind it.
    pub subject: Option<(Vec<Speaker>, usize)>,
    /// Whether that group is a text: what it does to a figure, it says.
    pub of_document: bool,
    /// Whoever was named last as somebody who may speak.
    pub named: Option<Vec<Speaker>>,
    /// Whoever stands where the subject of the sentence does.
    pub(super) first: Option<Vec<Speaker>>,
    /// Whether the subject is whoever a cue without a verb brought in.
    introduced: bool,
    /// The verb by which somebody spoke last.
    pub spoke: Option<usize>,
    /// The subject before an apposition or relative clause that is not closed yet, and whether it is a text.
    interrupted: Option<(Vec<Speaker>, usize)>,
    interrupted_document: bool,
}

impl Attributions<'_> {
    /// The attributions of a sentence; who speaks in it, or is its topic, is remembered for the next.
    pub(super) fn sentence(&mut self, index: usize, sentence: &Sentence) -> Vec<Attribution> {
        let mut reading = Reading::default();
        if let Some(label) = self.label(index, sentence) {
            self.last.clone_from(&label.speakers);
            reading.found.push(label);
        }
        let mut k = 0;
        while k < sentence.chunks.len() {
            k = self.chunk(Place { index, sentence, k }, &mut reading).max(k + 1);
        }
        let Reading { mut found, first, .. } = reading;
        if found.is_empty()
            && let Some(speakers) = &first
            && let Some(told) = self.told_behind_colon(index, sentence, speakers)
        {
            found.push(told);
        }
        self.topic = if found.is_empty() { first.unwrap_or_default() } else { Vec::new() };
        found
    }

    /// Reads a chunk, and returns the chunk to read next.
    fn chunk(&mut self, at: Place<'_>, reading: &mut Reading) -> usize {
        let (chunks, k) = (at.chunks(), at.k);
        match &chunks[k] {
            Chunk::Word(..) if self.introduces(chunks, k) => {
                // 'X a envoyé deux bataillons, selon son porte-parole': that of X.
                let of_subject = chunks.get(k + 1).and_then(Chunk::noun).is_some_and(|g| self.is_ones_spokesperson(g));
                let subject = reading.named.clone().filter(|_| of_subject).map(|speakers| (speakers, k + 2));
                // '…, Getnet A., a donné une autre version : selon lui': the subject of the sentence.
                let pronoun = chunks.get(k + 1).is_some_and(|c| c.is(Class::SingularPronoun));
                let strong = chunks[..k].iter().any(|c| matches!(c, Chunk::Mark(_, ':' | ';')));
                let first = reading.first.clone().filter(|_| pronoun && strong).map(|speakers| (speakers, k + 2));
                let source = subject.or(first).or_else(|| self.speakers_after(chunks, k + 1));
                return self.introduced(at, source, reading);
            }
            Chunk::Word(_, classes) if classes.has(Class::Of) && self.is_source_phrase(chunks, k) => {
                let source = self.speakers.at(self.chunker, &self.cast, chunks, k + 1);
                return self.introduced(at, source, reading);
            }
            Chunk::Word(_, classes) if classes.has(Class::ByThem) => {
                // 'by their own account': whoever is spoken of; at the head of a sentence whoever spoke before.
                let last = || if k == 0 { self.last.clone() } else { Vec::new() };
                let speakers = reading.named.clone().unwrap_or_else(last);
                if !speakers.is_empty() {
                    self.push_before(at, speakers, reading);
                }
            }
            Chunk::Word(_, classes) if classes.has(Class::AsFor) => {
                // 'Quant à Riyad, il nie …'.
                if let Some((speakers, next)) = self.speakers.at(self.chunker, &self.cast, chunks, k + 1) {
                    reading.named = Some(speakers);
                    return next;
                }
            }
            Chunk::Word(_, classes) if classes.has(Class::By) && (k == 0 || at.behind_comma()) => {
                // "By the military's count, eleven people have been killed".
                let tokens = self.chunker.tokens;
                let owner = chunks.get(k + 1).and_then(Chunk::noun).filter(|g| tokens.lower(g.tokens.end - 1) == "s");
                let count = chunks.get(k + 2).and_then(Chunk::noun).filter(|_| owner.is_some());
                if count.is_some_and(|g| g.role == Some(NounRole::Document))
                    && let Some((speakers, _)) = self.speakers.at(self.chunker, &self.cast, chunks, k + 1)
                {
                    self.push_before(at, speakers, reading);
                    return k + 3;
                }
            }
            Chunk::Word(_, classes) if classes.has(Class::Someone) => {
                let somewhere = self.somewhere(chunks, k);
                reading.subject = somewhere.map(|speaker| (vec![speaker], k + 1));
            }
            Chunk::Word(_, classes) if classes.has(Class::LearntFrom) && self.is_learnt(chunks, k) => {
                let source = self.speakers_after(chunks, k + 1);
                return self.introduced(at, source, reading);
            }
            Chunk::Word(_, classes) if classes.any(&[Class::Relay, Class::RelayedBy]) => {
                return self.cited(at, reading);
            }
            Chunk::Word(_, classes) if classes.has(Class::SpeakerPronoun) => self.pronoun(at, reading),
            Chunk::Word(tokens, classes) if classes.has(Class::Says) => self.says(at, tokens, reading),
            Chunk::Word(_, classes) if classes.has(Class::Relative) => self.relative(at, reading),
            Chunk::Noun(group) => return self.group(at, group, reading),
            Chunk::Mark(_, '(') if self.is_credit(chunks, k) => {
                if let Some((speakers, _)) = self.speakers.at(self.chunker, &self.cast, chunks, k + 1) {
                    self.push_before(at, speakers, reading);
                }
            }
            Chunk::Mark(_, ',') if reading.subject.as_ref().is_some_and(|(_, end)| *end == k) => {
                // 'Malaysia, which chairs ASEAN, says': inside the relative clause nobody else is interrupted.
                let open = |end: usize| chunks.get(end..k).is_some_and(|c| c.iter().any(|c| c.is(Class::Relative)));
                if reading.interrupted.as_ref().is_some_and(|(_, end)| open(*end)) {
                    return k + 1;
                }
                // 'Le GSIM, affilié à un réseau, revendique …': the comma closes what stood between.
                // But 'le porte-parole, le colonel X, affirme'.
                let named = |end: usize| chunks.get(end + 1).is_some_and(|c| c.noun().is_some());
                let aside =
                    |end: usize| !named(end) && chunks.get(end..k).is_some_and(|c| !c.iter().any(crate::is_finite));
                let resumes = chunks.get(k + 1).is_some_and(crate::is_finite);
                if resumes && reading.interrupted.as_ref().is_some_and(|(_, end)| aside(*end)) {
                    return k + 1;
                }
                reading.interrupted.clone_from(&reading.subject);
                reading.interrupted_document = reading.of_document;
            }
            Chunk::Verb(verb) => self.verb(at, verb, reading),
            Chunk::Word(tokens, classes)
                if *classes == Default::default()
                    && self.chunker.lexicon.is_other_verb(self.chunker.tokens, tokens.start) =>
            {
                self.quoted(at, reading);
            }
            _ => {}
        }
        k + 1
    }

    /// 'fait état de', 'spoke of': a phrase that says, of whoever stands before it, or behind it where it closes what is
    /// said.
    fn says(&mut self, at: Place<'_>, tokens: &Range<usize>, reading: &mut Reading) {
        let (chunks, k) = (at.chunks(), at.k);
        // '400 policiers, a fait savoir le ministère': whoever stands behind.
        let closes = k > 0 && matches!(chunks[k - 1], Chunk::Mark(_, ',' | '»' | '”' | '"'));
        let behind = closes.then(|| self.speakers_after(chunks, self.behind(chunks, k)));
        // 'Une source médicale à l'hôpital, le dernier qui tient, a fait état de …'.
        if at.behind_comma()
            && let Some((speakers, _)) = reading.interrupted.take().filter(|(_, end)| *end + 1 < k)
        {
            reading.subject = Some((speakers, k));
        }
        // 'Human Rights Watch a recueilli des témoignages et parle de …'.
        let linked = k > 0 && chunks[k - 1].is(Class::And) && reading.subject.is_none();
        if linked && reading.spoke.is_none() {
            reading.subject = reading.first.clone().map(|first| (first, k));
        }
        // 'A local rescue committee gave a toll of 33': a body that only common nouns name.
        let next = k.checked_sub(1).filter(|at| !self.governed(chunks, *at)).and_then(|at| chunks[at].noun());
        if reading.subject.is_none()
            && let Some(group) = next.filter(|g| g.role.is_none() && g.names.is_empty() && g.proper.is_none())
        {
            let body = self.chunker.lexicon.is_body(self.chunker.tokens, group.tokens.end - 1);
            let speaker = self.speakers.nameless(self.chunker, group, body);
            reading.subject = speaker.map(|speaker| (vec![speaker], k));
        }
        if let Some((speakers, _)) = behind.flatten() {
            self.last.clone_from(&speakers);
            let content = self.with_quotation(at.sentence.tokens.clone(), tokens.start);
            let said = Attribution::said(speakers, tokens.clone(), content, at.index, "attribution.inverted");
            reading.found.push(Attribution { verbal: true, ..said });
            reading.spoke = Some(k);
        } else if let Some((speakers, _)) = reading.subject.clone().filter(|(s, _)| !s.is_empty()) {
            self.last.clone_from(&speakers);
            let content = self.with_quotation(tokens.end..at.sentence.tokens.end, tokens.start);
            let said = Attribution::said(speakers, tokens.clone(), content, at.index, "attribution.subject");
            reading.found.push(Attribution { verbal: true, ..said });
            reading.spoke = Some(k);
        }
    }

    /// 'selon X', 'de source militaire': X speaks, and may be the subject of the next verb.
    fn introduced(&mut self, at: Place<'_>, source: Option<(Vec<Speaker>, usize)>, reading: &mut Reading) -> usize {
        let Some((speakers, next)) = source else { return at.k + 1 };
        self.push_before(at, speakers.clone(), reading);
        reading.subject = Some((speakers, next));
        reading.introduced = true;
        next
    }

    /// 'A, citing B', 'B, cited by A': B is the origin, A the relay.
    fn cited(&mut self, at: Place<'_>, reading: &mut Reading) -> usize {
        let Some((named, next)) = self.speakers.at(self.chunker, &self.cast, at.chunks(), at.k + 1) else {
            return at.k + 1;
        };
        if let Some((subject, _)) = reading.subject.take().or_else(|| reading.interrupted.take()) {
            reading.interrupted = None;
            // 'Reuters reported, citing X': one attribution, to X.
            reading.found.pop_if(|said| said.speakers == subject);
            let passive = at.chunks()[at.k].is(Class::RelayedBy);
            let (speakers, via) = if passive { (subject, named) } else { (named, subject) };
            self.last.clone_from(&speakers);
            let cue = at.chunks()[at.k].tokens();
            let said = Attribution::said(speakers, cue, at.sentence.tokens.clone(), at.index, "attribution.relay");
            reading.found.push(Attribution { via, speech: Speech::Cite, verbal: true, ..said });
        }
        next
    }

    /// 'le gouvernement, lui, …' stresses; elsewhere a pronoun takes up the subject of its sentence, else whoever spoke
    /// before.
    fn pronoun(&self, at: Place<'_>, reading: &mut Reading) {
        let closes = at.chunks().get(at.k + 1).is_some_and(|c| c.is_mark(','));
        let stressed = usize::from(at.behind_comma() && closes);
        let topic = || if self.topic.is_empty() { self.last.clone() } else { self.topic.clone() };
        // 'six schoolchildren and two teachers, the ministry said': a noun takes up a body, not whoever is named beside it.
        let role = |s: &Speaker| s.role.map(|role| self.chunker.lexicon.role(role));
        let takes_up = |s: &Speaker| role(s).is_none_or(crate::speaker::is_institution);
        let noun = at.chunks()[at.k].tokens().len() > 1;
        let named = reading.named.clone().filter(|named| !noun || named.iter().all(takes_up));
        // 'Two of its drivers, it said, were killed': whoever spoke before, not those of whom it speaks.
        let chunks = at.chunks();
        let aside = at.behind_comma()
            && chunks.get(at.k + 1).is_some_and(|c| c.verb().is_some())
            && chunks.get(at.k + 2).is_some_and(|c| c.is_mark(','));
        // 'The ministry says that 200 PKK militants have surrendered, and it estimates that …': whoever says so still.
        let says = |c: &Chunk| c.verb().is_some_and(|v| self.chunker.lexicon.verb(v.verb).speech.is_some());
        let again = reading.spoke.is_some() && chunks.get(at.k + 1).is_some_and(says);
        let takes_up = (aside || again) && chunks[at.k].is(Class::SingularPronoun) && !self.last.is_empty();
        let before = if takes_up { self.last.clone() } else { named.unwrap_or_else(topic) };
        reading.subject = Some((before, at.k + 1 + stressed)).filter(|(speakers, _)| !speakers.is_empty());
    }

    /// 'abattu par les FSR, qui affirment …': whoever stands right before.
    fn relative(&self, at: Place<'_>, reading: &mut Reading) {
        let comma = at.behind_comma();
        let before = at.k.checked_sub(1 + usize::from(comma)).filter(|before| at.chunks()[*before].noun().is_some());
        // 'raconte un rescapé joint par téléphone à Kousseri, qui affirme …': no town does.
        let chunks = at.chunks();
        let placed = before.is_some_and(|b| {
            let to = b > 0 && (chunks[b - 1].is(Class::To) || chunks[b - 1].is(Class::Locative));
            to && chunks[b].noun().is_some_and(|g| g.role.is_none() && g.names.iter().all(|n| n.actor().is_none()))
        });
        if placed && comma && reading.spoke.is_some() && !self.last.is_empty() {
            reading.subject = Some((self.last.clone(), at.k + 1));
            return;
        }
        // 'un conseiller de la présidence, qui concède …': the head, not its complement.
        let whole = reading.subject.clone().filter(|(_, end)| before.is_some_and(|before| *end == before + 1));
        let speakers = whole.or_else(|| self.speakers.at(self.chunker, &self.cast, at.chunks(), before?));
        if let Some((speakers, _)) = speakers.filter(|(speakers, _)| !speakers.is_empty()) {
            if comma && reading.interrupted.is_none() {
                reading.interrupted = reading.subject.take();
                reading.interrupted_document = reading.of_document;
            }
            reading.subject = Some((speakers, at.k + 1));
        }
    }

    /// A noun group: who it names may be the subject of the next verb.
    fn group(&mut self, at: Place<'_>, group: &NounGroup, reading: &mut Reading) -> usize {
        let (chunks, k) = (at.chunks(), at.k);
        self.group = self.speakers.armed_group(self.chunker, group).or(self.group);
        self.cast.group = self.group;
        self.meet_body(group);
        if group.is_bare_figure() && chunks.get(k + 1).is_some_and(|c| c.is(Class::OfThem)) {
            // 'One of them said'.
            reading.subject = Some((self.last.clone(), k + 2)).filter(|(speakers, _)| !speakers.is_empty());
            return k + 1;
        }
        // 'told Outlet C, denying …': who is told does not speak.
        let told =
            reading.spoke.is_some_and(|verb| verb + 1 == k) && chunks.get(k + 1).is_none_or(|c| c.verb().is_none());
        // 'contrôlée par les Forces de soutien rapide (FSR), ont indiqué …': what stands in brackets does nothing.
        let bracketed = k > 0 && chunks[k - 1].is_mark('(') && chunks.get(k + 1).is_some_and(|c| c.is_mark(')'));
        if told || bracketed || self.governed(chunks, k) || is_apposed(at, group, reading) {
            return k + 1;
        }
        if let Some(named) = self.taken_up(group) {
            reading.subject = Some((named, k + 1));
        } else if let Some(speakers) = self.whose_spokesperson(group, reading) {
            reading.subject = Some((speakers, k + 1));
        } else if let Some((speakers, next)) = self.speakers.at(self.chunker, &self.cast, chunks, k) {
            reading.named = Some(speakers.clone());
            reading.of_document = group.role == Some(NounRole::Document);
            if reading.first.is_none() && k <= 4 {
                reading.first = Some(speakers.clone());
            }
            if let Some(content) = self.gapped(at, next, reading) {
                // What was said before ends here.
                if let Some(before) = reading.found.last_mut() {
                    before.content.end = before.content.end.min(group.tokens.start);
                }
                let cue = group.tokens.clone();
                self.last.clone_from(&speakers);
                let said = Attribution::said(speakers.clone(), cue, content, at.index, "attribution.gapped");
                reading.found.push(Attribution { speech: Speech::Know, ..said });
            }
            reading.subject = Some((speakers, next));
            reading.introduced = false;
            return next;
        }
        // A subject that says nothing ends the reach of the one before, unless it stands in an apposition, or inside a
        // relative clause of the one before: 'un responsable qui a requis l'anonymat affirme'.
        if !at.behind_comma() {
            let goes_on = |end: usize| end >= k || chunks[end..k].iter().any(|c| c.is(Class::Relative));
            reading.subject = reading.subject.take().filter(|(_, end)| goes_on(*end));
        }
        k + 1
    }

    /// A verb: of speech, or not.
    fn verb(&mut self, at: Place<'_>, verb: &VerbGroup, reading: &mut Reading) {
        // 'X, un groupe dont nul ne savait rien, dit …': the comma closes what stood between.
        let mut resumed = false;
        if at.behind_comma()
            && let Some((speakers, _)) = reading.interrupted.take().filter(|(_, end)| *end + 1 < at.k)
        {
            reading.subject = Some((speakers, at.k));
            reading.of_document = reading.interrupted_document;
            resumed = true;
        }
        // 'X admet s'être retiré de la ville, mais dément toute capture': one subject for both.
        let linked = at.k > 0 && (at.chunks()[at.k - 1].is(Class::And) || at.chunks()[at.k - 1].is(Class::Coordinator));
        // 'Turkey delivered two helicopters, according to a diplomat, and says it has trained 500 men'.
        if linked
            && reading.spoke.is_none()
            && (reading.introduced || reading.subject.is_none())
            && let Some(first) = &reading.first
        {
            reading.subject = Some((first.clone(), at.k));
        }
        if linked && reading.spoke.is_some() && !self.last.is_empty() && crate::is_finite(&at.chunks()[at.k]) {
            reading.subject = Some((self.last.clone(), at.k));
        }
        if let Some(attribution) = self.given(at, verb) {
            self.last.clone_from(&attribution.speakers);
            reading.spoke = Some(at.k);
            reading.found.push(attribution);
        } else if let Some(attribution) = self.spoken(at, verb, reading, resumed) {
            self.last.clone_from(&attribution.speakers);
            reading.subject = Some((attribution.speakers.clone(), at.k + 1));
            reading.spoke = Some(at.k);
            reading.found.push(attribution);
        } else if verb.mood == Mood::Indicative && verb.voice != Voice::Passive {
            self.quoted(at, reading);
            self.found_out(at, verb, reading);
        }
    }

    /// What a cue without a verb attributes: the part of the sentence around it.
    fn push_before(&mut self, at: Place<'_>, speakers: Vec<Speaker>, reading: &mut Reading) {
        self.last.clone_from(&speakers);
        let cue = at.chunks()[at.k].tokens();
        let mut content = self.with_quotation(self.segment(at.sentence, at.k), cue.start);
        if let Some(start) = self.relative_before(at.sentence, at.k) {
            content.start = start;
        }
        reading.found.push(Attribution::said(speakers, cue, content, at.index, "attribution.according"));
    }
}

/// 'X, un groupe de réflexion, affirme': what stands apposed does not take over.
fn is_apposed(at: Place<'_>, group: &NounGroup, reading: &Reading) -> bool {
    let adjacent = |end: usize| at.chunks()[end.min(at.k)..at.k].iter().all(|c| matches!(c, Chunk::Mark(..)));
    at.behind_comma()
        && matches!(group.determiner, None | Some(Determiner::Indefinite))
        && group.names.iter().all(|n| n.source().is_none())
        && reading.subject.as_ref().is_some_and(|(_, end)| adjacent(*end))
}
