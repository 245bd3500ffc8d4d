//! Verbs of speech: who is their subject, and what they say.

use std::ops::Range;

use super::reading::{Place, Reading};
use super::{Attribution, Attributions};
use crate::chunk::{Chunk, Mood, VerbGroup, Voice};
use crate::lexicon::{Class, Speech};
use crate::speaker::Speaker;

/// How far behind a passive whoever says it may stand, in chunks.
const AGENT_WITHIN: usize = 6;

/// How many chunks the title of a paper has at most.
const LONGEST_TITLE: usize = 6;

impl Attributions<'_> {
    /// What the verb at a place attributes, if it is one of speech and somebody is its subject, its agent or stands
    /// behind it; `resumed` says that the subject was interrupted before it.
    pub(super) fn spoken(
        &self,
        Place { index, sentence, k }: Place<'_>,
        verb: &VerbGroup,
        reading: &Reading,
        resumed: bool,
    ) -> Option<Attribution> {
        let chunks = &sentence.chunks;
        let subject = reading.subject.as_ref();
        let entry = self.chunker.lexicon.verb(verb.verb);
        let makes_known = || self.makes_known(chunks, k, verb).then_some(Speech::Say);
        let revises = || (entry.revises && self.has_toll(chunks, k)).then_some(Speech::Know);
        let gives = || self.gives_toll(chunks, k, entry).then_some(Speech::Say);
        let speech = entry
            .speech
            .or_else(gives)
            .or_else(makes_known)
            .or_else(revises)
            .or_else(|| self.reports(reading, chunks, k, verb))?;
        if matches!(speech, Speech::Verify | Speech::Guard | Speech::Remain) && !self.declines(chunks, k, speech) {
            return None;
        }
        // 'ni A ni B n'ont confirmé': the words stand with the subject.
        // 'n'a pas souhaité commenter'.
        let governed_by_not =
            verb.mood == Mood::Infinitive && k > 0 && chunks[k - 1].verb().is_some_and(|before| before.negated);
        // 'Ni A ni B n'ont voulu dire'.
        let governor = usize::from(verb.mood == Mood::Infinitive && k > 0 && chunks[k - 1].verb().is_some());
        let neither = chunks[..k - governor]
            .iter()
            .rev()
            .take_while(|c| c.verb().is_none() && !c.is_mark(','))
            .any(|c| c.is(Class::Neither));
        // 'refuse de confirmer le déploiement'.
        let refused = verb.mood == Mood::Infinitive
            && chunks[k.saturating_sub(3)..k].iter().rev().find_map(Chunk::verb).is_some_and(|governor| {
                !governor.negated && self.chunker.lexicon.verb(governor.verb).speech == Some(Speech::Refuse)
            });
        let speech = if refused { Speech::Refuse } else { speech };
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
            // 'annoncés jusqu'ici par X'.
            // 'imputée aux cartels par X', 'ramené de 140 à 112 par X'.
            let passes = |c: &Chunk| match c {
                Chunk::When(..) => true,
                Chunk::Noun(group) => group.figure.is_none() || group.is_bare_figure(),
                Chunk::Word(_, classes) if *classes == Default::default() => true,
                _ => [Class::Adverb, Class::To, Class::RangeFrom, Class::Of].iter().any(|class| c.is(*class)),
            };
            let by = k + 1 + chunks[k + 1..].iter().take(AGENT_WITHIN).take_while(|c| passes(c)).count();
            let agent = chunks.get(by).is_some_and(|c| c.is(Class::By)).then_some(by + 1)?;
            let (speakers, _) = self.speakers_after(chunks, agent)?;
            // 'contre quatre annoncés par X': the figure alone is theirs.
            let figure = k.checked_sub(1).map(|p| &chunks[p]).filter(|c| c.noun().is_some_and(|g| g.is_bare_figure()));
            if let Some(figure) = figure.filter(|_| verb.mood == Mood::Participle) {
                return Some(attribution(speakers, figure.tokens(), "attribution.passive"));
            }
            return Some(attribution(speakers, sentence.tokens.start..verb.tokens.start, "attribution.passive"));
        }
        // Behind a semicolon somebody else may speak.
        let stop = chunks[k..].iter().find(|c| c.is_mark(';')).map_or(usize::MAX, |c| c.tokens().start);
        // 'De ses pertes, la junte ne dit mot': what is passed over in silence may stand before.
        let silence = silent || speech == Speech::Silent;
        let begins = if silence { sentence.tokens.start } else { verb.tokens.end };
        let after = begins..self.end_of_concession(sentence, k).min(self.end_of_relative(chunks, k)).min(stop);
        // ', with the army saying nine of its soldiers had been killed'.
        if verb.mood == Mood::Gerund
            && k >= 2
            && chunks[k - 2].is(Class::With)
            && let Some((speakers, _)) = self.speakers.at(self.chunker, &self.cast, chunks, k - 1)
        {
            return Some(attribution(speakers, after, "attribution.subject"));
        }
        // ', indicating that …': what shows something is no speaker.
        if verb.mood == Mood::Gerund && subject.is_none_or(|(_, end)| *end + 1 < k) {
            // 'told X that …, denying …': whoever speaks already.
            // 'said X, while acknowledging …'.
            let linked = k > 0 && (chunks[k - 1].is_mark(',') || chunks[k - 1].is(Class::Simultaneous));
            if reading.spoke.is_some() && linked && !self.last.is_empty() {
                return Some(attribution(self.last.clone(), after, "attribution.gerund"));
            }
            // 'The army made no mention of any dead, saying only that …': an office or body, whatever it did before.
            let body = |speakers: &&Vec<Speaker>| speakers.iter().all(|s| !s.is_person);
            let says = linked && chunks[k - 1].is_mark(',') && speech == Speech::Say;
            let first = reading.first.as_ref().filter(|_| says).filter(body);
            return first.map(|speakers| attribution(speakers.clone(), after, "attribution.gerund"));
        }
        if verb.inverted && chunks.get(k + 1).is_some_and(|c| c.is(Class::Someone)) {
            let speakers = vec![self.somewhere(chunks, k + 1)?];
            return Some(attribution(speakers, sentence.tokens.clone(), "attribution.inverted"));
        }
        if verb.inverted {
            let pronoun = subject.map(|(s, _)| s.clone()).filter(|s| !s.is_empty());
            let speakers = if self.last.is_empty() { pronoun? } else { self.last.clone() };
            return Some(attribution(speakers, sentence.tokens.clone(), "attribution.inverted"));
        }
        // ', a déclaré X', '» ont indiqué mardi X et Y'.
        // 'm'a raconté l'imam': the pronoun is the verb's.
        let start = k - usize::from(k > 0 && chunks[k - 1].is(Class::ObjectPronoun));
        let closes = start == 0
            || matches!(chunks[start - 1], Chunk::Mark(_, ',' | '»' | '”' | '"' | '…' | ')' | '—' | '–' | '?' | '!'));
        let at = self.past_one_of(chunks, self.past_adjectives(chunks, self.behind(chunks, k)));
        // 'told our correspondent': to whom, not who.
        let told =
            subject.is_some() && chunks.get(at).and_then(Chunk::noun).is_some_and(|g| self.is_correspondent(g.role));
        // ', accused Cambodia of having fired': English names behind the verb who is accused.
        // ', told Reuters that …': and who is told.
        let accuses = (speech == Speech::Accuse || entry.tells) && !self.chunker.lexicon.inverts;
        if closes && verb.mood == Mood::Indicative && !told && !accuses {
            let nameless = || {
                let group = chunks.get(at)?.noun()?;
                if let Some(speakers) = self.whose_spokesperson(group, reading) {
                    return Some((speakers, at + 1));
                }
                // 'le secrétaire du Conseil de sécurité, Armen G.': whoever it is, by name.
                if let Some(named) = self.speakers.apposed(self.chunker, &self.cast, chunks, at) {
                    return Some(named);
                }
                Some((vec![self.speakers.nameless(self.chunker, group, true)?], at + 1))
            };
            // 'ajoute cette source': whoever spoke before.
            let taken_up = chunks.get(at).and_then(Chunk::noun).and_then(|group| self.taken_up(group));
            // ', annonce l'organisation': a phrase that takes up a body.
            let phrase = chunks.get(at).filter(|c| c.is(Class::SpeakerPronoun) && c.tokens().len() > 1);
            let before = || {
                let named = reading.named.clone().filter(|named| named.iter().all(|s| !s.is_person));
                named.or_else(|| Some(self.last.clone())).filter(|speakers| !speakers.is_empty())
            };
            let taken_up = taken_up.or_else(|| phrase.and_then(|_| before()));
            let named = taken_up
                .map(|speakers| (speakers, at + 1))
                .or_else(|| self.titled(chunks, at))
                .or_else(|| self.speakers.at(self.chunker, &self.cast, chunks, at))
                .filter(|_| !counts_others(chunks, at));
            // '…, (…), ont indiqué X et Y': a name behind the verb says more than what stands before the comma.
            let names = resumed && named.is_some() && matches!(speech, Speech::Say | Speech::Know);
            if let Some((speakers, next)) = named.or_else(nameless)
                && chunks.get(next).is_none_or(|c| c.verb().is_none())
                && subject.is_none_or(|(_, end)| {
                    // 'X, dit Y': one comma alone parts no subject from its verb.
                    names || self.is_over(chunks, *end, k) || parts_with_one_comma(chunks, *end, k)
                })
            {
                let content = sentence.tokens.start..sentence.tokens.end;
                return Some(attribution(speakers, content, "attribution.inverted"));
            }
        }
        // 'Nearly 2,300 residents have fled, the state emergency agency said': who stands next to the verb, behind a comma.
        let next = k.checked_sub(1).filter(|at| chunks[*at].noun().is_some() && !self.governed(chunks, *at));
        let comma = next.is_some_and(|at| at > 0 && chunks[at - 1].is_mark(','));
        let further = subject.is_some_and(|(_, end)| next.is_some_and(|at| *end < at));
        if comma
            && further
            && self.trails(chunks, k)
            && let Some(speaker) = next
                .and_then(|at| chunks[at].noun())
                .filter(|g| g.determiner == Some(crate::Determiner::Definite))
                .and_then(|g| self.speakers.nameless(self.chunker, g, true))
        {
            return Some(attribution(vec![speaker], sentence.tokens.clone(), "attribution.subject"));
        }
        if let Some((speakers, _)) = subject.filter(|(speakers, _)| !speakers.is_empty()) {
            let content = if self.trails(chunks, k) { sentence.tokens.start..sentence.tokens.end } else { after };
            return Some(attribution(speakers.clone(), content, "attribution.subject"));
        }
        let trails = self.trails(chunks, k);
        let content = if trails { sentence.tokens.clone() } else { after };
        match self.common_noun(chunks, k, verb, speech) {
            Some(speaker) => Some(attribution(vec![speaker], content, "attribution.subject")),
            // What is denied is denied, whoever it is by.
            None if speech == Speech::Deny && verb.mood != Mood::Participle && has_subject(chunks, k) => {
                // 'nie tout : l'attaque aurait été repoussée' says so, and denies it not.
                let colon = chunks[k..].iter().find(|c| c.is_mark(':')).map_or(content.end, |c| c.tokens().start);
                let content = content.start..content.end.min(colon.max(content.start));
                Some(attribution(Vec::new(), content, "attribution.nobody"))
            }
            None => None,
        }
    }

    /// 'Le groupe affirme': the subject of the verb of speech at `k`, where only a common noun names it.
    fn common_noun(&self, chunks: &[Chunk], k: usize, verb: &VerbGroup, speech: Speech) -> Option<Speaker> {
        let entry = self.chunker.lexicon.verb(verb.verb);
        let mut at = chunks[..k].iter().rposition(|c| c.noun().is_some())?;
        let last = at;
        // 'the diocese of Ituri said'.
        while at >= 2 && chunks[at - 1].is(Class::Of) && chunks[at - 2].noun().is_some() {
            at -= 2;
        }
        // 'A group claiming affiliation with Islamic State said': whoever the gerund is of.
        let gerund = |c: &Chunk| c.verb().is_some_and(|v| v.mood == Mood::Gerund);
        let claims = self.governed(chunks, at).then(|| chunks[..at].iter().rposition(gerund)).flatten();
        let whose = claims.and_then(|g| g.checked_sub(1)).filter(|n| chunks[*n].noun().is_some());
        let (at, last) = whose.map_or((at, last), |n| (n, n));
        let near = chunks[last + 1..k].iter().all(|c| c.is(Class::Adverb) || matches!(c, Chunk::When(..)))
            && !self.governed(chunks, at)
            || whose.is_some();
        // 'An independent panel concluded that …': who says that something is so is somebody.
        // 'A local emergency committee gave a lower toll of 29'.
        let reports = matches!(speech, Speech::Say | Speech::Deny)
            && chunks.get(k + 1).is_some_and(|c| c.is(Class::Subordinator))
            || self.gives_toll(chunks, k, entry);
        // 'Jubaland acknowledged nine dead': a region that speaks for itself.
        let group = chunks[at].noun()?;
        let region = group.class.is_none() && group.names.iter().any(|n| n.place().is_some());
        let says = matches!(speech, Speech::Say | Speech::Deny) && !entry.speaks_in_active || entry.revises;
        // 'La mission multinationale annonce l'envoi …': a body by its word.
        let body = self.chunker.lexicon.is_body(self.chunker.tokens, group.head.start);
        let sure = self.trails(chunks, k) || reports || (region || body) && says;
        let speaker =
            self.speakers.nameless(self.chunker, group, sure).filter(|_| near && verb.mood != Mood::Participle)?;
        Some(match at < last {
            true => {
                let words = chunks[at].noun()?.head.start..chunks[last].tokens().end;
                self.speakers.named(crate::speaker::text(self.chunker, words), speaker.actor)
            }
            false => speaker,
        })
    }

    /// Where whoever speaks may stand behind an inverted verb: past the time, and past who is told.
    pub(super) fn behind(&self, chunks: &[Chunk], k: usize) -> usize {
        let mut at = k + 1;
        while let Some(chunk) = chunks.get(at) {
            // 'a déclaré mardi', 'a déclaré à X un porte-parole'.
            let quoted = usize::from(matches!(chunks.get(at + 1), Some(Chunk::Mark(_, '«' | '“' | '"'))));
            let addressed = chunk.is(Class::Preposition)
                && chunks.get(at + 1 + quoted).is_some_and(|c| c.noun().is_some())
                && chunks.get(at + 2 + 2 * quoted).is_some_and(|c| {
                    // 'a raconté par téléphone à X un chauffeur'.
                    c.noun().is_some() || c.is_mark(',') || c.is(Class::To) && !chunk.is(Class::To)
                });
            at += match chunk {
                _ if addressed => 2 + 2 * quoted,
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
        at
    }

    /// 'a assuré l'un de ces responsables': past the words that pick one of them.
    fn past_one_of(&self, chunks: &[Chunk], at: usize) -> usize {
        let one = |c: &Chunk| c.is(Class::Article) || c.is(Class::NumberWord);
        let article = usize::from(chunks.get(at).is_some_and(|c| c.is(Class::Definite)));
        let of = chunks.get(at + article + 1).is_some_and(|c| c.is(Class::Of));
        let people = chunks.get(at + article + 2).and_then(Chunk::noun).is_some_and(|g| g.role.is_some());
        if chunks.get(at + article).is_some_and(one) && of && people { at + article + 2 } else { at }
    }

    /// 'estiment d'anciens officiers': past an article and adjectives that nobody knows.
    fn past_adjectives(&self, chunks: &[Chunk], at: usize) -> usize {
        if !chunks.get(at).is_some_and(|c| c.is(Class::Indefinite)) {
            return at;
        }
        let unknown = |c: &&Chunk| matches!(c, Chunk::Word(_, classes) if *classes == Default::default());
        let noun = at + 1 + chunks[at + 1..].iter().take_while(unknown).count();
        if chunks.get(noun).is_some_and(|c| c.noun().is_some_and(|g| g.count().is_none())) { noun } else { at }
    }

    /// 'écrit « Le Figaro »', 'révèle « Le Phare du Golfe »': a paper by its title in quotation marks.
    fn titled(&self, chunks: &[Chunk], at: usize) -> Option<(Vec<Speaker>, usize)> {
        if !matches!(chunks.get(at), Some(Chunk::Mark(_, '«' | '“' | '"'))) {
            return None;
        }
        let behind = at + 2..chunks.len().min(at + 2 + LONGEST_TITLE);
        let close = behind.into_iter().find(|i| matches!(chunks[*i], Chunk::Mark(_, '»' | '”' | '"')))?;
        let title = &chunks[at + 1..close];
        let plain = title.iter().all(|c| c.verb().is_none() && !matches!(c, Chunk::Mark(..) | Chunk::When(..)));
        let words = title.first()?.tokens().start..title.last()?.tokens().end;
        let known = title.iter().filter_map(Chunk::noun).find_map(|g| self.speakers.known_source(self.chunker, g));
        let named = || self.speakers.named(crate::speaker::text(self.chunker, words.clone()), None);
        let capital = self.chunker.tokens.capital(words.start);
        (plain && capital).then(|| (vec![known.unwrap_or_else(named)], close + 1))
    }

    /// 'fait en revanche valoir', 'font état de': a verb that only the word behind it makes one of speech.
    fn makes_known(&self, chunks: &[Chunk], k: usize, verb: &VerbGroup) -> bool {
        if !self.chunker.lexicon.verb(verb.verb).light {
            return false;
        }
        let ahead = chunks[k + 1..].iter().take(4).take_while(|c| !matches!(c, Chunk::Mark(..)));
        ahead.into_iter().any(|c| self.chunker.has(c.tokens().start, Class::MadeKnown))
    }

    /// 'Une note des renseignements, que ce blog a pu consulter, donne 33 soldats tués': whatever a text does to a figure,
    /// it says it.
    fn reports(&self, reading: &Reading, chunks: &[Chunk], k: usize, verb: &VerbGroup) -> Option<Speech> {
        let gives = verb.voice == Voice::Active
            && verb.mood == Mood::Indicative
            && self.chunker.lexicon.verb(verb.verb).helper.is_none();
        let counted = chunks[k + 1..].iter().take(3).filter_map(Chunk::noun).any(|g| g.count().is_some());
        (reading.of_document && gives && counted).then_some(Speech::Know)
    }

    /// 'gave a lower toll of 29', 'n'a pas donné de bilan': who gives a number of victims says it.
    fn gives_toll(&self, chunks: &[Chunk], k: usize, entry: &crate::lexicon::Verb) -> bool {
        let gives =
            entry.frames.iter().any(|f| *f.indicator == *"aid.provided" && f.role == crate::lexicon::Role::Object);
        // But 's'accordent sur le bilan'.
        let of = usize::from(chunks.get(k + 1).is_some_and(|c| c.is(Class::Of)));
        let object = chunks.get(k + 1 + of).and_then(Chunk::noun);
        let class = object.and_then(|g| g.class).map(|class| &*self.chunker.lexicon.noun_class(class).name);
        gives && matches!(class, Some("toll" | "losses"))
    }

    /// 'raised the death toll to 40', 'porte à 480 le nombre des morts': a toll is what the verb changes.
    fn has_toll(&self, chunks: &[Chunk], k: usize) -> bool {
        let toll = |c: &Chunk| {
            let class = c.noun().and_then(|g| g.class);
            class.is_some_and(|c| matches!(&*self.chunker.lexicon.noun_class(c).name, "toll" | "count"))
        };
        // 'Le nombre de blessés a été ramené à 112'.
        let passive = chunks[k].verb().is_some_and(|v| v.voice == Voice::Passive);
        let before = || chunks[..k].iter().rev().take(6).take_while(|c| !crate::chunk::is_finite(c)).any(toll);
        chunks[k + 1..].iter().take(8).take_while(|c| !crate::chunk::is_finite(c)).any(toll) || passive && before()
    }

    /// Whether something stands between a subject and a verb that ends its reach: more than marks, adverbs and times.
    fn is_over(&self, chunks: &[Chunk], end: usize, k: usize) -> bool {
        let passes = |c: &Chunk| matches!(c, Chunk::Mark(..) | Chunk::When(..)) || c.is(Class::Adverb);
        end < k && !chunks[end..k].iter().all(passes)
    }

    /// '…, the ministry said on Monday': speaker and verb stand behind a comma, and nothing that is said behind them.
    pub(super) fn trails(&self, chunks: &[Chunk], k: usize) -> bool {
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
        // 'residents told us'.
        let addressed = usize::from(
            chunks.get(k + 1).is_some_and(|c| c.noun().is_some() || c.is(Class::SpeakerPronoun) || c.is(Class::OfOurs)),
        );
        let ends = chunks[k + 1 + addressed..].iter().find(passes);
        // 'n'ont pas communiqué de chiffre' says what behind the verb.
        let stops = ends.is_none_or(|c| matches!(c, Chunk::Mark(..)) || c.is(Class::Preposition) && !c.is(Class::Of));
        said && near && stops
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

/// Whether nothing but times and one comma right before the verb stand between what ends at `end` and it.
fn parts_with_one_comma(chunks: &[Chunk], end: usize, k: usize) -> bool {
    let between = chunks.get(end..k).unwrap_or_default();
    let whens = between.iter().take_while(|c| matches!(c, Chunk::When(..))).count();
    between.len() == whens + 1 && between[whens].is_mark(',')
}

/// Whether something that may be its subject stands before the verb at `k`: not 'ce que dément X'.
fn has_subject(chunks: &[Chunk], k: usize) -> bool {
    let before = chunks[..k].iter().rev().find(|c| !c.is(Class::Adverb) && !matches!(c, Chunk::When(..)));
    before.is_some_and(|c| c.noun().is_some() || c.is(Class::SubjectPronoun) || c.is(Class::SpeakerPronoun))
}

/// 'claimed 21 SNA fighters killed': people who are counted and hold no office are spoken of.
fn counts_others(chunks: &[Chunk], at: usize) -> bool {
    chunks.get(at).and_then(Chunk::noun).is_some_and(|g| g.count().is_some() && g.role.is_none())
}
