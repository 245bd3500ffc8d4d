//! What stands to the left and right of a verb: its subject, its objects, and what is coordinated to them.

use recoup_language::lexicon::{Class, Frame, Role};
use recoup_language::{Chunk, Determiner, Mood, NounGroup, VerbGroup, Voice, is_finite};

use super::{Roles, Theme};
use crate::clause::is_strong;

impl<'s> Roles<'s, '_> {
    /// The nearest fitting noun to the left, not across another finite verb, except over a relative clause.
    pub(crate) fn left(&self, k: usize, frame: &Frame) -> Option<Theme> {
        let chunks = self.chunks();
        let infinitive = chunks[k].verb().is_some_and(|v| v.mood == Mood::Infinitive);
        // A participle, or a form that can only be one: 'at one gendarme killed and another wounded'.
        let participle =
            |v: &VerbGroup| v.mood == Mood::Participle || v.ambiguous && frame.role == Role::Object && self.ends(k);
        let bare = chunks[k].verb().is_some_and(participle);
        let mut i = k;
        // What stands next to the verb, asides left out.
        let mut edge = k;
        while i > 0 {
            i -= 1;
            let chunk = &chunks[i];
            if is_strong(chunk) || chunk.is(Class::Hypothesis) {
                return None;
            }
            if let Some(opening) = self.aside(i) {
                if chunks[i + 1..edge].iter().all(|c| c.is(Class::Adverb)) {
                    edge = opening;
                }
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
            // 'were feared trapped', 'are presumed drowned'.
            let feared = i + 1 == k
                && chunk
                    .verb()
                    .is_some_and(|v| v.voice == Voice::Passive && self.article.lexicon.verb(v.verb).speech.is_some());
            if is_finite(chunk) && !raises && !feared && !self.is_reduced(i) {
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
            if !bare && before.is_some_and(|p| p.is(Class::Before) || p.is(Class::Preposition) && !p.is(Class::Of)) {
                continue;
            }
            // 'douze civils, dont quatre enfants, ont péri': the part is not the subject.
            // '8 400 d'entre elles campent'.
            if chunk.is(Class::OfThem) && i > 0 && chunks[i - 1].noun().is_some_and(NounGroup::is_bare_figure) {
                let people =
                    frame.classes.iter().any(|c| matches!(&**c, "people" | "troops" | "soldier" | "civilians"));
                // 'Sept d'entre eux ont été interceptés', of drones; '11 800 d'entre elles ont quitté le pays', of people.
                let asks = |class| frame.classes.iter().any(|wanted| self.article.lexicon.in_group(class, wanted));
                let people = match self.counted_before(i - 1) {
                    Some(class) if self.article.lexicon.is_thing(class) => asks(class),
                    Some(class) => people && asks(class),
                    None => people && !frame.indicator.starts_with("forces."),
                };
                return people.then_some(Theme { at: i - 1, counted_by: None, anaphor: true });
            }
            // 'two relatives of those seized': those are.
            if chunk.is(Class::OfThem) && i + 1 == edge && bare {
                return None;
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
            if chunks[i + 1..edge].iter().all(|c| c.is(Class::Adverb))
                && let Some(theme) = self.bare(i, frame)
            {
                return Some(theme);
            }
            // '173 600 réfugiés, chiffre retenu par le HCR': a participle is of the noun that it follows.
            let plain = |g: &NounGroup| g.figure.is_none() && g.class.is_some();
            if bare && i + 1 == k && chunk.noun().is_some_and(plain) && self.theme(i, frame).is_none() {
                return self.head_of(i).and_then(|head| self.theme(head, frame));
            }
            // 'retirés du front du M23': a complement does not withdraw.
            let complement = before.is_some_and(|p| p.is(Class::Of));
            if complement && chunk.noun().is_some_and(|g| self.is_named_force(g)) {
                continue;
            }
            // 'Blessés par une mine, deux infirmiers ont été soignés': what opens the sentence is no subject.
            let opens = i == 0
                && chunk.noun().is_some_and(|g| g.determiner.is_none() && g.figure.is_none() && g.class.is_some())
                && chunks.get(1).is_some_and(|c| c.is(Class::By) || c.is(Class::Preposition) && !c.is(Class::Of));
            if opens && chunks[1..k].iter().any(|c| c.is_mark(',')) {
                continue;
            }
            if let Some(theme) = self.theme(i, frame) {
                // 'mille soldats de la 8e brigade de l'armée': the head, not its complement.
                let head = self.head_of(i);
                let counted = |h: &usize| chunks[*h].noun().is_some_and(|g| g.figure.is_some() && !g.is_bare_figure());
                // 'aucun membre du personnel': the head counts its complement.
                let counter = head.filter(|h| counted(h) && theme.figure(chunks).is_none());
                let theme = match head.and_then(|head| self.theme(head, frame)) {
                    Some(head) => head,
                    None => Theme { counted_by: theme.counted_by.or(counter), ..theme },
                };
                return Some(self.first_of_list(theme, frame));
            }
        }
        None
    }

    /// The noun of which the noun at `i` is a complement, however deep: 'soldats' for 'armée' in 'soldats du bataillon de
    /// l'armée'.
    pub(crate) fn head_of(&self, i: usize) -> Option<usize> {
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
            // '"a few dozen" of their men'.
            let quoted = usize::from(of > 1 && matches!(chunks[of - 1], Chunk::Mark(_, '»' | '”' | '"')));
            let of = of - quoted;
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
    pub(super) fn first_of_list(&self, theme: Theme, frame: &Frame) -> Theme {
        let chunks = self.chunks();
        let mut first = theme;
        loop {
            // 'de dix-huit civils et de deux policiers'.
            // 'Seven soldiers and all the attackers died'.
            let of = usize::from(
                first.at >= 1 && (chunks[first.at - 1].is(Class::Of) || chunks[first.at - 1].is(Class::Adverb)),
            );
            let Some(link) = first.at.checked_sub(1 + of).filter(|l| *l > 0) else { break };
            if !(chunks[link].is(Class::And) || chunks[link].is_mark(',')) {
                break;
            }
            // 'Selon deux sources, huit civils ont péri': what a preposition governs is no member.
            // But 'spoke of three missiles and four drones fired at …'.
            let of_speech = link >= 3
                && chunks[link - 2].is(Class::Of)
                && chunks[..link - 2]
                    .iter()
                    .rev()
                    .find(|c| !matches!(c, Chunk::When(..)))
                    .is_some_and(|c| c.verb().is_some());
            let governed = of == 0 && self.is_governed(link - 1) && !of_speech;
            // 'Un chauffeur de tap-tap et deux passagères': the head, not its complement.
            let unknown = |c: &Chunk| matches!(c, Chunk::Word(_, classes) if *classes == Default::default());
            let last = link - chunks[..link].iter().rev().take_while(|c| unknown(c)).count();
            let member = if last < link && last > 1 && chunks[last - 1].is(Class::Of) { last - 2 } else { link - 1 };
            match self.theme(member, frame) {
                Some(before) if before.at < first.at && !governed => first = before,
                _ => break,
            }
        }
        first
    }

    /// The nearest fitting noun to the right, not across a finite verb, and not the subject of the next one.
    pub(super) fn right(&self, from: usize, frame: &Frame, governed: bool) -> Option<Theme> {
        let chunks = self.chunks();
        for (i, chunk) in chunks.iter().enumerate().skip(from) {
            // 'drove into a camp, killing seven soldiers': a clause of its own.
            let gerund = i > from && chunks[i - 1].is_mark(',') && chunk.verb().is_some_and(|v| v.mood == Mood::Gerund);
            if gerund || is_strong(chunk) || is_finite(chunk) || chunk.is(Class::Hypothesis) {
                return None;
            }
            // 'n'avoir perdu qu'un homme', 'n'a plus que 200 hommes': the conjunction restricts.
            if chunk.is(Class::Restriction) || i == from && self.restricts(i) || chunks[i - 1].is(Class::Restriction) {
                continue;
            }
            // 'a largué par avion 25 tonnes de vivres': by what means.
            let means = chunk.is(Class::By)
                && chunks.get(i + 1).and_then(Chunk::noun).is_some_and(|g| {
                    let idiom = self.in_group(g, "idiom");
                    (g.determiner.is_none() || idiom) && g.figure.is_none() && g.class.is_some() && g.role.is_none()
                });
            let speaks = i > from && chunks[i - 1].is(Class::Before);
            if means || speaks || i > from && chunks[i - 1].is(Class::By) && !governed {
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
                // 'en abrite aujourd'hui 13 000'.
                Chunk::When(..) => true,
                _ => false,
            });
            if adjoins && let Some(theme) = self.bare(i, frame) {
                return Some(theme);
            }
            if let Some(theme) = self.theme(i, frame) {
                let counted_noun = theme.counted_by.is_some_and(|by| {
                    // 'a perdu le contact avec une patrouille de treize hommes'.
                    by == 0 || !chunks[by - 1].is(Class::Preposition) || chunks[by - 1].is(Class::Of)
                });
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
    pub(super) fn goes_on(&self, i: usize) -> bool {
        let chunks = self.chunks();
        let links = |i: usize| chunks.get(i).is_some_and(|c| c.is(Class::Coordinator) || c.is(Class::And));
        let of = usize::from(chunks.get(i + 2).is_some_and(|c| c.is(Class::Of)));
        let noun = chunks.get(i + 2 + of).and_then(Chunk::noun);
        // 'lost 300 servicemen, nine armoured vehicles and 31 drones'.
        let counted = |i: usize| chunks.get(i).and_then(Chunk::noun).is_some_and(|g| g.count().is_some());
        let listed = || chunks.get(i + 1).is_some_and(|c| c.is_mark(',')) && counted(i) && counted(i + 2);
        let more = || links(i + 3) || chunks.get(i + 3).is_some_and(|c| c.is_mark(',')) && counted(i + 4);
        links(i + 1) && noun.is_some() || listed() && more()
    }

    /// Whether a preposition other than an article stands before a noun.
    pub(crate) fn is_governed(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).map(|p| &self.chunks()[p]) else { return false };
        // 'most of the province'.
        if before.is(Class::Of) && i >= 2 && self.chunks()[i - 2].is(Class::Quantifier) {
            return false;
        }
        before.is(Class::Preposition)
    }

    /// Whether the noun at `i` is the complement of another: 'de' stands before it, or is its article.
    pub(crate) fn is_complement(&self, i: usize) -> bool {
        let chunks = self.chunks();
        let own = self.article.chunker.has(chunks[i].tokens().start, Class::Of);
        own || i > 0 && chunks[i - 1].is(Class::Of)
    }

    /// Whether nothing but adverbs, marks and determiners stands between a verb and a noun.
    pub(super) fn adjoins(&self, k: usize, at: usize) -> bool {
        self.chunks()[k + 1..at]
            .iter()
            .all(|c| !matches!(c, Chunk::Noun(_) | Chunk::Verb(_)) && !c.is(Class::Preposition))
    }

    /// Whether the noun at `i` is the subject of a verb behind it rather than the object of the one before `from`.
    pub(super) fn is_next_subject(&self, i: usize, from: usize) -> bool {
        let chunks = self.chunks();
        let linked = chunks[from..i].iter().any(|c| c.is(Class::Coordinator) || c.is_mark(','));
        let ends = |c: &Chunk| is_finite(c) || is_strong(c) || c.is(Class::Relative) || c.is_mark(',');
        let Some(next) = chunks[i + 1..].iter().position(ends).map(|p| i + 1 + p) else { return false };
        // 'killing nine soldiers and five civilians before they were driven out'.
        if chunks[i + 1..next].iter().any(|c| c.is(Class::SubjectPronoun)) {
            return false;
        }
        // 'ont tué, selon X, dix-neuf militaires et en ont blessé quatre-vingts autres': one subject for both.
        let shares = chunks[i + 1..next]
            .iter()
            .rposition(|c| c.is(Class::And) || c.is(Class::Coordinator))
            .is_some_and(|and| chunks[i + 2 + and..next].iter().all(|c| c.noun().is_none()));
        linked && !shares && is_finite(&chunks[next])
    }

    /// The complement behind a verb with this kind of preposition.
    pub(super) fn complement(&self, k: usize, preposition: Class, frame: &Frame) -> Option<Theme> {
        let chunks = self.chunks();
        // 's'est emparée, dans la nuit, des sept casernes': past an aside.
        let aside = chunks.get(k + 1).is_some_and(|c| c.is_mark(',')).then(|| {
            let close = (k + 2..chunks.len().min(k + 8)).find(|i| chunks[*i].is_mark(','))?;
            chunks[k + 2..close].iter().all(|c| c.verb().is_none()).then_some(close + 1)
        });
        let first = aside.flatten().unwrap_or(k + 1);
        for i in first..chunks.len().min(first + 7) {
            if is_strong(&chunks[i]) || is_finite(&chunks[i]) {
                return None;
            }
            if chunks[i].is(preposition) {
                return (i + 1..chunks.len().min(i + 3)).find_map(|at| self.theme(at, frame));
            }
            // A known name may hold its preposition inside: the article is part of the group ('du' as article).
            if let Some(theme) = self.theme(i, frame).filter(|_| i == first) {
                return Some(theme);
            }
        }
        None
    }

    /// A subject behind its verb: 'Depuis lundi sont arrivés 300 hommes'.
    pub(super) fn postposed(&self, k: usize, frame: &Frame) -> Option<Theme> {
        let chunks = self.chunks();
        // 'Sont tombés au champ d'honneur huit soldats': past a complement, where the verb opens the sentence.
        let complement = |i: usize| {
            let preposition = chunks.get(i).is_some_and(|c| c.is(Class::Preposition));
            preposition && chunks.get(i + 1).and_then(Chunk::noun).is_some_and(|g| g.figure.is_none())
        };
        // 'ses pertes ont atteint 1 200 soldats': the verb has its subject before it.
        let ends = |c: &Chunk| is_strong(c) || is_finite(c) || c.is_mark(',') || c.is(Class::Subordinator);
        let clause = chunks[..k].iter().rposition(ends).map_or(0, |at| at + 1);
        let subject = |i: usize| {
            chunks[i].is(Class::SubjectPronoun)
                || chunks[i].noun().is_some()
                    && !self.is_governed(i)
                    && !self.article.chunker.has(chunks[i].tokens().start, Class::Of)
        };
        if (clause..k).any(subject) {
            return None;
        }
        let mut at = k + 1;
        while k == 0 && complement(at) {
            at += 2;
        }
        // 's'y ajoutent, au sud, plusieurs milliers d'hommes'.
        if chunks.get(at).is_some_and(|c| c.is_mark(',')) && complement(at + 1) {
            at += if chunks.get(at + 3).is_some_and(|c| c.is_mark(',')) { 4 } else { 0 };
        }
        let next = chunks.get(at)?.noun()?;
        next.count().is_some().then(|| self.theme(at, frame)).flatten()
    }

    /// What is coordinated to a theme: ', N drones et M missiles'.
    /// What stands before the verb `k` is its subject, not that of a verb behind.
    pub(crate) fn coordinated(&self, at: usize, frame: &Frame, k: usize) -> Vec<Theme> {
        let chunks = self.chunks();
        let mut found = Vec::new();
        let mut i = at + 1;
        // 'dix-huit chars Leopard 2A6 et …': what the member is called.
        let called =
            |c: &Chunk| c.noun().is_some_and(|g| g.figure.is_none() && g.determiner.is_none() && g.role.is_none());
        while chunks.get(i).is_some_and(called) && chunks[i].tokens().start == chunks[i - 1].tokens().end {
            i += 1;
        }
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
            // 'onze membres des Comandos, une dissidence des FARC, auraient été tués'.
            let aside = chunks[i].is_mark(',') && next < k && self.aside(k - 1) == Some(i);
            if apposed || aside {
                break;
            }
            // '47 killed, 16 taken prisoner': the next verb has a noun of its own.
            let verb = next + 1 + chunks[next + 1..].iter().take_while(|c| c.is(Class::Adverb)).count();
            let own = chunks.get(verb).and_then(Chunk::verb).is_some_and(|v| {
                v.mood == Mood::Participle && next > k && !self.article.lexicon.verb(v.verb).frames.is_empty()
            });
            if own {
                break;
            }
            let indefinite = theme
                .group(chunks)
                .is_some_and(|g| g.figure.is_some() || matches!(g.determiner, Some(Determiner::Indefinite)) || of == 1)
                // '592 of the drones and 31 of the missiles'.
                || theme.counted_by.is_some_and(|by| by == next);
            if !indefinite {
                break;
            }
            found.push(theme);
            i = next + 1;
        }
        found
    }
}
