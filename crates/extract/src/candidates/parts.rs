//! Parts of what is counted: *dont 14 enfants*, *trois d'entre eux*, *among the injured*, and the same people once more in
//! a smaller unit.

use super::*;

/// How many parts one sentence can name: 'dont 3 dont 3 …' without end counts nothing.
const MOST_PARTS: usize = 8;

/// How many chunks those hold of whom a sentence names a part: 'Of the 40 people killed in the strike, 12 …'.
const LONGEST_WHOLE: usize = 8;

impl Finder<'_, '_, '_> {
    /// 'dont 14 enfants', 'including 90,000', 'trois d'entre eux', 'parmi eux figurent N': a part of what was counted
    /// before.
    pub(super) fn parts(&mut self, discourse: &Discourse) {
        self.part_of_those(discourse);
        let chunks = self.chunks();
        if !self.outline.classes.any(&[Class::OfThem, Class::Among, Class::Included]) {
            return;
        }
        for (k, chunk) in chunks.iter().enumerate() {
            if chunk.is(Class::OfThem) || chunk.is(Class::Among) && self.is_of_them(k) {
                // 'three of them children', '8 400 d'entre elles campent'; 'parmi eux, deux enfants'.
                let after = k + 1 + usize::from(!chunk.is(Class::OfThem));
                // '17 dead, three children among them, and dozens of wounded'.
                let apart = k >= 2
                    && chunks[k - 2].is_mark(',')
                    && chunks.get(after).is_none_or(|c| matches!(c, Chunk::Mark(..)));
                let counted =
                    |g: &NounGroup| g.is_bare_figure() || apart && g.count().is_some() && !self.counts_by_itself(g);
                match k.checked_sub(1).filter(|p| chunks[*p].noun().is_some_and(counted)) {
                    Some(before) if self.does_something(before, after) => {}
                    Some(before) => self.part(before, before, discourse),
                    None => self.listed_parts(after, discourse),
                }
            } else if chunk.is(Class::Among) {
                let counted = chunks.get(k + 1).and_then(Chunk::noun).is_some_and(|g| g.figure.is_some());
                // 'dont les 10 000 militaires doivent quitter le pays': whose, and no part.
                let whose = chunk.is(Class::Relative)
                    && chunks
                        .get(k + 1)
                        .and_then(Chunk::noun)
                        .is_some_and(|g| matches!(g.determiner, Some(Determiner::Definite | Determiner::Possessive)))
                    && chunks.get(k + 2).is_some_and(is_finite);
                if whose {
                    continue;
                }
                if self.among_victims(k) || self.among_state(k) {
                    // 'deux instructeurs russes parmi les morts', 'Among the injured are six schoolchildren'.
                } else if counted {
                    self.part(k + 1, k, discourse);
                    self.more_parts(k + 1, k, discourse);
                } else if k == 0 {
                    // 'Parmi les victimes figurent N enfants': the whole, a verb, the parts.
                    self.listed_parts(k + 2, discourse);
                }
            } else if chunk.is(Class::Included) {
                // 'deux colonels compris'.
                if let Some(at) = k.checked_sub(1).filter(|p| chunks[*p].noun().is_some_and(|g| g.count().is_some())) {
                    self.part(at, at, discourse);
                }
            }
        }
    }

    /// 'L'un d'eux a tenté de fuir': whether the one at `at` does something that is said of nobody else, with the verb at `k`.
    fn does_something(&self, at: usize, k: usize) -> bool {
        let chunks = self.chunks();
        let one = chunks[at].noun().and_then(NounGroup::count).is_some_and(|f| f.high == Some(1.0));
        let verb = chunks.get(k).filter(|c| is_finite(c)).and_then(Chunk::verb);
        one && verb.is_some_and(|v| {
            let entry = self.roles.article.lexicon.verb(v.verb);
            entry.helper.is_none() && !entry.frames.iter().any(|f| counts_harm(&f.indicator))
        })
    }

    /// 'deux instructeurs russes parmi les morts': what the noun behind says of those before.
    fn among_victims(&mut self, k: usize) -> bool {
        let chunks = self.chunks();
        let before = k.checked_sub(1);
        let counted = before.filter(|p| chunks[*p].noun().is_some_and(|g| g.count().is_some()));
        // 'Un médecin et deux infirmières figurent parmi les victimes': the subject of a verb that says nothing else.
        let figures = before.filter(|p| {
            let entry = chunks[*p].verb().map(|v| self.roles.article.lexicon.verb(v.verb));
            is_finite(&chunks[*p]) && entry.is_some_and(|e| e.frames.is_empty() && e.speech.is_none())
        });
        let frame = nominal_frame("casualties.", "people");
        let subject = || self.roles.left(figures?, &frame).filter(|t| t.figure(chunks).is_some());
        let first = counted.or_else(|| subject().map(|t| t.at));
        let Some(at) = first else { return false };
        let definite = chunks.get(k + 1).and_then(Chunk::noun).filter(|g| g.determiner == Some(Determiner::Definite));
        let class = definite.and_then(|g| g.class).map(|c| self.roles.article.lexicon.noun_class(c));
        let Some(class) = class.filter(|c| c.argument.is_none()) else { return false };
        let Some(indicator) = class.indicator.as_deref().filter(|i| i.starts_with("casualties.")) else { return false };
        let frame = nominal_frame(indicator, "people");
        let Some(theme) = self.roles.theme(at, &frame) else { return false };
        let more = if counted.is_some() { Vec::new() } else { self.roles.coordinated(at, &frame, k - 1) };
        for theme in std::iter::once(theme).chain(more) {
            self.found.retain(|c| c.theme.as_ref().is_none_or(|t| t.at != theme.at));
            let rule = format!("{}/{}.among", self.language(), class.name);
            self.push(Candidate::counting(theme, chunks, indicator, rule));
        }
        true
    }

    /// 'Among the injured are six schoolchildren and two teachers': what the noun says of those whom the verb lists.
    fn among_state(&mut self, k: usize) -> bool {
        let chunks = self.chunks();
        let lexicon = self.roles.article.lexicon;
        let group = chunks.get(k + 1).and_then(Chunk::noun).filter(|g| g.determiner == Some(Determiner::Definite));
        let class = group.and_then(|g| g.class).map(|c| lexicon.noun_class(c)).filter(|c| c.argument.is_none());
        // 'Parmi les 40 morts, on compte 12 enfants'.
        let impersonal = |c: &&Chunk| c.is_mark(',') || c.is(Class::SubjectPronoun);
        let verb = k + 2 + chunks.get(k + 2..).unwrap_or_default().iter().take(2).take_while(impersonal).count();
        let Some(class) = class.filter(|_| k == 0 && chunks.get(verb).is_some_and(is_finite)) else { return false };
        let Some(indicator) = class.indicator.as_deref().filter(|i| counts_harm(i)) else { return false };
        let frame = nominal_frame(indicator, "people");
        let mut at = verb + 1;
        while let Some(theme) = self.roles.theme(at, &frame).filter(|t| t.figure(chunks).is_some()) {
            let rule = format!("{}/{}.among", self.language(), class.name);
            self.push(Candidate::counting(theme, chunks, indicator, rule));
            let linked = chunks.get(theme.at + 1).is_some_and(|c| c.is(Class::And) || c.is_mark(','));
            at = theme.at + 2;
            let next = chunks.get(at).and_then(Chunk::noun).is_some_and(|g| g.figure.is_some());
            // ', two officials said': the subject of what follows.
            let own = chunks.get(at + 1).is_some_and(is_finite);
            if !(linked && next) || own {
                break;
            }
        }
        at > verb + 1
    }

    /// 'Of the 40 people killed, 12 were children', 'Sur les 40 personnes tuées, 12 étaient des enfants'.
    fn part_of_those(&mut self, discourse: &Discourse) {
        let chunks = self.chunks();
        let opens = chunks.first().is_some_and(|c| c.is(Class::Of) || c.is(Class::Against));
        let definite = |g: &NounGroup| g.determiner == Some(Determiner::Definite) && g.count().is_some();
        if !opens || !chunks.get(1).and_then(Chunk::noun).is_some_and(definite) {
            return;
        }
        let Some(comma) = (2..chunks.len().min(2 + LONGEST_WHOLE)).find(|i| chunks[*i].is_mark(',')) else { return };
        let bare = |c: &Chunk| c.noun().is_some_and(|g| g.is_bare_figure() && g.count().is_some());
        let states = chunks.get(comma + 2).and_then(Chunk::verb).is_some_and(|v| {
            let entry = self.roles.article.lexicon.verb(v.verb);
            entry.helper.is_some()
        });
        if chunks.get(comma + 1).is_some_and(bare) && states {
            self.part(comma + 1, comma, discourse);
        }
    }

    /// 'parmi eux', 'among them': the preposition and a pronoun.
    fn is_of_them(&self, k: usize) -> bool {
        self.chunks().get(k + 1).is_some_and(|c| c.is(Class::SpeakerPronoun) || c.is(Class::ObjectPronoun))
    }

    /// The parts that stand from chunk `from` on, behind the verb that lists them: 'figurent sept X et un Y'.
    fn listed_parts(&mut self, from: usize, discourse: &Discourse) {
        let chunks = self.chunks();
        for (i, chunk) in chunks.iter().enumerate().skip(from) {
            match chunk {
                // ', a senior police officer in Poonch told reporters': the subject of what follows.
                Chunk::Noun(group)
                    if group.count().is_none()
                        && i > from
                        && chunks[i + 1..]
                            .iter()
                            .find(|c| c.verb().is_some() || matches!(c, Chunk::Mark(..)))
                            .is_some_and(is_finite) =>
                {
                    break;
                }
                // 'eleven dead, among them an infant, and 74 wounded': another count.
                Chunk::Noun(group) if self.counts_by_itself(group) => break,
                Chunk::Noun(group) if group.figure.is_some() => self.part(i, from.saturating_sub(1), discourse),
                Chunk::Noun(_) => break,
                Chunk::Verb(verb) if !self.roles.article.lexicon.verb(verb.verb).frames.is_empty() => break,
                Chunk::Mark(_, ',') | Chunk::Verb(_) | Chunk::When(..) => {}
                _ if chunk.is(Class::And) || chunk.is(Class::Adverb) => {}
                _ => break,
            }
        }
    }

    /// Whether the noun itself says what became of those whom it counts: 'wounded'.
    fn counts_by_itself(&self, group: &NounGroup) -> bool {
        let class = group.class.map(|c| self.roles.article.lexicon.noun_class(c));
        group.count().is_some() && class.is_some_and(|c| c.indicator.is_some() && c.argument.is_none())
    }

    /// What is coordinated to the part at `at`: 'dont quinze enfants et une journaliste'.
    fn more_parts(&mut self, at: usize, before: usize, discourse: &Discourse) {
        let chunks = self.chunks();
        let mut last = at;
        if self.has_most_parts() {
            return;
        }
        loop {
            let link = self.end_of_member(last);
            let next = link + 1;
            let linked = chunks.get(link).is_some_and(|c| c.is(Class::And) || c.is_mark(','));
            let person = chunks.get(next).and_then(Chunk::noun).is_some_and(|g| {
                let class = g.class.map(|c| self.roles.article.lexicon.noun_class(c));
                // 'quatre membres des FDS'.
                let members = self.class_name(g) == Some("count") && g.count().is_some();
                g.figure.is_some()
                    && (self.roles.in_group(g, "people") && class.is_some_and(|c| c.indicator.is_none()) || members)
            });
            // '… et trois soldats ont été blessés': the subject of what follows.
            let behind = chunks.get(next + 1..).unwrap_or_default();
            let own = behind.iter().find(|c| c.verb().is_some() || matches!(c, Chunk::Mark(..)));
            if !(linked && person) || own.is_some_and(|c| c.verb().is_some()) {
                return;
            }
            self.part(next, before, discourse);
            last = next;
        }
    }

    /// The chunk behind the member of a list at `at` and its complements: 'sept soldats gouvernementaux', 'quatre membres
    /// des FDS'.
    pub(super) fn end_of_member(&self, at: usize) -> usize {
        let chunks = self.chunks();
        let mut end = at + 1;
        while let Some(chunk) = chunks.get(end) {
            let complement = chunk.noun().is_some_and(|g| g.figure.is_none()) && self.roles.is_complement(end);
            let word = matches!(chunk, Chunk::Word(_, classes) if *classes == Classes::default())
                || chunk.is(Class::Governmental)
                || chunk.is(Class::Of);
            if !(complement || word) {
                break;
            }
            end += 1;
        }
        end
    }

    fn has_most_parts(&self) -> bool {
        self.found.iter().filter(|c| c.part.is_some()).count() == MOST_PARTS
    }

    /// The noun at `at` as a part of what was counted last before the chunk `before`.
    fn part(&mut self, at: usize, before: usize, discourse: &Discourse) {
        let chunks = self.chunks();
        if self.has_most_parts() {
            return;
        }
        let Some(group) = chunks[at].noun().filter(|g| g.figure.as_ref().is_some_and(|f| f.kind != FigureKind::Zero))
        else {
            return;
        };
        // 'Vingt-deux passagers ont été enlevés, dont six ont été libérés'.
        let freed = chunks.get(at + 1).and_then(Chunk::verb);
        if freed.is_some_and(|v| self.roles.article.lexicon.verb(v.verb).releases) {
            return;
        }
        // 'dont une patrouille a pu atteindre Fataki'.
        if group.count().is_none() && self.class_name(group) == Some("count") {
            return;
        }
        let counted = |c: &&Candidate| {
            c.theme.as_ref().is_some_and(|t| t.at < before && t.at != at && t.figure(chunks).is_some())
        };
        let whole = self.found.iter().filter(counted).max_by_key(|c| c.theme.as_ref().map(|t| t.at)).cloned();
        // 'onze bandits tués et quatre fusils saisis, dont un Galil': of the rifles, of which nothing is said.
        let thing = |c| self.roles.article.lexicon.is_thing(c);
        let things = |g: &NounGroup| g.count().is_some() && g.class.is_some_and(thing);
        let nearer = |w: &Candidate| {
            let at = w.theme.as_ref().map_or(0, |t| t.at.max(t.counted_by.unwrap_or(0)));
            chunks.get(at + 1..before).is_some_and(|c| c.iter().filter_map(Chunk::noun).any(things))
        };
        if whole.as_ref().is_some_and(nearer) || self.is_of_others(before) {
            return;
        }
        // A frame of its own says more than the whole does: 'casualties at 2,900, of whom 1,150 killed'.
        if let Some(own) = self.found.iter_mut().find(|c| c.theme.as_ref().is_some_and(|t| t.at == at)) {
            // Those who fled and camp somewhere are no garrison.
            let camps = own.indicator.starts_with("forces.")
                && whole.as_ref().map(|w| w.indicator.as_str()).or(discourse.counted_near(self.roles.sentence.block))
                    == Some("people.displaced");
            // 'La Russie, dont 2 000 hommes sont déployés dans le pays'.
            let finite = own.verb.is_some_and(|k| k > at && is_finite(&chunks[k]));
            let says = own.verb.is_some() && group.is_bare_figure() && !camps || finite || own.rule.ends_with(".noun");
            if says {
                own.part = match whole.and_then(|w| w.theme) {
                    Some(theme) => Some(Whole::Here(theme.at)),
                    None => discourse.counted.as_ref().map(|_| Whole::Before),
                };
                return;
            }
        }
        let (base, part) = match whole {
            Some(whole) => {
                let theme = whole.theme.map(|t| t.at);
                (whole, theme.map(Whole::Here))
            }
            None => match discourse.counted_near(self.roles.sentence.block) {
                Some(indicator) => {
                    (Candidate::about(at, group.tokens.start, indicator, String::new()), Some(Whole::Before))
                }
                None => return,
            },
        };
        self.found.retain(|c| c.theme.as_ref().is_none_or(|t| t.at != at));
        let start = group.tokens.start;
        self.found.push(Candidate {
            theme: Some(Theme { at, counted_by: None, anaphor: false }),
            at,
            said_at: start,
            part,
            verb: None,
            verb_end: None,
            item: Some(group.head.start..group.tokens.end),
            rule: format!("{}/part", self.language()),
            ..base
        });
    }

    /// 'a remis 46 enfants soldats, parmi lesquels onze filles': whether those who are counted right before the word at `k` are
    /// of no claim, and so their part of none.
    fn is_of_others(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let comma = usize::from(k > 0 && chunks[k - 1].is_mark(','));
        let Some(at) = k.checked_sub(1 + comma) else { return false };
        let counted =
            chunks[at].noun().is_some_and(|g| g.count().is_some() && self.class_name(g).is_some_and(|c| c != "count"));
        let of = |c: &Candidate| c.theme.as_ref().is_some_and(|t| t.at == at || t.counted_by == Some(at));
        counted && !self.roles.is_governed(at) && !self.found.iter().any(of)
    }

    /// '4,312 families (21,870 individuals)', 'deux bataillons, quelque 1 200 hommes,': the same people in a smaller unit.
    pub(super) fn restated(&mut self) {
        let chunks = self.chunks();
        let mut more = Vec::new();
        for candidate in &self.found {
            let Some(theme) = candidate.theme.as_ref() else { continue };
            let Some(figure) = theme.figure(chunks).and_then(|f| f.low.or(f.high)) else { continue };
            let open = theme.at + 1;
            let soit = usize::from(chunks.get(open + 1).is_some_and(|c| c.is(Class::Coordinator)));
            // ', perhaps 80,000 men,'.
            let hedge = usize::from(chunks.get(open + 1 + soit).is_some_and(|c| c.is(Class::Hedge)));
            let at = open + 1 + soit + hedge;
            let Some(group) = chunks.get(at).and_then(Chunk::noun) else { continue };
            let enclosed = match chunks.get(open) {
                Some(Chunk::Mark(_, '(')) => chunks.get(at + 1).is_some_and(|c| c.is_mark(')')),
                Some(Chunk::Mark(_, ',')) => chunks.get(at + 1).is_none_or(|c| matches!(c, Chunk::Mark(..))),
                _ => false,
            };
            let people = self.roles.in_group(group, "people") && group.class.is_some() && group.names.is_empty();
            let smaller = group.count().and_then(|f| f.low.or(f.high)).is_some_and(|n| n > figure);
            let taken = |c: &Candidate| c.theme.as_ref().is_some_and(|t| t.at == at);
            if enclosed && people && smaller && !self.found.iter().any(taken) {
                more.push(Candidate {
                    theme: Some(Theme { at, counted_by: None, anaphor: false }),
                    said_at: group.tokens.start,
                    item: Some(group.head.start..group.tokens.end),
                    rule: format!("{}/restated", self.language()),
                    ..candidate.clone()
                });
            }
        }
        self.found.append(&mut more);
    }
}

/// Whether an indicator is of what befalls people: death, wounds, capture, going missing.
fn counts_harm(indicator: &str) -> bool {
    indicator.starts_with("casualties.") || indicator.starts_with("prisoners.")
}
