//! Being somewhere, said without a verb of its own: *soldats présents*, *sont en Russie*.

use super::*;

/// Classes of people: what a cleft sentence counts.
const PEOPLE: [&str; 8] = ["people", "person", "civilian", "civilians", "displaced", "soldier", "troops", "men"];

impl<'s> Finder<'_, 's, '_> {
    /// 'environ 10 000 soldats présents dans la région', 'les troupes sont inactives'.
    pub(super) fn engaged(&mut self) {
        let chunks = self.chunks();
        if !self.outline.classes.any(&[Class::Inactive, Class::Engaged]) {
            return;
        }
        for (k, chunk) in chunks.iter().enumerate() {
            let inactive = chunk.is(Class::Inactive);
            if !inactive && !chunk.is(Class::Engaged) {
                continue;
            }
            let frame = presence_frame();
            let Some(at) = chunks[..k].iter().rposition(|c| c.noun().is_some()) else { continue };
            let between = &chunks[at + 1..k];
            let copula = between
                .iter()
                .filter_map(Chunk::verb)
                .any(|v| self.roles.article.lexicon.verb(v.verb).helper == Some(Helper::Be));
            let Some(theme) =
                self.roles.theme(at, &frame).or_else(|| self.roles.left_theme(k, &frame).filter(|_| copula))
            else {
                continue;
            };
            let counted = theme.figure(chunks).is_some_and(|f| f.kind != FigureKind::One);
            if !(counted && !inactive || copula) {
                continue;
            }
            let verb = between.iter().rposition(|c| c.verb().is_some()).map(|p| at + 1 + p);
            self.push(Candidate {
                item: theme.group(chunks).map(|g| g.head.start..g.tokens.end),
                theme: Some(theme),
                verb,
                verb_end: verb.map(|_| k),
                ..Candidate::about(
                    k,
                    theme.tokens(chunks).start,
                    if inactive { "forces.withdrawn" } else { "forces.present" }.to_owned(),
                    format!("{}/{}", self.language(), if inactive { "inactive" } else { "engaged" }),
                )
            });
        }
    }

    /// 'l'ONU parle de 2 000 soldats russes au Mali': soldiers whom somebody counts, and where they are.
    pub(super) fn spoken_of_somewhere(&mut self) {
        let chunks = self.chunks();
        for (k, chunk) in chunks.iter().enumerate().skip(1) {
            let soldiers = chunk.noun().is_some_and(|g| g.count().is_some() && self.roles.in_group(g, "soldier"));
            let placed = chunks.get(k + 1).is_some_and(|c| c.is(Class::PlacePreposition) && !c.is(Class::Of))
                && chunks.get(k + 2).and_then(Chunk::noun).is_some_and(|g| g.names.iter().any(|n| n.place().is_some()));
            let speech = |c: &Chunk| {
                let verb = c.verb().map(|v| self.roles.article.lexicon.verb(v.verb).speech);
                c.is(Class::Says) || matches!(verb, Some(Some(Speech::Say | Speech::Know)))
            };
            let said = speech(&chunks[k - 1]) || k > 1 && chunks[k - 1].is(Class::Of) && speech(&chunks[k - 2]);
            let ends = chunks.get(k + 3).is_none_or(|c| c.verb().is_none());
            if soldiers && placed && said && ends {
                self.push(self.presence_at(k, Theme { at: k, counted_by: None, anaphor: false }));
            }
        }
    }

    /// 'une milice forte d'un millier d'hommes', 'the garrison, some 700 strong'.
    pub(super) fn strength(&mut self) {
        let chunks = self.chunks();
        if !self.outline.classes.has(Class::Strong) {
            return;
        }
        for (k, chunk) in chunks.iter().enumerate().filter(|(_, c)| c.is(Class::Strong)) {
            let of = chunk.tokens().len() > 1 || chunks.get(k + 1).is_some_and(|c| c.is(Class::Of));
            let at = if of { k + 1 } else { k.wrapping_sub(1) };
            let counted = chunks.get(at).and_then(Chunk::noun).filter(|g| g.count().is_some());
            let troops = counted.is_some_and(|g| self.roles.in_group(g, "soldier") || !of && g.is_bare_figure());
            if troops {
                self.push(self.presence_at(at, Theme { at, counted_by: None, anaphor: true }));
            }
        }
    }

    /// 'Ils sont 583 000 à avoir quitté leur domicile': the figure is the subject of the infinitive.
    pub(super) fn clefts(&mut self) {
        let chunks = self.chunks();
        for (k, chunk, verb) in self.verbs_of() {
            let copula = self.roles.article.lexicon.verb(verb.verb).helper == Some(Helper::Be) && is_finite(chunk);
            let Some(at) = (k + 1..chunks.len().min(k + 3)).find(|i| chunks[*i].noun().is_some()) else { continue };
            let counted = chunks[at].noun().is_some_and(|g| g.count().is_some());
            if !(copula && counted && k > 0 && chunks[k - 1].is(Class::SubjectPronoun)) {
                continue;
            }
            // 'Ils étaient seize, pensionnaires pour la plupart, à être emmenés'.
            let aside = chunks.get(at + 1).is_some_and(|c| c.is_mark(','));
            let close = || (at + 2..chunks.len().min(at + 12)).find(|i| chunks[*i].is_mark(','));
            let Some(to) = (if aside { close() } else { Some(at) }).map(|end| end + 1) else { continue };
            let infinitive = chunks.get(to + 1).and_then(Chunk::verb).filter(|v| v.mood == Mood::Infinitive);
            let Some(infinitive) = infinitive.filter(|_| chunks[to].is(Class::To)) else { continue };
            let role = if infinitive.voice == Voice::Active { Role::Subject } else { Role::Object };
            let people = |f: &&Frame| f.role == role && f.classes.iter().any(|c| PEOPLE.contains(&&**c));
            let frames = &self.roles.article.lexicon.verb(infinitive.verb).frames;
            let Some(frame) = frames.iter().find(people) else { continue };
            self.found.retain(|c| c.theme.as_ref().is_none_or(|t| t.at != at));
            self.push(Candidate {
                theme: Some(Theme { at, counted_by: None, anaphor: true }),
                verb: Some(to + 1),
                ..Candidate::about(
                    at,
                    chunks[at].tokens().start,
                    &*frame.indicator,
                    format!("{}/cleft", self.language()),
                )
            });
        }
    }

    /// 'sept chauffeurs sont toujours portés disparus', 'three were dead': what somebody is, as a noun that carries an
    /// indicator.
    pub(super) fn predicates(&mut self) {
        let chunks = self.chunks();
        let lexicon = self.roles.article.lexicon;
        for (k, chunk) in chunks.iter().enumerate() {
            if let Some(candidate) = self.qualified(k) {
                self.push(candidate);
            }
            let Some(verb) = chunk.verb().filter(|_| is_finite(chunk)) else { continue };
            let entry = lexicon.verb(verb.verb);
            // 'sont portés disparus'.
            let passive = verb.voice == Voice::Passive && entry.frames.is_empty() && entry.speech.is_none();
            let copula = passive || entry.helper == Some(Helper::Be) || entry.speech == Some(Speech::Remain);
            if !copula {
                continue;
            }
            let Some(at) = (k + 1..chunks.len().min(k + 4)).find(|i| chunks[*i].noun().is_some()) else { continue };
            let between = &chunks[k + 1..at];
            let passes = between.iter().all(|c| c.is(Class::Adverb) || matches!(c, Chunk::When(..)));
            let noun = chunks[at].noun().filter(|g| g.determiner.is_none() && g.figure.is_none());
            let Some(class) = noun.and_then(|g| g.class).filter(|_| passes) else { continue };
            let class = lexicon.noun_class(class);
            let Some(indicator) = class.indicator.as_deref().filter(|_| class.argument.is_none()) else { continue };
            let frame = nominal_frame(indicator, "people");
            let Some(theme) = self.roles.left(k, &frame) else { continue };
            if !theme.figure(chunks).is_some_and(|f| f.kind != FigureKind::Zero) {
                continue;
            }
            self.push(Candidate {
                item: theme.group(chunks).map(|g| g.head.start..g.tokens.end),
                theme: Some(theme),
                verb: Some(k),
                verb_end: Some(at),
                ..Candidate::about(
                    k,
                    theme.tokens(chunks).start,
                    indicator,
                    format!("{}/{}.predicate", self.language(), class.name),
                )
            });
        }
    }

    /// '1,150 families newly displaced': a participle behind those whom it counts, which alone would be a noun.
    fn qualified(&self, k: usize) -> Option<Candidate> {
        let chunks = self.chunks();
        let lexicon = self.roles.article.lexicon;
        let plain = |g: &NounGroup| g.determiner.is_none() && g.figure.is_none();
        let class = chunks.get(k + 1)?.noun().filter(|g| plain(g))?.class.map(|c| lexicon.noun_class(c))?;
        let indicator = class.indicator.as_deref().filter(|_| class.argument.is_none())?;
        let group = chunks[k].noun().filter(|g| g.count().is_some() && !g.is_bare_figure())?;
        let people = group.class.is_some_and(|c| lexicon.noun_class(c).indicator.is_none())
            && self.roles.in_group(group, "people")
            && !self.roles.in_group(group, "units");
        people.then(|| Candidate {
            item: Some(group.head.start..group.tokens.end),
            theme: Some(Theme { at: k, counted_by: None, anaphor: false }),
            ..Candidate::about(
                k,
                group.tokens.start,
                indicator,
                format!("{}/{}.predicate", self.language(), class.name),
            )
        })
    }

    /// 'quelque 11 000 soldats sont en Russie': to be somewhere, of a number of troops.
    pub(super) fn stationed(&mut self, discourse: &Discourse) {
        let chunks = self.chunks();
        for (k, chunk, verb) in self.verbs_of() {
            let entry = self.roles.article.lexicon.verb(verb.verb);
            // 'Some 900 troops remain in Syria'.
            let copula = entry.helper == Some(Helper::Be) || entry.speech == Some(Speech::Remain);
            if !(copula && is_finite(chunk)) {
                continue;
            }
            // 'there are 3,000 troops in Gyumri'.
            let there = k > 0 && self.roles.article.chunker.has(chunks[k - 1].tokens().start, Class::There);
            let counted = |i: &usize| chunks[*i].noun().is_some_and(|g| g.figure.is_some());
            let exists = (k + 1..chunks.len().min(k + 4)).find(|i| chunks[*i].noun().is_some()).filter(counted);
            if let Some(theme) = exists.filter(|_| there).and_then(|at| self.roles.theme(at, &presence_frame())) {
                self.push(self.presence(k, theme));
                continue;
            }
            let ground =
                |g: &NounGroup| g.names.iter().any(|n| n.place().is_some()) || self.roles.in_group(g, "ground");
            let place = chunks.get(k + 1).is_some_and(|c| c.is(Class::PlacePreposition) && !c.is(Class::Of))
                && chunks.get(k + 2).and_then(Chunk::noun).is_some_and(ground)
                || chunks.get(k + 1).is_some_and(|c| self.roles.article.chunker.has(c.tokens().start, Class::There));
            // 'ils étaient une centaine d'hommes', 'les assaillants étaient « au moins 200 »'.
            let at = (k + 1..chunks.len().min(k + 3)).find(|i| chunks[*i].noun().is_some());
            let number = at.filter(|i| {
                chunks[*i].noun().is_some_and(|g| {
                    g.count().is_some() && (g.is_bare_figure() || self.roles.in_group(g, "soldier")) && k + 2 >= *i
                })
            });
            // 'Restent 2 500 Américains en Irak'.
            // 'Il reste 300 combattants'.
            let impersonal = || k == 1 && chunks[0].is(Class::SubjectPronoun) && !chunks[0].is(Class::PluralPronoun);
            let opens = (k == 0 || impersonal()) && entry.speech == Some(Speech::Remain);
            let behind = || self.roles.theme(k + 1, &presence_frame()).filter(|t| t.figure(chunks).is_some());
            if let Some(theme) = opens.then(behind).flatten() {
                self.push(self.presence(k, theme));
                continue;
            }
            if number.is_none() && !place {
                continue;
            }
            let Some(theme) = self.roles.left(k, &presence_frame()) else { continue };
            // 'ils n'étaient que 800', of the displaced who were counted before; 'plusieurs centaines' rather attack.
            let flees = number.is_some_and(|at| {
                let exact =
                    chunks[at].noun().is_some_and(|g| g.is_bare_figure() && g.count().is_some_and(|f| !f.approximate));
                exact && discourse.counted_near(self.roles.sentence.block) == Some("people.displaced")
            });
            // 'Ils étaient huit à bord': of nobody who was spoken of as a force.
            let pronoun = k > 0 && chunks[k - 1].is(Class::SubjectPronoun);
            let exact = number.is_some_and(|at| {
                chunks[at].noun().is_some_and(|g| g.is_bare_figure() && g.count().is_some_and(|f| !f.approximate))
            });
            let force = discourse.counted_near(self.roles.sentence.block).is_some_and(|i| i.starts_with("forces."));
            if pronoun && exact && !flees && !force {
                continue;
            }
            let measured = flees || number.is_some_and(|at| self.is_counter(at));
            if let Some(at) = number.filter(|_| !measured) {
                self.push(self.presence(k, Theme { at, counted_by: None, anaphor: true }));
                continue;
            }
            if !place {
                continue;
            }
            // 'retirera les 120 Casques bleus qui restent à Nasir': another verb says what becomes of them.
            let taken = self.found.iter().any(|c| c.theme.as_ref().is_some_and(|t| t.at == theme.at));
            let relative = k > 0 && chunks[k - 1].is(Class::Relative);
            if !theme.figure(chunks).is_some_and(|f| f.kind != FigureKind::One) || taken && relative {
                continue;
            }
            self.push(self.presence(k, theme));
        }
    }

    /// 'la localité est de nouveau sous le contrôle de l'armée', 'the town is in our hands'.
    pub(super) fn controlled(&mut self, discourse: &Discourse) {
        let chunks = self.chunks();
        let ground = Frame {
            indicator: "territory.held".into(),
            role: Role::Subject,
            classes: vec!["ground".into(), "post".into()],
            object: None,
            agent: false,
            negated: false,
        };
        for (k, chunk) in chunks.iter().enumerate() {
            let Some(verb) = chunk.verb().filter(|_| is_finite(chunk)) else { continue };
            let entry = self.roles.article.lexicon.verb(verb.verb);
            let copula = entry.helper == Some(Helper::Be) || entry.speech == Some(Speech::Remain);
            let Some(control) = self.roles.in_whose_hands(k).filter(|_| copula) else { continue };
            // 'Il est de nouveau sous le contrôle de l'armée': the village that was spoken of.
            let taken_up = k > 0
                && chunks[k - 1].is(Class::SubjectPronoun)
                && discourse.indicator.as_deref().is_some_and(|i| i.starts_with("territory."));
            let theme = self.roles.left(k, &ground);
            // 'Two North Korean soldiers are in our hands'.
            let people = || self.roles.left(k, &nominal_frame("prisoners.captured", "people"));
            // 'Onze restent aux mains de leurs ravisseurs', of those who were taken.
            let of_prisoners = discourse
                .counted_near(self.roles.sentence.block)
                .or(discourse.indicator.as_deref())
                .is_some_and(|i| i.starts_with("prisoners."));
            let held = |t: &Theme| {
                t.figure(chunks).is_some() && (of_prisoners || t.group(chunks).is_some_and(|g| !g.head.is_empty()))
            };
            if theme.is_none()
                && let Some(theme) = people().filter(held)
            {
                self.push(Candidate {
                    item: theme.group(chunks).map(|g| g.head.start..g.tokens.end),
                    theme: Some(theme),
                    verb: Some(k),
                    verb_end: Some(control),
                    ..Candidate::about(
                        k,
                        theme.tokens(chunks).start,
                        "prisoners.captured",
                        format!("{}/in-hands", self.language()),
                    )
                });
                continue;
            }
            if theme.is_none() && !taken_up {
                continue;
            }
            self.push(Candidate {
                item: theme.and_then(|t| t.group(chunks)).map(|g| g.head.start..g.tokens.end),
                theme,
                verb: Some(k),
                verb_end: Some(control),
                ..Candidate::about(k, chunk.tokens().start, "territory.held", format!("{}/controlled", self.language()))
            });
        }
    }

    pub(super) fn presence(&self, k: usize, theme: Theme) -> Candidate {
        Candidate { verb: Some(k), ..self.presence_at(k, theme) }
    }

    fn presence_at(&self, k: usize, theme: Theme) -> Candidate {
        let chunks = self.chunks();
        Candidate {
            item: theme.group(chunks).map(|g| g.head.start..g.tokens.end),
            theme: Some(theme),
            ..Candidate::about(
                k,
                theme.tokens(chunks).start,
                "forces.present",
                format!("{}/stationed", self.language()),
            )
        }
    }
}

/// Troops or ships that are somewhere.
fn presence_frame() -> Frame {
    Frame {
        indicator: "forces.present".into(),
        role: Role::Subject,
        classes: vec!["troops".into(), "ship".into()],
        object: None,
        agent: false,
        negated: false,
    }
}
