//! Which chunk of a sentence plays which role of a verb.

use std::ops::Range;

mod asides;
mod fitting;
mod sides;

use recoup_language::lexicon::{Class, ClassId, Classes, Frame, Role};
use recoup_language::{Chunk, Figure, Mood, NounGroup, Sentence, VerbGroup, Voice, is_finite};

use crate::article::Article;
use crate::clause::is_strong;

/// How many chunks may stand between a relative and its verb.
const LONGEST_RELATIVE: usize = 6;

/// What a frame counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Theme {
    /// The chunk of the noun; of the pronoun, where it is one.
    pub(crate) at: usize,
    /// The chunk of the figure, where another noun carries it (*un nombre de soldats*).
    pub(crate) counted_by: Option<usize>,
    /// Whether it takes up something said before: a pronoun, *ces troupes*.
    pub(crate) anaphor: bool,
}

impl Theme {
    /// The noun group, unless it is a pronoun.
    pub(crate) fn group<'s>(&self, chunks: &'s [Chunk]) -> Option<&'s NounGroup> {
        chunks.get(self.at).and_then(Chunk::noun)
    }

    /// The figure.
    pub(crate) fn figure<'s>(&self, chunks: &'s [Chunk]) -> Option<&'s Figure> {
        let own = self.group(chunks).and_then(|g| g.figure.as_deref());
        let other = self.counted_by.and_then(|k| chunks[k].noun());
        // '45 of 60 drones': the part that is counted, not the whole.
        let part = other.filter(|g| g.is_bare_figure() && self.counted_by.is_some_and(|k| k < self.at));
        // 'A previous toll stood at 180': the article of a noun that a verb gives a number.
        let counted = other.and_then(NounGroup::count);
        let own = own.filter(|f| f.kind != recoup_language::FigureKind::One || counted.is_none());
        part.and_then(NounGroup::count).or(own).or(counted)
    }

    /// The tokens from figure to noun.
    pub(crate) fn tokens(&self, chunks: &[Chunk]) -> Range<usize> {
        let own = chunks[self.at].tokens();
        match self.counted_by {
            Some(k) => {
                let other = chunks[k].tokens();
                // 'le nombre de morts … est passé à 31': the predicate holds the figure, or the figure a noun of its own.
                if k > self.at
                    && let Some(verb) = (self.at..k).rev().find(|i| chunks[*i].verb().is_some())
                {
                    let bare = chunks[k].noun().is_some_and(NounGroup::is_bare_figure);
                    return if bare { chunks[verb].tokens().start..other.end } else { other };
                }
                own.start.min(other.start)..own.end.max(other.end)
            }
            None => own,
        }
    }
}

/// Finds roles in one sentence.
pub(crate) struct Roles<'s, 'a> {
    pub(crate) article: &'s Article<'a>,
    pub(crate) sentence: &'s Sentence,
    /// What was counted last before the sentence: a figure without a noun goes on with it.
    pub(crate) counted: Option<ClassId>,
}
impl<'s> Roles<'s, '_> {
    pub(crate) fn chunks(&self) -> &'s [Chunk] {
        &self.sentence.chunks
    }

    /// The themes of a frame: what stands in its role and is of its class, with what is coordinated to it.
    pub(crate) fn themes(&self, k: usize, verb: &VerbGroup, frame: &Frame) -> Vec<Theme> {
        let left = || self.left(k, frame);
        let right = || self.right(k + 1, frame, false);
        let found = match (frame.role, verb.voice) {
            (Role::Of, Voice::Passive) | (Role::Received | Role::By, Voice::Reflexive) => None,
            (Role::Of, _) => {
                // 'mettre la main sur', 'garder le contrôle sur'.
                let over = || frame.object.is_some().then(|| self.complement(k, Class::Against, frame)).flatten();
                self.complement(k, Class::Of, frame).or_else(over)
            }
            (Role::To, _) => self.complement(k, Class::To, frame),
            (Role::By, _) => self.complement(k, Class::By, frame),
            (Role::With, _) => self.complement(k, Class::With, frame),
            (Role::Object, Voice::Passive) if verb.ambiguous => {
                let object = right().filter(|t| self.adjoins(k, t.at));
                object.or_else(left).or_else(|| self.behind_aside(k, frame))
            }
            (Role::Object, Voice::Passive) if verb.mood == Mood::Participle => {
                left().or_else(|| self.behind_aside(k, frame))
            }
            // 'où seraient détenus 1 800 hommes'.
            (Role::Object, Voice::Passive)
                if k > 0 && self.chunks()[k - 1].is(Class::Where) && self.postposed(k, frame).is_some() =>
            {
                self.postposed(k, frame)
            }
            (Role::Object, Voice::Passive | Voice::Reflexive) => left(),
            (Role::Object, Voice::Active) if self.fronted(k, frame).is_some() => self.fronted(k, frame),
            // 'seized the town', 'who seized …': what follows at once is the object, and a relative has its subject.
            (Role::Object, Voice::Active) if verb.ambiguous && self.is_active(k) => right(),
            (Role::Object, Voice::Active) if verb.ambiguous && self.ends(k) => left().or_else(right),
            // 'Two paratroopers lost contact with their unit': an object that nobody knows.
            (Role::Object, Voice::Active) if verb.ambiguous && frame.agent && self.has_unknown_object(k) => right(),
            (Role::Object, Voice::Active) if verb.ambiguous => {
                right().or_else(left).or_else(|| self.behind_aside(k, frame))
            }
            (Role::Object | Role::Received, Voice::Active) => right(),
            (Role::Received, Voice::Passive) => None,
            // 'has 3,000 fighters left': behind an object the form is a participle, and the object no subject.
            (Role::Subject, _) if verb.ambiguous && self.follows_object(k) => None,
            // 'An officer reached by telephone'.
            (Role::Subject, _) if verb.ambiguous && self.article.chunker.has(verb.tokens.end, Class::By) => None,
            // 'un missile s'est abattu', but 'a abattu un missile'.
            (Role::Itself, voice) if voice != Voice::Reflexive => None,
            (Role::Subject | Role::Itself, _) => left().or_else(|| self.postposed(k, frame)),
        };
        // '48 des 72 drones lancés': the participle is of the whole.
        let whole = |mut theme: Theme| {
            let participle = verb.mood == Mood::Participle && theme.at + 1 == k;
            let counted = theme.group(self.chunks()).is_some_and(|g| g.count().is_some());
            if participle && counted && theme.counted_by.is_some_and(|by| by < theme.at) {
                theme.counted_by = None;
            }
            theme
        };
        let mut themes: Vec<Theme> = found.into_iter().map(whole).collect();
        if let Some(first) = themes.first() {
            let more = self.coordinated(first.at, frame, k);
            themes.extend(more);
            // '31 militaires tués, ainsi que neuf habitants'.
            if verb.mood == Mood::Participle && themes[0].at < k && themes[0].figure(self.chunks()).is_some() {
                let own = |t: &Theme| {
                    let class =
                        t.group(self.chunks()).and_then(|g| g.class).map(|c| self.article.lexicon.noun_class(c));
                    let says = class.is_some_and(|c| c.indicator.is_some());
                    let behind = self.chunks().get(t.at + 1..).unwrap_or_default();
                    says || behind.iter().find(|c| !c.is(Class::Adverb)).is_some_and(|c| c.verb().is_some())
                };
                let more = self.coordinated(k, frame, k);
                themes.extend(more.into_iter().take_while(|t| !own(t)));
            }
        }
        themes
    }

    /// The object before its verb: 'l'accord que les présidents avaient signé', 'an agreement the two countries signed'.
    /// Of agreements only; of people, who come to harm and do it, the order decides nothing.
    fn fronted(&self, k: usize, frame: &Frame) -> Option<Theme> {
        let chunks = self.chunks();
        if let Some(antecedent) = self.antecedent(k, frame) {
            return Some(antecedent);
        }
        let subject = k.checked_sub(1).filter(|s| chunks[*s].noun().is_some())?;
        let relative = subject.checked_sub(1).is_some_and(|r| chunks[r].is(Class::Relative));
        let at = subject.checked_sub(1 + usize::from(relative))?;
        let agreement = *frame.indicator == *"agreement.signed" && chunks[at].noun().is_some();
        self.theme(at, frame).filter(|_| agreement)
    }

    /// The subject of a sentence that a participle opens: 'Formés près de Leipzig, 80 artilleurs ont reçu leur brevet',
    /// 'Kidnapped on Sunday, the six nuns are being held'.
    pub(crate) fn behind_aside(&self, k: usize, frame: &Frame) -> Option<Theme> {
        let chunks = self.chunks();
        let opens = chunks[..k]
            .iter()
            .rev()
            .take_while(|c| !is_strong(c))
            .all(|c| c.is(Class::Adverb) || c.is(Class::Hedge) || matches!(c, Chunk::When(..) | Chunk::Mark(..)));
        let ends = |c: &Chunk| is_strong(c) || is_finite(c) || c.is(Class::Relative) || c.is(Class::Subordinator);
        let end = k + 1 + chunks[k + 1..].iter().position(ends).filter(|_| opens)?;
        if !is_finite(&chunks[end]) {
            return None;
        }
        let commas = (k + 1..end).filter(|i| chunks[*i].is_mark(','));
        commas.filter_map(|comma| self.theme(comma + 1, frame)).find(|t| t.at < end)
    }

    /// What an object relative counts: 'les 479 drones que Moscou a envoyés', 'the 346 passengers whom the rebels held'.
    fn antecedent(&self, k: usize, frame: &Frame) -> Option<Theme> {
        let chunks = self.chunks();
        // 'L'accord que le chef des FDS, X, et le président Y avaient signé'.
        let agreement = *frame.indicator == *"agreement.signed";
        let from = k.saturating_sub(if agreement { 3 * LONGEST_RELATIVE } else { LONGEST_RELATIVE });
        let relative = from + chunks[from..k].iter().rposition(|c| c.is(Class::Relative))?;
        // 'que', 'that'; but 'qui' is the subject itself.
        let between = &chunks[relative + 1..k];
        let subject = between.iter().any(|c| c.noun().is_some() || c.is(Class::SubjectPronoun));
        let plain = between.iter().all(|c| match c {
            Chunk::Noun(group) => group.count().is_none(),
            Chunk::Mark(..) => agreement,
            Chunk::Verb(_) => false,
            _ => agreement || !c.is(Class::Coordinator),
        });
        let territory = frame.indicator.starts_with("territory.");
        // 'which they took Monday', but 'which took place'.
        let own = chunks.get(k + 1).is_some_and(|c| {
            c.noun().is_some_and(|g| territory || self.fits(g, frame)) || territory && c.verb().is_some()
        });
        if !(subject && plain) || own {
            return None;
        }
        // 'the township, where the attack took place'.
        // 'la région, dont l'armée contrôle un tiers'.
        if territory && (chunks[relative].is(Class::Where) || chunks[relative].is(Class::Among)) {
            return None;
        }
        // ', que l'ELN tenait depuis janvier'.
        let comma = usize::from(relative > 0 && chunks[relative - 1].is_mark(','));
        let noun = relative.checked_sub(1 + comma).filter(|at| chunks[*at].noun().is_some())?;
        let head = self.head_of(noun).unwrap_or(noun);
        [head, noun].into_iter().filter_map(|at| self.theme(at, frame)).find(|t| {
            agreement || territory || t.figure(chunks).is_some_and(|f| f.kind == recoup_language::FigureKind::Count)
        })
    }

    /// Whether nothing but the object of another verb stands between that verb and the one at `k`.
    fn follows_object(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let Some(at) = chunks[..k].iter().rposition(|c| c.verb().is_some()) else { return false };
        let plain =
            chunks[at + 1..k].iter().all(|c| matches!(c, Chunk::Noun(_)) || c.is(Class::Adverb) || c.is(Class::Hedge));
        let speaks = chunks[at].verb().is_some_and(|v| self.article.lexicon.verb(v.verb).speech.is_some());
        plain && at + 1 < k && !speaks && is_finite(&chunks[at])
    }

    /// Whether a word of which nothing is known stands behind the verb at `k`, and no particle of it.
    fn has_unknown_object(&self, k: usize) -> bool {
        let unknown = |c: &Chunk| matches!(c, Chunk::Word(_, classes) if *classes == Classes::default());
        let chunks = self.chunks();
        chunks.get(k + 1).is_some_and(unknown) && chunks.get(k + 2).is_none_or(|c| c.noun().is_none())
    }

    /// 'two drivers held up at the checkpoint were shot': a past that can only be a participle of the noun before.
    fn is_reduced(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let ambiguous = chunks[k].verb().is_some_and(|v| v.ambiguous);
        let noun = k > 0 && chunks[k - 1].noun().is_some();
        ambiguous && noun && chunks.get(k + 1).is_none_or(|c| c.noun().is_none())
    }

    /// Whether nothing that could be its object follows on the verb: '47 fighters killed, 16 taken prisoner'.
    pub(super) fn ends(&self, k: usize) -> bool {
        self.chunks().get(k + 1).is_none_or(|c| c.is_mark(',') || c.is_mark(')') || is_strong(c) || c.is(Class::And))
    }

    /// Whether a form that may be past or participle can only be a past: an object follows, or a relative precedes.
    fn is_active(&self, k: usize) -> bool {
        let chunks = self.chunks();
        // 'handed over 20 vehicles': past the particle.
        let particle = chunks.get(k + 1).is_some_and(|c| {
            matches!(c, Chunk::Word(_, classes) if *classes == Classes::default()) || c.is(Class::Adverb)
        });
        // 'captured "weapons and two vehicles"'.
        let quoted = matches!(chunks.get(k + 1), Some(Chunk::Mark(_, '«' | '“' | '"')));
        chunks.get(k + 1 + usize::from(particle || quoted)).is_some_and(|c| c.noun().is_some())
            || k > 0 && chunks[k - 1].is(Class::Relative)
            // 'pulled them out'.
            || chunks.get(k + 1).is_some_and(|c| c.is(Class::SpeakerPronoun) || c.is(Class::ObjectPronoun))
    }
}
