//! Which chunk of a sentence plays which role of a verb.

use std::ops::Range;

use recoup_language::lexicon::{Class, ClassId, Frame, Role};
use recoup_language::{Chunk, Determiner, Figure, Mood, NounGroup, Sentence, VerbGroup, Voice, is_finite};

use recoup_model::{ActorKind, SourceKind};

use crate::article::Article;
use crate::clause::is_strong;

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
        part.and_then(NounGroup::count).or(own).or_else(|| other.and_then(NounGroup::count))
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

/// How many chunks an aside between a subject and its verb holds at most.
const LONGEST_ASIDE: usize = 16;

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
            (Role::Of, _) => self.complement(k, Class::Of, frame),
            (Role::To, _) => self.complement(k, Class::To, frame),
            (Role::By, _) => self.complement(k, Class::By, frame),
            (Role::Object, Voice::Passive) if verb.ambiguous => right().filter(|t| self.adjoins(k, t.at)).or_else(left),
            (Role::Object, Voice::Passive) if verb.mood == Mood::Participle => left(),
            (Role::Object, Voice::Passive | Voice::Reflexive) => left(),
            // 'seized the town', 'who seized …': what follows at once is the object, and a relative has its subject.
            (Role::Object, Voice::Active) if verb.ambiguous && self.is_active(k) => right(),
            (Role::Object, Voice::Active) if verb.ambiguous && self.ends(k) => left().or_else(right),
            (Role::Object, Voice::Active) if verb.ambiguous => right().or_else(left),
            (Role::Object | Role::Received, Voice::Active) => right(),
            (Role::Received, Voice::Passive) => None,
            // 'has 3,000 fighters left': behind an object the form is a participle, and the object no subject.
            (Role::Subject, _) if verb.ambiguous && self.follows_object(k) => None,
            (Role::Subject, _) => left().or_else(|| self.postposed(k, frame)),
        };
        let mut themes: Vec<Theme> = found.into_iter().collect();
        if let Some(first) = themes.first() {
            let more = self.coordinated(first.at, frame, k);
            themes.extend(more);
        }
        themes
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

    /// 'two drivers held up at the checkpoint were shot': a past that can only be a participle of the noun before.
    fn is_reduced(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let ambiguous = chunks[k].verb().is_some_and(|v| v.ambiguous);
        let noun = k > 0 && chunks[k - 1].noun().is_some_and(|g| g.count().is_some());
        ambiguous && noun && chunks.get(k + 1).is_none_or(|c| c.noun().is_none())
    }

    /// Whether nothing that could be its object follows on the verb: '47 fighters killed, 16 taken prisoner'.
    fn ends(&self, k: usize) -> bool {
        self.chunks().get(k + 1).is_none_or(|c| c.is_mark(',') || c.is_mark(')') || is_strong(c) || c.is(Class::And))
    }

    /// Whether a form that may be past or participle can only be a past: an object follows, or a relative precedes.
    fn is_active(&self, k: usize) -> bool {
        let chunks = self.chunks();
        chunks.get(k + 1).is_some_and(|c| c.noun().is_some()) || k > 0 && chunks[k - 1].is(Class::Relative)
    }

    /// The nearest fitting noun to the left, not across another finite verb, except over a relative clause.
    pub(crate) fn left(&self, k: usize, frame: &Frame) -> Option<Theme> {
        let chunks = self.chunks();
        let infinitive = chunks[k].verb().is_some_and(|v| v.mood == Mood::Infinitive);
        let mut i = k;
        while i > 0 {
            i -= 1;
            let chunk = &chunks[i];
            if is_strong(chunk) || chunk.is(Class::Hypothesis) {
                return None;
            }
            if let Some(opening) = self.aside(i) {
                i = opening;
                continue;
            }
            // 'sont donnés pour morts', 'are believed to have been killed': the infinitive has the subject of its governor.
            // 'admet s'être retirée': who says so does so.
            let raises = infinitive
                && chunk.verb().is_some_and(|v| {
                    let says = self.article.lexicon.verb(v.verb).speech.is_some();
                    v.voice == Voice::Passive || says && i + 1 == k && frame.indicator.starts_with("forces.")
                });
            if is_finite(chunk) && !raises && !self.is_reduced(i) {
                // 'ont reçu une formation et seraient engagés': one subject for both.
                let shared =
                    chunks[i + 1..k].iter().rposition(|c| c.is(Class::And) || c.is(Class::Coordinator)).is_some_and(
                        |and| chunks[i + 1 + and..k].iter().all(|c| c.noun().is_none() && !c.is(Class::SubjectPronoun)),
                    );
                if shared {
                    continue;
                }
                let relative = chunks[..i].iter().rposition(|c| c.is(Class::Relative) || is_finite(c))?;
                if !chunks[relative].is(Class::Relative) {
                    return None;
                }
                i = relative;
                continue;
            }
            if chunk.is(Class::Subordinator) && !chunk.is(Class::Relative) {
                return None;
            }
            // 'selon Damas, 30 soldats …', 'lors de l'attaque, …': what a preposition governs is no subject.
            let before = i.checked_sub(1).map(|p| &chunks[p]);
            let bare = chunks[k].verb().is_some_and(|v| v.mood == Mood::Participle);
            if !bare && before.is_some_and(|p| p.is(Class::Before) || p.is(Class::Preposition) && !p.is(Class::Of)) {
                continue;
            }
            // 'douze civils, dont quatre enfants, ont péri': the part is not the subject.
            // '8 400 d'entre elles campent'.
            if chunk.is(Class::OfThem) && i > 0 && chunks[i - 1].noun().is_some_and(NounGroup::is_bare_figure) {
                let people =
                    frame.classes.iter().any(|c| matches!(&**c, "people" | "troops" | "soldier" | "civilians"));
                return people.then_some(Theme { at: i - 1, counted_by: None, anaphor: true });
            }
            // 'quelque 2 350 personnes, soit 512 ménages, sont hébergées': in other words, and no subject.
            let opening = (i.saturating_sub(2)..i).rev().find(|p| chunks[*p].is_mark(','));
            if let Some(opening) = opening.filter(|_| chunks.get(i + 1).is_some_and(|c| c.is_mark(',')))
                && let Some(said) =
                    opening.checked_sub(1).filter(|s| chunks[*s].noun().is_some_and(|g| g.count().is_some()))
                && opening + 1 < i
                && self.theme(said, frame).is_some()
            {
                continue;
            }
            // 'eleven civilians, three of them children, were killed': an aside.
            if i >= 2 && chunks[i - 1].is(Class::OfThem) && chunks[i - 2].noun().is_some_and(NounGroup::is_bare_figure)
            {
                i -= 2;
                continue;
            }
            // 'dont six sont morts': here it is.
            if i > 0 && chunks[i - 1].is(Class::Among) && i + 1 < k {
                continue;
            }
            if i + 1 == k
                && let Some(theme) = self.bare(i, frame)
            {
                return Some(theme);
            }
            if let Some(theme) = self.theme(i, frame) {
                // 'mille soldats de la 8e brigade de l'armée': the head, not its complement.
                let theme = self.head_of(i).and_then(|head| self.theme(head, frame)).unwrap_or(theme);
                return Some(self.first_of_list(theme, frame));
            }
        }
        None
    }

    /// Where the aside begins that ends at the mark `close`: 'Uvira (Sud-Kivu) tombe', 'Pangane, à 40 km du chef-lieu, est
    /// tombé'.
    fn aside(&self, close: usize) -> Option<usize> {
        let chunks = self.chunks();
        let verb = chunks.get(close + 1).is_some_and(|c| c.verb().is_some());
        let mark = match chunks[close] {
            Chunk::Mark(_, ')') => '(',
            Chunk::Mark(_, ',') if verb => ',',
            _ => return None,
        };
        let from = close.saturating_sub(LONGEST_ASIDE);
        let opening = from + chunks[from..close].iter().rposition(|c| c.is_mark(mark))?;
        let inside = &chunks[opening + 1..close];
        let placed = mark == '(' || inside.first().is_some_and(|c| c.is(Class::Preposition) && !c.is(Class::Of));
        (placed && !inside.iter().any(|c| c.verb().is_some())).then_some(opening)
    }

    /// The noun of which the noun at `i` is a complement, however deep: 'soldats' for 'armée' in 'soldats du bataillon de
    /// l'armée'.
    fn head_of(&self, i: usize) -> Option<usize> {
        let chunks = self.chunks();
        // Words that nobody knows and the number of a unit belong to the noun before: 'régiment d'artillerie parachutiste
        // de', 'of the 8th Armoured Brigade'.
        let plain = |c: &Chunk| match c {
            Chunk::Word(_, classes) => *classes == Default::default(),
            Chunk::Noun(group) => group.class.is_none() && group.role.is_none() && group.figure.is_none(),
            _ => false,
        };
        let before = |at: usize| at - chunks[..at].iter().rev().take_while(|c| plain(c)).count();
        let mut head = i;
        while let Some(of) = before(head).checked_sub(1).filter(|of| chunks[*of].is(Class::Of)) {
            let words = chunks[..of].iter().rev().take_while(|c| c.noun().is_none() && plain(c)).count();
            let Some(noun) = of.checked_sub(words + 1).filter(|b| chunks[*b].noun().is_some()) else { break };
            head = noun;
        }
        (head < i).then_some(head)
    }

    /// The nearest fitting noun to the left of a word that is no verb.
    pub(crate) fn left_theme(&self, k: usize, frame: &Frame) -> Option<Theme> {
        let at = self.chunks()[..k].iter().rposition(is_finite)?;
        self.left(at, frame)
    }

    /// In a list that stands before its verb the figure of the first member comes first; the theme is the head of
    /// the list, and the rest are coordinated to it.
    fn first_of_list(&self, theme: Theme, frame: &Frame) -> Theme {
        let chunks = self.chunks();
        let mut first = theme;
        loop {
            // 'de dix-huit civils et de deux policiers'.
            let of = usize::from(first.at >= 1 && chunks[first.at - 1].is(Class::Of));
            let Some(link) = first.at.checked_sub(1 + of).filter(|l| *l > 0) else { break };
            if !(chunks[link].is(Class::And) || chunks[link].is_mark(',')) {
                break;
            }
            // 'Selon deux sources, huit civils ont péri': what a preposition governs is no member.
            let governed = of == 0 && self.is_governed(link - 1);
            match self.theme(link - 1, frame) {
                Some(before) if before.at < first.at && !governed => first = before,
                _ => break,
            }
        }
        first
    }

    /// The nearest fitting noun to the right, not across a finite verb, and not the subject of the next one.
    fn right(&self, from: usize, frame: &Frame, governed: bool) -> Option<Theme> {
        let chunks = self.chunks();
        for (i, chunk) in chunks.iter().enumerate().skip(from) {
            if is_strong(chunk) || is_finite(chunk) || chunk.is(Class::Hypothesis) {
                return None;
            }
            // 'n'avoir perdu qu'un homme': the conjunction restricts.
            if i == from && self.restricts(i) {
                continue;
            }
            if chunk.is(Class::Relative) || chunk.is(Class::Subordinator) || chunk.is(Class::By) && !governed {
                return None;
            }
            // 'killed 12 and wounded 30', 'shot down 65': a figure right behind the verb.
            let adjoins = chunks[from..i].iter().all(|c| match c {
                Chunk::Mark(_, mark) => matches!(mark, '«' | '“' | '"'),
                Chunk::Word(_, classes) => {
                    !classes.any(&[Class::Preposition, Class::And, Class::Or, Class::Coordinator])
                }
                _ => false,
            });
            if adjoins && let Some(theme) = self.bare(i, frame) {
                return Some(theme);
            }
            if let Some(theme) = self.theme(i, frame) {
                let counted_noun = theme.counted_by.is_some();
                let object = counted_noun || governed || !self.is_governed(i);
                return (object && !self.is_next_subject(i, from)).then_some(theme);
            }
            // The first noun without a preposition is the object; what comes after it is another's.
            let object = chunk.noun().is_some_and(|g| g.class.is_some() || g.count().is_some());
            if object && !governed && !self.is_governed(i) && !self.counts(i) && !self.goes_on(i) {
                return None;
            }
        }
        None
    }

    /// 'ne … que': whether the conjunction at `i` goes with the particle of the verb before it.
    pub(crate) fn restricts(&self, i: usize) -> bool {
        let chunks = self.chunks();
        let verb = i.checked_sub(1).and_then(|p| chunks[p].verb());
        let particle = |v: &VerbGroup| !v.negated && self.article.chunker.has(v.tokens.start, Class::NegationParticle);
        chunks[i].is(Class::Subordinator) && verb.is_some_and(particle)
    }

    /// Whether another object is linked to the noun at `i`: 'de nouveaux armements ainsi que des milliers de soldats'.
    fn goes_on(&self, i: usize) -> bool {
        let chunks = self.chunks();
        let link = chunks.get(i + 1).is_some_and(|c| c.is(Class::Coordinator) || c.is(Class::And));
        let of = usize::from(chunks.get(i + 2).is_some_and(|c| c.is(Class::Of)));
        link && chunks.get(i + 2 + of).is_some_and(|c| c.noun().is_some())
    }

    /// A figure without a noun beside a verb counts what was counted last, where the verb takes that: '100 drones ont
    /// été lancés, 65 ont été abattus'; beside a verb of killing or capturing it counts people.
    fn bare(&self, i: usize, frame: &Frame) -> Option<Theme> {
        let group = self.chunks()[i].noun()?;
        let counts =
            group.count().is_some_and(|f| f.kind == recoup_language::FigureKind::Count) && group.is_bare_figure();
        // 'two of the six launchers' has its noun behind.
        if !counts || self.chunks().get(i + 1).is_some_and(|c| c.is(Class::Of)) {
            return None;
        }
        let asks = |class: ClassId| frame.classes.iter().any(|wanted| self.article.lexicon.in_group(class, wanted));
        let harmed = frame.indicator.starts_with("casualties.") || frame.indicator.starts_with("prisoners.");
        let people = harmed && frame.classes.iter().any(|c| **c == *"people");
        let fits = match self.counted_before(i) {
            Some(class) if asks(class) => true,
            // Things do not go missing, but 'three tanks were hit and 12 killed' is of people.
            Some(class) if self.article.lexicon.is_thing(class) => people && may_be_others(&frame.indicator),
            _ => people,
        };
        fits.then_some(Theme { at: i, counted_by: None, anaphor: true })
    }

    /// The class of what was counted last before the chunk `i`.
    pub(crate) fn counted_before(&self, i: usize) -> Option<ClassId> {
        let here =
            self.chunks()[..i].iter().rev().filter_map(Chunk::noun).find(|g| g.count().is_some() && g.class.is_some());
        here.map_or(self.counted, |g| g.class)
    }

    /// Whether a noun counts another: 'un groupe de soldats', 'prisonniers plus de cent soldats'.
    fn counts(&self, i: usize) -> bool {
        let class = self.chunks()[i].noun().and_then(|g| g.class);
        class.is_some_and(|c| matches!(&*self.article.lexicon.noun_class(c).name, "count" | "prisoner" | "toll"))
    }

    /// Whether a preposition other than an article stands before a noun.
    fn is_governed(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).map(|p| &self.chunks()[p]) else { return false };
        before.is(Class::Preposition)
    }

    /// Whether nothing but adverbs, marks and determiners stands between a verb and a noun.
    fn adjoins(&self, k: usize, at: usize) -> bool {
        self.chunks()[k + 1..at]
            .iter()
            .all(|c| !matches!(c, Chunk::Noun(_) | Chunk::Verb(_)) && !c.is(Class::Preposition))
    }

    /// Whether the noun at `i` is the subject of a verb behind it rather than the object of the one before `from`.
    fn is_next_subject(&self, i: usize, from: usize) -> bool {
        let chunks = self.chunks();
        let linked = chunks[from..i].iter().any(|c| c.is(Class::Coordinator) || c.is_mark(','));
        let next =
            chunks[i + 1..].iter().find(|c| is_finite(c) || is_strong(c) || c.is(Class::Relative) || c.is_mark(','));
        linked && next.is_some_and(is_finite)
    }

    /// The complement behind a verb with this kind of preposition.
    fn complement(&self, k: usize, preposition: Class, frame: &Frame) -> Option<Theme> {
        let chunks = self.chunks();
        for i in k + 1..chunks.len().min(k + 8) {
            if is_strong(&chunks[i]) || is_finite(&chunks[i]) {
                return None;
            }
            if chunks[i].is(preposition) {
                return (i + 1..chunks.len().min(i + 3)).find_map(|at| self.theme(at, frame));
            }
            // A known name may hold its preposition inside: the article is part of the group ('du' as article).
            if let Some(theme) = self.theme(i, frame).filter(|_| i == k + 1) {
                return Some(theme);
            }
        }
        None
    }

    /// A subject behind its verb: 'Depuis lundi sont arrivés 300 hommes'.
    fn postposed(&self, k: usize, frame: &Frame) -> Option<Theme> {
        let next = self.chunks().get(k + 1)?.noun()?;
        (next.count().is_some()).then(|| self.theme(k + 1, frame)).flatten()
    }

    /// What is coordinated to a theme: ', N drones et M missiles'.
    /// What stands before the verb `k` is its subject, not that of a verb behind.
    pub(crate) fn coordinated(&self, at: usize, frame: &Frame, k: usize) -> Vec<Theme> {
        let chunks = self.chunks();
        let mut found = Vec::new();
        let mut i = at + 1;
        // Complements of the member before: 'huit missiles de croisière russes et dix drones'.
        loop {
            while chunks.get(i).is_some_and(|c| c.is(Class::Of)) {
                i += 1;
                // 'de 240 mm', 'de longue portée': measures and words that nobody knows.
                while chunks.get(i).is_some_and(|c| {
                    c.noun().is_some() || matches!(c, Chunk::Word(_, classes) if *classes == Default::default())
                }) {
                    i += 1;
                }
            }
            let link = chunks
                .get(i)
                .is_some_and(|c| c.is(Class::And) || c.is(Class::Or) || c.is_mark(',') || c.is(Class::Coordinator));
            let twice =
                usize::from(link && chunks.get(i + 1).is_some_and(|c| c.is(Class::Coordinator) || c.is(Class::And)));
            let of = usize::from(link && chunks.get(i + 1 + twice).is_some_and(|c| c.is(Class::Of)));
            let next = i + 1 + twice + of;
            // 'quelque 2 350 personnes, soit 512 ménages, sont hébergées': the same once more.
            let again = twice == 1
                && chunks[i].is_mark(',')
                && next < k
                && chunks.get(next + 1).is_some_and(|c| c.is_mark(','));
            let linked = link && !again && next < chunks.len() && (next < k || !self.is_next_subject(next, i));
            let member = || self.theme(next, frame).or_else(|| self.one_more(next, frame));
            let Some(theme) = linked.then(member).flatten() else { break };
            // 'avoir repris Kyaukme, une ville du nord': what the first is, and no other.
            let apposed = chunks[i].is_mark(',')
                && found.is_empty()
                && theme.figure(chunks).is_some_and(|f| f.kind == recoup_language::FigureKind::One)
                && chunks[at].noun().is_some_and(|g| g.figure.is_none());
            if apposed {
                break;
            }
            // '47 killed, 16 taken prisoner': the next verb has a noun of its own.
            let own = chunks.get(next + 1).and_then(Chunk::verb).is_some_and(|v| {
                v.mood == Mood::Participle && next > k && !self.article.lexicon.verb(v.verb).frames.is_empty()
            });
            if own {
                break;
            }
            let indefinite = theme
                .group(chunks)
                .is_some_and(|g| g.figure.is_some() || matches!(g.determiner, Some(Determiner::Indefinite)) || of == 1);
            if !indefinite {
                break;
            }
            found.push(theme);
            i = next + 1;
        }
        found
    }

    /// 'cinq gardes et un vendeur de thé': beside those who are counted, somebody whatever the noun.
    fn one_more(&self, i: usize, frame: &Frame) -> Option<Theme> {
        let group = self.chunks().get(i)?.noun()?;
        let unknown = group.class.is_none() && group.proper.is_none() && !group.head.is_empty();
        let harmed = frame.indicator.starts_with("casualties.");
        (unknown && harmed && group.figure.is_some()).then_some(Theme { at: i, counted_by: None, anaphor: false })
    }

    /// The noun at a chunk as the theme of a frame, if it fits.
    pub(crate) fn theme(&self, i: usize, frame: &Frame) -> Option<Theme> {
        let chunks = self.chunks();
        let chunk = chunks.get(i)?;
        if let Chunk::Word(_, classes) = chunk {
            let pronoun =
                classes.has(Class::SubjectPronoun) && !self.article.chunker.tokens.hyphen(chunk.tokens().start);
            let people = frame.classes.iter().any(|c| matches!(&**c, "troops" | "soldier" | "people" | "trainee"));
            let plural = classes.has(Class::PluralPronoun);
            return (pronoun && people && plural).then_some(Theme { at: i, counted_by: None, anaphor: true });
        }
        let group = chunk.noun()?;
        // 'aucun de ces bilans': nobody is counted.
        let zero = group.figure.as_ref().is_some_and(|f| f.kind == recoup_language::FigureKind::Zero);
        if zero && group.is_bare_figure() && chunks.get(i + 1).is_some_and(|c| c.is(Class::Of)) {
            let of = chunks.get(i + 2).and_then(Chunk::noun).is_some_and(|g| self.fits(g, frame));
            return of.then_some(Theme { at: i + 2, counted_by: Some(i), anaphor: false });
        }
        // 'un nombre important de soldats': the complement is what is counted.
        if group.class.is_some_and(|c| &*self.article.lexicon.noun_class(c).name == "count") {
            let of = (i + 1..chunks.len().min(i + 6)).find(|k| chunks[*k].is(Class::Of))?;
            let mut theme = self.theme(of + 1, frame)?;
            theme.counted_by = Some(self.counter(i));
            return Some(theme);
        }
        if group.is_bare_figure()
            && chunks.get(i + 1).is_some_and(|c| c.is(Class::Of))
            && chunks.get(i + 2).and_then(Chunk::noun).is_some_and(|g| !g.is_bare_figure() && self.fits(g, frame))
        {
            return Some(Theme { at: i + 2, counted_by: Some(i), anaphor: false });
        }
        // 'quatorze des dix-sept cantons': the part, of a whole that is counted too.
        let whole = |g: &NounGroup| g.count().is_some() && self.fits(g, frame);
        let of_many = |g: &NounGroup| self.article.chunker.has(g.tokens.start, Class::Of) && whole(g);
        if group.is_bare_figure() && chunks.get(i + 1).and_then(Chunk::noun).is_some_and(of_many) {
            return Some(Theme { at: i + 1, counted_by: Some(i), anaphor: false });
        }
        if i >= 2
            && chunks[i - 1].is(Class::Of)
            && let Some(head) = chunks[i - 2].noun()
            && head.class.is_some_and(|c| &*self.article.lexicon.noun_class(c).name == "count")
        {
            let anaphor = group.determiner == Some(Determiner::Demonstrative);
            return self.fits(group, frame).then(|| Theme { at: i, counted_by: Some(self.counter(i - 2)), anaphor });
        }
        let anaphor = group.determiner == Some(Determiner::Demonstrative);
        let counted_by = self.put_at(i).filter(|_| group.figure.is_none());
        self.fits(group, frame).then_some(Theme { at: i, counted_by, anaphor })
    }

    /// 'évalue à 11 000 les soldats', 'estime à 6 800 celui des civils': the figure that a verb puts before what it counts.
    fn put_at(&self, i: usize) -> Option<usize> {
        let chunks = self.chunks();
        let of_that = i >= 3 && chunks[i - 1].is(Class::Of) && chunks[i - 2].is(Class::SubjectPronoun);
        let at = i.checked_sub(if of_that { 3 } else { 1 })?;
        let definite = chunks[i].noun().is_some_and(|g| g.determiner == Some(Determiner::Definite));
        let bare = chunks[at].noun().is_some_and(|g| g.is_bare_figure() && g.count().is_some());
        let put = at > 0 && chunks[at - 1].is(Class::To);
        (bare && put && (definite || of_that)).then_some(at)
    }

    /// The chunk that gives a counting noun its number: itself, or the figure that a verb puts it at ('a estimé à
    /// 10 000 le nombre de soldats', 'le nombre de morts est passé à 31').
    pub(crate) fn counter(&self, i: usize) -> usize {
        let chunks = self.chunks();
        let bare = |k: &usize| chunks[*k].noun().is_some_and(NounGroup::is_bare_figure);
        if chunks[i].noun().is_some_and(|g| g.count().is_some()) {
            return i;
        }
        let ahead = || (i + 1..chunks.len().min(i + 20)).take_while(|k| !is_strong(&chunks[*k])).find(bare);
        (i.saturating_sub(4)..i).rev().find(bare).or_else(ahead).unwrap_or(i)
    }

    fn fits(&self, group: &NounGroup, frame: &Frame) -> bool {
        // 'nobody was hurt', 'trente-huit autres ont été blessées': people, where the frame is about people.
        let nobody = group.figure.as_ref().is_some_and(|f| f.kind == recoup_language::FigureKind::Zero);
        let people = frame.classes.iter().any(|c| matches!(&**c, "people" | "troops" | "soldier" | "civilians"));
        if group.is_bare_figure() && (nobody && frame.indicator.starts_with("casualties") || group.other && people) {
            return true;
        }
        // 'quatre de mes gars ont été tués': who is killed or hurt is somebody, whatever the noun.
        let counted = group.count().is_some() && !group.head.is_empty();
        if group.class.is_none() && counted && frame.indicator.starts_with("casualties.") && group.proper.is_none() {
            return true;
        }
        // 'la TNLA s'est retirée': an army or armed group by its name.
        let leaves = *frame.indicator == *"forces.withdrawn" && frame.classes.iter().any(|c| **c == *"troops");
        leaves && self.is_named_force(group) || frame.classes.iter().any(|class| self.in_group(group, class))
    }

    /// Whether a noun group is the name of an army or armed group, and nothing else.
    pub(crate) fn is_named_force(&self, group: &NounGroup) -> bool {
        let article = self.article;
        let named = |name: &recoup_language::Name| {
            let group =
                name.actor().and_then(|a| article.speakers.kind(article.chunker, a)) == Some(ActorKind::ArmedGroup);
            let army =
                name.source().and_then(|s| article.theatre().sources[s as usize].kind) == Some(SourceKind::Military);
            group || army
        };
        group.class.is_none()
            && group.role.is_none()
            && group.figure.is_none()
            && group.names.iter().any(|n| n.tokens == group.head && named(n))
    }

    /// Whether a noun group is of a class that a frame asks for.
    pub(crate) fn in_group(&self, group: &NounGroup, wanted: &str) -> bool {
        if let Some(class) = group.class {
            return self.article.lexicon.in_group(class, wanted);
        }
        let named = !group.names.is_empty();
        let people = named && group.names.iter().any(|n| n.demonym().is_some());
        if group.determiner.is_some() && wanted == "trainee" && group.count().is_some() {
            return false;
        }
        match wanted {
            "ground" => {
                group.names.iter().any(|n| n.place().is_some()) || group.proper.is_some() && group.figure.is_none()
            }
            "trainee" => named && group.names.iter().any(|n| n.actor().is_some()),
            "any" => group.count().is_some(),
            "people" | "troops" | "civilians" | "civilian" | "person" | "displaced" => {
                people && group.count().is_some() && group.role.is_none()
            }
            _ => false,
        }
    }
}

/// Whether a verb of harm says of people alone what it says: things are captured and missing as well.
fn may_be_others(indicator: &str) -> bool {
    indicator.starts_with("casualties.") && indicator != "casualties.missing"
}
