//! Which noun groups fit a frame, and which figure counts them.

use recoup_language::lexicon::{Class, ClassId, Frame};
use recoup_language::{Chunk, Determiner, NounGroup};
use recoup_model::SourceKind;

use super::{Roles, Theme};
use crate::clause::is_strong;

impl Roles<'_, '_> {
    /// A figure without a noun beside a verb counts what was counted last, where the verb takes that: '100 drones ont
    /// été lancés, 65 ont été abattus'; beside a verb of killing or capturing it counts people.
    pub(super) fn bare(&self, i: usize, frame: &Frame) -> Option<Theme> {
        let group = self.chunks()[i].noun()?;
        let kind = group.count().filter(|_| group.is_bare_figure()).map(|f| f.kind);
        // 'pas un n'a été intercepté', of what was counted before.
        let none = kind == Some(recoup_language::FigureKind::Zero) && !frame.indicator.starts_with("casualties.");
        let counts = none || kind == Some(recoup_language::FigureKind::Count);
        // 'two of the six launchers' has its noun behind.
        let closes = usize::from(matches!(self.chunks().get(i + 1), Some(Chunk::Mark(_, '»' | '”' | '"'))));
        let behind = self.chunks().get(i + 1 + closes);
        // 'un des gardes': the article is the preposition's.
        let own = |c: &Chunk| c.noun().is_some() && self.article.chunker.has(c.tokens().start, Class::Of);
        if !counts || behind.is_some_and(|c| c.is(Class::Of) || own(c)) {
            return None;
        }
        let asks = |class: ClassId| frame.classes.iter().any(|wanted| self.article.lexicon.in_group(class, wanted));
        let harmed = frame.indicator.starts_with("casualties.") || frame.indicator.starts_with("prisoners.");
        // 'Some 38,000 have been uprooted'.
        let fled = |c: &str| matches!(c, "civilians" | "civilian" | "person" | "people");
        let uprooted =
            *frame.indicator == *"people.displaced" && frame.object.is_none() && frame.classes.iter().any(|c| fled(c));
        let people = harmed && frame.classes.iter().any(|c| **c == *"people") || uprooted;
        let fits = match self.counted_before(i) {
            Some(class) if asks(class) => true,
            _ if none => false,
            // Things do not go missing, but 'three tanks were hit and 12 killed' is of people.
            Some(class) if self.article.lexicon.is_thing(class) => {
                people && may_be_others(&frame.indicator) && !group.other
            }
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
    pub(super) fn counts(&self, i: usize) -> bool {
        let class = self.chunks()[i].noun().and_then(|g| g.class);
        class.is_some_and(|c| matches!(&*self.article.lexicon.noun_class(c).name, "count" | "prisoner" | "toll"))
    }

    /// 'cinq gardes et un vendeur de thé': beside those who are counted, somebody whatever the noun.
    pub(super) fn one_more(&self, i: usize, frame: &Frame) -> Option<Theme> {
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
            let they = people && plural;
            return (pronoun && (they || self.takes_up_thing(i, frame))).then_some(Theme {
                at: i,
                counted_by: None,
                anaphor: true,
            });
        }
        let group = chunk.noun()?;
        // 'les quatorze autres', of guns.
        let thing = |class: ClassId| self.article.lexicon.is_thing(class);
        let asked = |class: ClassId| frame.classes.iter().any(|wanted| self.article.lexicon.in_group(class, wanted));
        if group.other
            && group.is_bare_figure()
            && self.counted_before(i).is_some_and(|class| thing(class) && !asked(class))
        {
            return None;
        }
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
        // '"a few dozen" of their men'.
        let closes = usize::from(matches!(chunks.get(i + 1), Some(Chunk::Mark(_, '»' | '”' | '"'))));
        let (of, whole) = (i + 1 + closes, i + 2 + closes);
        // "14 of the state's 17 townships".
        let tokens = self.article.chunker.tokens;
        let possessive = |c: &Chunk| c.noun().is_some_and(|g| tokens.lower(g.tokens.end - 1) == "s");
        let whole = whole + usize::from(chunks.get(whole).is_some_and(possessive));
        if group.is_bare_figure()
            && chunks.get(of).is_some_and(|c| c.is(Class::Of))
            && chunks.get(whole).and_then(Chunk::noun).is_some_and(|g| !g.is_bare_figure() && self.fits(g, frame))
        {
            return Some(Theme { at: whole, counted_by: Some(i), anaphor: false });
        }
        // 'le retrait de 150 d'entre eux'.
        let people = frame.classes.iter().any(|c| matches!(&**c, "people" | "troops" | "soldier" | "civilians"));
        let object = i > 0 && (chunks[i - 1].is(Class::Of) || chunks[i - 1].verb().is_some());
        if object && group.is_bare_figure() && people && chunks.get(i + 1).is_some_and(|c| c.is(Class::OfThem)) {
            return Some(Theme { at: i, counted_by: None, anaphor: true });
        }
        // 'deux de nos collègues': somebody, whatever the noun.
        // 'cinq des opérés', 'three of the passengers'.
        let ours = |g: &NounGroup| {
            let one_of = matches!(g.determiner, Some(Determiner::Possessive | Determiner::Definite))
                || self.article.chunker.has(chunks[i + 1].tokens().start, Class::Definite);
            g.class.is_none() && one_of && g.names.is_empty() && g.proper.is_none() && g.role.is_none()
        };
        if group.is_bare_figure()
            && frame.indicator.starts_with("casualties.")
            && chunks.get(i + 1).is_some_and(|c| c.is(Class::Of))
            && chunks.get(i + 2).and_then(Chunk::noun).is_some_and(ours)
        {
            return Some(Theme { at: i + 2, counted_by: Some(i), anaphor: false });
        }
        // 'quatorze des dix-sept cantons': the part, of a whole that is counted too.
        // 'l'un des soldats': the article is the preposition's.
        let whole = |g: &NounGroup| !g.is_bare_figure() && self.fits(g, frame);
        let of_many = |g: &NounGroup| self.article.chunker.has(g.tokens.start, Class::Of) && whole(g);
        if group.is_bare_figure() && chunks.get(i + 1).and_then(Chunk::noun).is_some_and(of_many) {
            return Some(Theme { at: i + 1, counted_by: Some(i), anaphor: false });
        }
        let bare = |at: usize| chunks[at].noun().is_some_and(|g| g.is_bare_figure() && g.count().is_some());
        if i > 0 && bare(i - 1) && of_many(group) {
            return Some(Theme { at: i, counted_by: Some(i - 1), anaphor: false });
        }
        if i >= 2
            && chunks[i - 1].is(Class::Of)
            && let Some(head) = chunks[i - 2].noun()
            && head.class.is_some_and(|c| &*self.article.lexicon.noun_class(c).name == "count")
        {
            let anaphor = group.determiner == Some(Determiner::Demonstrative);
            return self.fits(group, frame).then(|| Theme { at: i, counted_by: Some(self.counter(i - 2)), anaphor });
        }
        // 'une section de 35 soldats': they are counted inside.
        let one = group.figure.as_ref().is_some_and(|f| f.kind == recoup_language::FigureKind::One);
        let inside = |g: &NounGroup| g.count().is_some() && self.fits(g, frame);
        if one
            && chunks.get(i + 1).is_some_and(|c| c.is(Class::Of))
            && chunks.get(i + 2).and_then(Chunk::noun).is_some_and(inside)
        {
            return Some(Theme { at: i + 2, counted_by: None, anaphor: false });
        }
        let anaphor = group.determiner == Some(Determiner::Demonstrative);
        let counted_by = self.put_at(i).filter(|_| group.figure.is_none());
        let loaded = || frame.classes.iter().any(|c| **c == *"aid") && group.count().is_some() && self.carries_aid(i);
        (self.fits(group, frame) || loaded()).then_some(Theme { at: i, counted_by, anaphor })
    }

    /// 'A missile was fired from Yemen; it was intercepted': whether the pronoun at `i` can be the thing or the place that
    /// the sentence named last before it.
    fn takes_up_thing(&self, i: usize, frame: &Frame) -> bool {
        let thing = ["munitions.", "equipment.destroyed", "territory."].iter().any(|f| frame.indicator.starts_with(f));
        let last = self.chunks()[..i].iter().rev().filter_map(Chunk::noun).find(|g| {
            let thing = |c: ClassId| self.article.lexicon.is_thing(c);
            let place = frame.indicator.starts_with("territory.") || g.class.is_some();
            g.class.is_some_and(thing) || place && self.in_group(g, "ground")
        });
        let subject = self.chunks().get(i + 1).is_some_and(recoup_language::is_finite);
        thing && subject && last.is_some_and(|g| self.fits(g, frame))
    }

    /// 'soixante-dix camions de farine': vehicles that are counted by what they carry.
    pub(crate) fn carries_aid(&self, i: usize) -> bool {
        let chunks = self.chunks();
        let vehicle = chunks[i].noun().and_then(|g| g.class);
        let vehicle =
            vehicle.is_some_and(|c| matches!(&*self.article.lexicon.noun_class(c).name, "vehicle" | "ship" | "count"));
        let of = chunks.get(i + 1).is_some_and(|c| c.is(Class::Of));
        let load = chunks.get(i + 2).and_then(Chunk::noun).filter(|_| vehicle && of);
        load.is_some_and(|g| self.in_group(g, "aid") && g.count().is_none())
    }

    /// 'évalue à 11 000 les soldats', 'estime à 6 800 celui des civils': the figure that a verb puts before what it counts.
    pub(super) fn put_at(&self, i: usize) -> Option<usize> {
        let chunks = self.chunks();
        // 'celui de civils', 'celui des civils': the preposition may be the group's own article.
        let own = chunks[i].noun().is_some_and(|g| self.article.chunker.has(g.tokens.start, Class::Of));
        let apart = i >= 3 && chunks[i - 1].is(Class::Of) && chunks[i - 2].is(Class::SubjectPronoun);
        let of_that = apart || own && i >= 2 && chunks[i - 1].is(Class::SubjectPronoun);
        let quoted = usize::from(i > 0 && matches!(chunks[i - 1], Chunk::Mark(_, '»' | '”' | '"')));
        let at = i.checked_sub(if apart {
            3
        } else if of_that {
            2
        } else {
            1 + quoted
        })?;
        let definite = chunks[i].noun().is_some_and(|g| g.determiner == Some(Determiner::Definite));
        let bare = chunks[at].noun().is_some_and(|g| g.is_bare_figure() && g.count().is_some());
        let before = at.checked_sub(1 + quoted);
        let put = before.is_some_and(|before| chunks[before].is(Class::To));
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

    pub(crate) fn fits(&self, group: &NounGroup, frame: &Frame) -> bool {
        // 'nobody was hurt', 'trente-huit autres ont été blessées': people, where the frame is about people.
        let nobody = group.figure.as_ref().is_some_and(|f| f.kind == recoup_language::FigureKind::Zero);
        let people =
            frame.classes.iter().any(|c| matches!(&**c, "people" | "troops" | "soldier" | "civilians" | "wounded"));
        if group.is_bare_figure() && (nobody && frame.indicator.starts_with("casualties") || group.other && people) {
            return true;
        }
        // 'quatre de mes gars ont été tués': who is killed or hurt is somebody, whatever the noun.
        let counted = group.count().is_some() && !group.head.is_empty();
        // 'a perdu 60 ruches': what one loses may be anything.
        let somebody = frame.classes.iter().any(|c| **c == *"people") && !frame.agent;
        if group.class.is_none()
            && counted
            && somebody
            && frame.indicator.starts_with("casualties.")
            && group.proper.is_none()
        {
            return true;
        }
        // 'la TNLA s'est retirée': an army or armed group by its name.
        // 'The Syrian army was driven out of Hama'.
        let driven = *frame.indicator == *"territory.lost" && frame.classes.iter().any(|c| **c == *"units");
        let leaves = *frame.indicator == *"forces.withdrawn" && frame.classes.iter().any(|c| **c == *"troops");
        let leaves = leaves || driven;
        leaves && self.is_named_force(group) || frame.classes.iter().any(|class| self.in_group(group, class))
    }

    /// Whether a noun group counts many of a name in the plural: 'sept cent mille Rohingyas'.
    fn is_people_by_form(&self, group: &NounGroup) -> bool {
        let many = group.count().is_some_and(|f| f.low.or(f.high).is_some_and(|n| n >= A_PEOPLE));
        let Some(proper) = group.proper.as_ref().filter(|p| p.len() == 1 && many && group.names.is_empty()) else {
            return false;
        };
        let word = self.article.chunker.tokens.lower(proper.start);
        let letters = word.chars().all(char::is_alphabetic);
        letters && (word.ends_with('s') || word == "rohingya")
    }

    /// Whether a noun group is the name of an army or armed group, and nothing else.
    pub(crate) fn is_named_force(&self, group: &NounGroup) -> bool {
        let article = self.article;
        let named = |name: &recoup_language::Name| {
            let group = name.actor().is_some_and(|a| article.is_armed_group(a));
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
        // '4 000 Nord-Coréens', but 'quatre engins nord-coréens' are none.
        let people = named
            && group.names.iter().any(|n| n.demonym().is_some() && n.tokens.start >= group.head.start)
            && group.names.iter().any(|n| n.tokens.start == group.head.start);
        if group.determiner.is_some() && wanted == "trainee" && group.count().is_some() {
            return false;
        }
        match wanted {
            "ground" => {
                group.names.iter().any(|n| n.place().is_some()) || group.proper.is_some() && group.figure.is_none()
            }
            "trainee" => named && group.names.iter().any(|n| n.actor().is_some()),
            "any" => group.count().is_some(),
            // 'des milliers de Druzes': a people that no pack knows, where people are asked for.
            "people" | "civilians" | "civilian" | "person" | "displaced" if self.is_people_by_form(group) => true,
            "people" | "troops" | "civilians" | "civilian" | "person" | "displaced" => {
                people && group.count().is_some() && group.role.is_none()
            }
            _ => false,
        }
    }
}

/// How many there are at least of a people that is counted: 'trois Rafale' are aircraft.
const A_PEOPLE: f64 = 20.0;

/// Whether a verb of harm says of people alone what it says: things are captured and missing as well.
fn may_be_others(indicator: &str) -> bool {
    indicator.starts_with("casualties.") && indicator != "casualties.missing"
}
