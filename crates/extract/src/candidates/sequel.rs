//! What goes on with something said before: parts, bare figures, tolls, refusals to comment.

use super::*;

/// How many parts one sentence can name: 'dont 3 dont 3 …' without end counts nothing.
const MOST_PARTS: usize = 8;

impl<'s> Finder<'_, 's, '_> {
    /// 'dont 14 enfants', 'including 90,000', 'trois d'entre eux', 'parmi eux figurent N': a part of what was counted
    /// before.
    pub(super) fn parts(&mut self, discourse: &Discourse) {
        let chunks = self.chunks();
        if !self.outline.classes.any(&[Class::OfThem, Class::Among, Class::Included]) {
            return;
        }
        for (k, chunk) in chunks.iter().enumerate() {
            if chunk.is(Class::OfThem) || chunk.is(Class::Among) && self.is_of_them(k) {
                // 'three of them children', '8 400 d'entre elles campent'; 'parmi eux, deux enfants'.
                match k.checked_sub(1).filter(|p| chunks[*p].noun().is_some_and(NounGroup::is_bare_figure)) {
                    Some(before) => self.part(before, before, discourse),
                    None => self.listed_parts(k + 1 + usize::from(!chunk.is(Class::OfThem)), discourse),
                }
            } else if chunk.is(Class::Among) {
                let counted = chunks.get(k + 1).and_then(Chunk::noun).is_some_and(|g| g.figure.is_some());
                if self.among_victims(k) {
                    // 'deux instructeurs russes parmi les morts'.
                } else if counted {
                    self.part(k + 1, k, discourse);
                    self.more_parts(k + 1, k, discourse);
                } else if self.among_state(k) {
                    // 'Among the injured are six schoolchildren'.
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

    /// 'deux instructeurs russes parmi les morts': what the noun behind says of those before.
    fn among_victims(&mut self, k: usize) -> bool {
        let chunks = self.chunks();
        let Some(at) = k.checked_sub(1).filter(|p| chunks[*p].noun().is_some_and(|g| g.count().is_some())) else {
            return false;
        };
        let definite = chunks.get(k + 1).and_then(Chunk::noun).filter(|g| g.determiner == Some(Determiner::Definite));
        let class = definite.and_then(|g| g.class).map(|c| self.roles.article.lexicon.noun_class(c));
        let Some(class) = class.filter(|c| c.argument.is_none()) else { return false };
        let Some(indicator) = class.indicator.as_deref().filter(|i| i.starts_with("casualties.")) else { return false };
        let frame = nominal_frame(indicator, "people");
        let Some(theme) = self.roles.theme(at, &frame) else { return false };
        self.found.retain(|c| c.theme.as_ref().is_none_or(|t| t.at != at));
        self.push(Candidate {
            theme: Some(theme),
            item: chunks[at].noun().map(|g| g.head.start..g.tokens.end),
            ..Candidate::about(
                at,
                chunks[at].tokens().start,
                indicator,
                format!("{}/{}.among", self.language(), class.name),
            )
        });
        true
    }

    /// 'Among the injured are six schoolchildren and two teachers': what the noun says of those whom the verb lists.
    fn among_state(&mut self, k: usize) -> bool {
        let chunks = self.chunks();
        let lexicon = self.roles.article.lexicon;
        let group = chunks.get(k + 1).and_then(Chunk::noun).filter(|g| g.determiner == Some(Determiner::Definite));
        let class = group.and_then(|g| g.class).map(|c| lexicon.noun_class(c)).filter(|c| c.argument.is_none());
        let Some(class) = class.filter(|_| k == 0 && chunks.get(k + 2).is_some_and(is_finite)) else { return false };
        let Some(indicator) = class.indicator.as_deref().filter(|i| counts_harm(i)) else { return false };
        let frame = nominal_frame(indicator, "people");
        let mut at = k + 3;
        while let Some(theme) = self.roles.theme(at, &frame).filter(|t| t.figure(chunks).is_some()) {
            self.push(Candidate {
                theme: Some(theme),
                item: theme.group(chunks).map(|g| g.head.start..g.tokens.end),
                ..Candidate::about(
                    theme.at,
                    theme.tokens(chunks).start,
                    indicator,
                    format!("{}/{}.among", self.language(), class.name),
                )
            });
            let linked = chunks.get(theme.at + 1).is_some_and(|c| c.is(Class::And) || c.is_mark(','));
            at = theme.at + 2;
            let next = chunks.get(at).and_then(Chunk::noun).is_some_and(|g| g.figure.is_some());
            // ', two officials said': the subject of what follows.
            let own = chunks.get(at + 1).is_some_and(is_finite);
            if !(linked && next) || own {
                break;
            }
        }
        at > k + 3
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
        while let Some(next) = chunks.get(last + 2).and_then(Chunk::noun).map(|_| last + 2) {
            let linked = chunks[last + 1].is(Class::And) || chunks[last + 1].is_mark(',');
            let person = chunks[next].noun().is_some_and(|g| {
                let class = g.class.map(|c| self.roles.article.lexicon.noun_class(c));
                g.figure.is_some() && self.roles.in_group(g, "people") && class.is_some_and(|c| c.indicator.is_none())
            });
            // '… et trois soldats ont été blessés': the subject of what follows.
            let own = chunks[next + 1..].iter().find(|c| c.verb().is_some() || matches!(c, Chunk::Mark(..)));
            if !(linked && person) || own.is_some_and(|c| c.verb().is_some()) {
                return;
            }
            self.part(next, before, discourse);
            last = next;
        }
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
        if whole.as_ref().is_some_and(nearer) {
            return;
        }
        // A frame of its own says more than the whole does.
        if let Some(own) = self.found.iter_mut().find(|c| c.theme.as_ref().is_some_and(|t| t.at == at)) {
            // Those who fled and camp somewhere are no garrison.
            let camps = own.indicator.starts_with("forces.")
                && whole.as_ref().map(|w| w.indicator.as_str()).or(discourse.counted_near(self.roles.sentence.block))
                    == Some("people.displaced");
            if own.verb.is_some() && group.is_bare_figure() && !camps {
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

    /// A figure without a noun goes on with what was counted before: 'contre 25', 'l'ONU les chiffrait entre 3 000 et
    /// 4 000', 'et quinze autres à X', 'n'en recense que 48'.
    pub(super) fn ellipses(&mut self, discourse: &Discourse) {
        let chunks = self.chunks();
        for k in self.outline.counted.iter().copied() {
            let Some(group) = chunks[k].noun() else { continue };
            if !group.is_bare_figure() && !self.is_compared(k) {
                continue;
            }
            if self.found.iter().any(|c| c.theme.as_ref().is_some_and(|t| t.at == k || t.counted_by == Some(k))) {
                continue;
            }
            // '75 per day': how often, not how many.
            if chunks.get(k + 1).is_some_and(|c| self.roles.article.chunker.has(c.tokens().start, Class::Per)) {
                continue;
            }
            // 'one of those we met': one is no count that goes on.
            if group.figure.as_ref().is_some_and(|f| f.high == Some(1.0)) && !group.other {
                continue;
            }
            // '29 degrés à Bafoussam, 31 à Douala': more of what counts nothing.
            if self.follows_refused(k) {
                continue;
            }
            let before = k.checked_sub(1).map(|p| &chunks[p]);
            let negated = before.is_some_and(|p| p.is(Class::NegatedFigure));
            // 'to 15, from 14'.
            let from = before.is_some_and(|p| p.is(Class::RangeFrom)) && k >= 2 && chunks[k - 2].is_mark(',');
            let replaced = negated || from || before.is_some_and(|p| p.is(Class::WithdrawnFigure));
            let another = group.other && before.is_some_and(|p| p.is(Class::And) || p.is_mark(','));
            let here = self
                .found
                .iter()
                .rfind(|c| c.theme.as_ref().is_some_and(|t| t.at < k && t.figure(chunks).is_some()))
                .cloned();
            // '2 500 hommes en Irak et 900 en Syrie'.
            let elsewhere = before.is_some_and(|p| p.is(Class::And) || p.is_mark(',')) && self.is_located(k);
            // 'l'armée parle de 12 morts, le M23 de 40'.
            let gapped = || {
                let said = self.roles.article.attribution(group.tokens.start, None);
                said.is_some_and(|a| a.rule == "attribution.gapped")
            };
            // 'il y eut des morts : cinquante-huit au moins'; ', puis de 20'.
            let base_before_colon = self.counted_behind_colon(k);
            let then = self.is_then(k) && here.is_some();
            if !(base_before_colon.is_some()
                || then
                || replaced
                || another
                || elsewhere
                || self.measures(k)
                || gapped()
                || self.is_answer(k))
            {
                continue;
            }
            let base = base_before_colon.or(here).or_else(|| {
                let indicator = discourse.counted_near(self.roles.sentence.block)?;
                Some(Candidate::about(k, group.tokens.start, indicator, String::new()))
            });
            let Some(mut base) = base else { continue };
            // 'il en resterait moins de 7 000': of those who were sent.
            let remains = chunks[..k]
                .iter()
                .rev()
                .take(3)
                .find_map(Chunk::verb)
                .is_some_and(|v| self.roles.article.lexicon.verb(v.verb).speech == Some(Speech::Remain));
            if remains && base.indicator == "forces.sent" {
                base.indicator = "forces.present".to_owned();
            }
            self.found.push(Candidate {
                theme: Some(Theme { at: k, counted_by: None, anaphor: true }),
                at: k,
                said_at: group.tokens.start,
                part: None,
                bare: true,
                apart: replaced || elsewhere,
                stance: negated.then_some(Stance::Denied),
                verb: None,
                verb_end: None,
                item: None,
                rule: format!("{}/ellipsis", self.language()),
                ..base
            });
        }
    }

    /// Whether the number before the one at `k` in the sentence is one that counts nothing: a measure, a price.
    fn follows_refused(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let tokens = self.roles.article.chunker.tokens;
        let number = |t: &usize| tokens.kind(*t) == TokenKind::Number;
        let before = chunks[..k].iter().rposition(|c| c.tokens().any(|t| number(&t)));
        before.is_some_and(|at| {
            !matches!(chunks[at], Chunk::When(..)) && chunks[at].noun().is_none_or(|g| g.count().is_none())
        })
    }

    /// 'Combien sont-ils ? Deux mille, avance un ancien cadre', '; entre quinze et vingt, à en croire un officier': a figure
    /// that is all that somebody says.
    fn is_answer(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let quotes = |c: &&Chunk| matches!(c, Chunk::Mark(_, '«' | '»' | '“' | '”' | '"'));
        let opens = chunks[..k].iter().rev().find(|c| !quotes(c)).is_none_or(is_strong);
        let Some(close) = (k + 1..chunks.len()).find(|i| !quotes(&&chunks[*i])) else { return false };
        // 'Dix-neuf, dont onze enfants, dit X'.
        let part = chunks[close].is_mark(',') && chunks.get(close + 1).is_some_and(|c| c.is(Class::Among));
        let behind = || (close + 2..chunks.len().min(close + 6)).find(|i| chunks[*i].is_mark(','));
        let close = if part { behind().unwrap_or(close) } else { close };
        let cue = chunks[close].is_mark(',').then(|| chunks.get(close + 1)).flatten();
        let said = self.roles.article.attribution(chunks[k].tokens().start, None);
        let said_next = |a: &Attribution| cue.is_some_and(|c| c.tokens().contains(&a.cue.start));
        // 'Bilan : 37 morts d'après le chef de secteur, 29 selon la Monusco'.
        // 'a coûté la vie à quatre orpailleurs selon X, à neuf d'après Y'.
        let governed = usize::from(k > 1 && (chunks[k - 1].is(Class::To) || chunks[k - 1].is(Class::Of)));
        let link = k.checked_sub(1 + governed);
        let listed = link.is_some_and(|at| chunks[at].is_mark(',') || chunks[at].is(Class::And));
        let told =
            chunks[close].is(Class::Before) && said.is_some_and(|a| chunks[close].tokens().contains(&a.cue.start));
        opens && said.is_some_and(said_next) || listed && told
    }

    /// Whether a figure follows on one before: 'from 12 dead to 15 and then to 22', 'a parlé de 12 morts, puis de 20'.
    fn is_then(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let governed = usize::from(k > 0 && (chunks[k - 1].is(Class::Of) || chunks[k - 1].is(Class::To)));
        k.checked_sub(1 + governed).is_some_and(|at| chunks[at].is(Class::Then))
    }

    /// What the figure behind a colon counts: the noun before it that has none.
    fn counted_behind_colon(&self, k: usize) -> Option<Candidate> {
        let chunks = self.chunks();
        let quoted = usize::from(k > 0 && matches!(chunks[k - 1], Chunk::Mark(_, '«' | '“' | '"')));
        let noun = k.checked_sub(2 + quoted).filter(|_| chunks[k - 1 - quoted].is_mark(':'))?;
        let group = chunks[noun].noun().filter(|g| g.count().is_none())?;
        let class = self.roles.article.lexicon.noun_class(group.class?);
        let indicator = class.indicator.as_deref().filter(|_| class.argument.is_none())?;
        Some(Candidate {
            class: group.class,
            ..Candidate::about(k, chunks[k].tokens().start, indicator, String::new())
        })
    }

    /// '96 sq km, compared with 267 sq km in October': the same once more, of another time.
    fn is_compared(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let class = chunks[k].noun().and_then(|g| g.class);
        let before = |c: &&Candidate| c.theme.as_ref().is_some_and(|t| t.at < k && t.figure(chunks).is_some());
        let last = self.found.iter().rfind(before);
        let same = last.is_some_and(|c| c.theme.as_ref().and_then(|t| t.group(chunks)).and_then(|g| g.class) == class);
        k > 0 && chunks[k - 1].is(Class::WithdrawnFigure) && class.is_some() && same
    }

    /// Whether a place follows on the noun at `k`, and no verb of its own.
    fn is_located(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let place = chunks.get(k + 1).is_some_and(|c| c.is(Class::Locative) || c.is(Class::PlacePreposition))
            && chunks.get(k + 2).and_then(Chunk::noun).is_some_and(|g| {
                g.figure.is_none() && (g.proper.is_some() || g.names.iter().any(|n| n.place().is_some()))
            });
        place && !chunks.get(k + 3).is_some_and(is_finite)
    }

    /// Whether the bare figure at `k` is the number that a verb of speech or counting gives: nothing that could be
    /// counted stands between, and no noun of counting behind, which would have a complement of its own.
    fn measures(&self, k: usize) -> bool {
        let chunks = self.chunks();
        // 'parle de 44': a phrase that says.
        if k > 0 && chunks[k - 1].is(Class::Says) {
            return true;
        }
        let Some(verb) = (k.saturating_sub(5)..k).rev().find(|i| chunks[*i].verb().is_some()) else { return false };
        let entry = chunks[verb].verb().map(|v| self.roles.article.lexicon.verb(v.verb));
        let gives = entry.is_some_and(|e| {
            (e.measures.is_some() || e.helper == Some(Helper::Be)) && self.is_taken_up(verb)
                || e.revises
                || matches!(e.speech, Some(Speech::Say | Speech::Know | Speech::Accuse))
        });
        // 'the number might now be closer to 7,000'.
        let number = |c: &Chunk| c.noun().is_some_and(|g| matches!(self.class_name(g), Some("count" | "toll")));
        let copula =
            entry.is_some_and(|e| e.helper == Some(Helper::Be)) && chunks[..verb].iter().rev().take(4).any(number);
        let gives = gives || copula;
        let between = chunks[verb + 1..k].iter().all(|c| match c {
            Chunk::Noun(group) => {
                let number = matches!(self.class_name(group), Some("count"));
                (group.class.is_none() || number) && group.figure.is_none()
            }
            Chunk::Mark(_, mark) => matches!(mark, '«' | '“' | '"' | ','),
            _ => true,
        });
        let counts = |c: &Chunk| c.noun().is_some_and(|g| matches!(self.class_name(g), Some("count")));
        let own = chunks[k + 1..].iter().take(3).take_while(|c| !matches!(c, Chunk::Mark(..))).any(counts);
        gives && between && !own
    }

    /// Whether the subject of the verb at `k` takes up what was counted: 'ils seraient 160 000', 'the figure stands at 40'.
    fn is_taken_up(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let Some(at) = chunks[..k].iter().rposition(|c| c.noun().is_some() || c.is(Class::SubjectPronoun)) else {
            return false;
        };
        let number = chunks[at].noun().is_some_and(|g| matches!(self.class_name(g), Some("count" | "toll")));
        number || chunks[at].is(Class::SubjectPronoun)
    }

    /// A toll that a verb puts at a figure: 'le bilan est passé à 31', 'a resident put the toll at 29'.
    pub(super) fn tolls(&mut self) {
        let chunks = self.chunks();
        for (k, _, group, _) in self.nouns_of() {
            if self.class_name(group) != Some("toll") || group.count().is_some() {
                continue;
            }
            let counter = self.roles.counter(k);
            let figure = chunks[counter].noun().and_then(NounGroup::count);
            if counter == k
                || figure.is_none_or(|f| f.kind != FigureKind::Count)
                || self.found.iter().any(|c| c.theme.as_ref().is_some_and(|t| t.counted_by == Some(counter)))
            {
                continue;
            }
            let figure_tokens = chunks[counter].tokens();
            self.push(Candidate {
                theme: Some(Theme { at: counter, counted_by: None, anaphor: false }),
                ..Candidate::about(
                    counter,
                    figure_tokens.start,
                    "casualties.killed",
                    format!("{}/toll", self.language()),
                )
            });
        }
    }

    /// 'rejected the claim', ', ce que les rebelles démentent': a denial of what was said before.
    fn denies_what_was_said(&self, k: usize, attribution: &Attribution) -> bool {
        let chunks = self.chunks();
        let denies = attribution.speech == Speech::Deny && !attribution.negated;
        let said = chunks
            .get(k + 1)
            .and_then(Chunk::noun)
            .is_some_and(|g| g.role == Some(NounRole::Document) && g.count().is_none() && g.names.is_empty());
        let relative = chunks[..k].iter().rev().take(4).take_while(|c| c.verb().is_none()).any(|c| {
            c.is(Class::Relative)
                && self.roles.article.chunker.has(c.tokens().start.saturating_sub(1), Class::Demonstrative)
        });
        denies && (said || relative)
    }

    /// Whether what is not confirmed is a figure: 'ce chiffre', 'the toll'.
    fn denies_a_figure(&self, attribution: &Attribution) -> bool {
        let within = self.chunks().iter().filter(|c| attribution.content.contains(&c.tokens().start));
        within
            .filter_map(Chunk::noun)
            .any(|g| matches!(self.class_name(g), Some("count" | "toll")) && g.count().is_none())
    }

    /// What is refused comment: 'a refusé de se prononcer sur le nombre de personnes enlevées'.
    fn spoken_of(&self, attribution: &Attribution) -> Option<String> {
        let lexicon = self.roles.article.lexicon;
        // 'n'ont pas voulu dire combien de soldats elles avaient capturés'.
        let chunker = self.roles.article.chunker;
        let asked = attribution.content.clone().any(|t| chunker.has(t, Class::HowMany));
        let within = self.chunks().iter().filter(|c| attribution.content.contains(&c.tokens().start));
        within.skip_while(|c| c.tokens() == attribution.cue).find_map(|chunk| match chunk {
            Chunk::Noun(group) => lexicon.noun_class(group.class?).indicator.as_deref().map(str::to_owned),
            Chunk::Verb(verb) if verb.mood == Mood::Participle || asked => {
                let frames = &lexicon.verb(verb.verb).frames;
                let first = frames.iter().find(|frame| frame.role == Role::Object).or(frames.first());
                first.map(|frame| frame.indicator.to_string())
            }
            _ => None,
        })
    }

    /// 'a refusé de commenter', 'n'a pas confirmé': a party that says nothing of what was said before.
    pub(super) fn refusals(&mut self, discourse: &Discourse) {
        let article = self.roles.article;
        let here = self.found.iter().rfind(|c| c.theme.is_some()).map(|c| c.indicator.clone());
        let before = here.or_else(|| discourse.indicator.clone());
        for (k, chunk, _) in self.verbs_of() {
            let Some(attribution) = article.of_sentence(self.index).iter().find(|a| a.cue == chunk.tokens()) else {
                continue;
            };
            let refuses = matches!(attribution.speech, Speech::Refuse | Speech::Silent)
                || attribution.negated && matches!(attribution.speech, Speech::Say | Speech::Deny | Speech::Comment);
            let denies = self.denies_what_was_said(k, attribution);
            let filled = self.found.iter().any(|c| attribution.content.contains(&c.said_at));
            // 'X, qui concède cinq morts, refuse d'en dire plus'.
            let said = |c: &Candidate| {
                let said = article.attribution(c.said_at, c.verb_tokens.as_ref());
                said.is_some_and(|a| a.speakers == attribution.speakers && a.speech == Speech::Say && !a.negated)
            };
            let told = refuses && self.found.iter().any(said);
            if !(refuses || denies) || filled || told || self.found.iter().any(|c| c.rule.ends_with("/refusal")) {
                continue;
            }
            // 'n'a jamais confirmé ce chiffre': the figure that was given last.
            let figure = self.denies_a_figure(attribution).then_some(discourse.counted.as_ref()).flatten();
            let of_figure = figure.filter(|_| self.found.is_empty()).map(|(indicator, _)| indicator.clone());
            let Some(indicator) = self.spoken_of(attribution).or(of_figure).or_else(|| before.clone()) else {
                continue;
            };
            self.push(Candidate {
                verb: Some(k),
                stance: Some(if denies { Stance::Denied } else { Stance::Unconfirmed }),
                ..Candidate::about(k, attribution.content.start, indicator, format!("{}/refusal", self.language()))
            });
        }
    }
}

/// Whether an indicator is of what befalls people: death, wounds, capture, going missing.
fn counts_harm(indicator: &str) -> bool {
    indicator.starts_with("casualties.") || indicator.starts_with("prisoners.")
}
