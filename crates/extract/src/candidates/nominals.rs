//! Nouns of action: *l'envoi de plusieurs milliers de soldats*, *une rotation des troupes*.

use super::*;

/// How many chunks an aside between a noun and its complement holds at most.
const LONGEST_ASIDE: usize = 8;

/// How far behind a noun of action the verb that confirms it may stand, in chunks.
const CONFIRMED_WITHIN: usize = 7;

impl<'s> Finder<'_, 's, '_> {
    /// Nouns of action: 'l'envoi de plusieurs milliers de soldats', 'se prépare à une rotation des troupes'.
    pub(super) fn nominals(&mut self, discourse: &Discourse) {
        let chunks = self.chunks();
        for (k, chunk, group, class) in self.nouns_of() {
            let entry = self.action(k, class);
            let (Some(indicator), Some(argument)) = (&entry.indicator, &entry.argument) else { continue };
            let of = self.complement_of(k);
            let readings = std::iter::once((indicator, argument)).chain(entry.also.iter().map(|(i, a)| (i, a)));
            let mut read = readings.map(|(indicator, argument)| {
                let frame = nominal_frame(indicator, argument);
                (indicator, of.and_then(|of| self.roles.theme(self.behind(of), &frame)))
            });
            // 'dément toute capture', where people were spoken of: of them.
            let people = |i: &str| i.starts_with("prisoners.") || i.starts_with("casualties.");
            let of_people = discourse.counted_near(self.roles.sentence.block).is_some_and(people);
            let unsaid = entry.also.iter().map(|(i, _)| i).find(|i| of_people && people(i)).unwrap_or(indicator);
            let (indicator, theme) = read.find(|(_, theme)| theme.is_some()).unwrap_or((unsaid, None));
            // '46 killings', '130 départs': the noun of action counts those whom it befalls.
            // 'onze captures' are of people.
            let of_people = entry.also.iter().map(|(i, _)| i).find(|i| counts_people(i));
            let counted_deeds = theme.is_none() && of.is_none() && group.count().is_some();
            let indicator = match of_people {
                Some(people) if counted_deeds && !counts_people(indicator) => people,
                _ => indicator,
            };
            let deeds = counted_deeds && counts_people(indicator);
            let theme = theme.or(deeds.then_some(Theme { at: k, counted_by: None, anaphor: false }));
            // 'réclament le départ du maire': of somebody else.
            let another = of.and_then(|of| chunks.get(of + 1)).and_then(Chunk::noun);
            // But 'un repli de la ville': from where.
            let someone = |g: &NounGroup| g.role.is_some() || g.class.is_some() && !self.roles.in_group(g, "ground");
            if theme.is_none() && another.is_some_and(someone) {
                continue;
            }
            let counted = theme.as_ref().and_then(|t| t.figure(chunks)).is_some();
            if !self.states_nominal(k, group, counted, theme.is_some()) {
                continue;
            }
            if let Some(theme) = &theme
                && self
                    .found
                    .iter()
                    .any(|c| c.theme.as_ref().is_some_and(|t| t.at == theme.at && *c.indicator == **indicator))
            {
                continue;
            }
            let last = theme.as_ref().map_or(k, |t| t.at);
            let theme = if counted {
                theme
            } else {
                Some(Theme { at: last, counted_by: Some(k), anaphor: theme.as_ref().is_none_or(|t| t.anaphor) })
            };
            let governor = self.governor(k);
            // 'à une rotation ou à un déploiement': two words for one thing.
            let again = |c: &Candidate| {
                c.rule.ends_with(".nominal") && *c.indicator == **indicator && k.saturating_sub(c.at) <= 6
            };
            if !counted && self.found.iter().any(again) {
                continue;
            }
            let more = theme.filter(|_| counted).map_or_else(Vec::new, |t| self.coordinated_nominals(t, entry));
            for (theme, indicator) in more {
                let rule = format!("{}/{indicator}.nominal", self.language());
                let stance = self.planned(k).then_some(Stance::Planned);
                self.push(Candidate { stance, ..Candidate::counting(theme, chunks, indicator, rule) });
            }
            self.push(Candidate {
                theme,
                verb: governor.filter(|_| !counted),
                stance: self.planned(k).then_some(Stance::Planned),
                ..Candidate::about(
                    k,
                    chunk.tokens().start,
                    indicator.to_string(),
                    format!("{}/{}.nominal", self.language(), indicator),
                )
            });
        }
    }

    /// 'l'envoi de deux compagnies et de vingt blindés': what is coordinated to the theme of a noun of action, with what
    /// the noun says of it.
    fn coordinated_nominals(&self, theme: Theme, entry: &NounClass) -> Vec<(Theme, String)> {
        let chunks = self.chunks();
        let mut found = Vec::new();
        let mut last = theme.at;
        loop {
            let link = self.end_of_member(last);
            let linked = chunks.get(link).is_some_and(|c| c.is(Class::And) || c.is_mark(','));
            let next = link + 1 + usize::from(chunks.get(link + 1).is_some_and(|c| c.is(Class::Of)));
            // '…, et trois soldats ont été tués': the subject of what follows.
            let ends = |c: &&Chunk| c.verb().is_some() || matches!(c, Chunk::Mark(..));
            let behind = chunks.get(next + 1..).unwrap_or_default().iter().find(ends);
            // '46 killings and 29 injuries': the noun itself says what the other are.
            let own = chunks
                .get(next)
                .and_then(Chunk::noun)
                .and_then(|g| g.class)
                .is_some_and(|class| self.roles.article.lexicon.noun_class(class).indicator.is_some());
            if !linked || own || behind.is_some_and(|c| c.verb().is_some()) {
                return found;
            }
            let readings = entry.indicator.iter().zip(&entry.argument).chain(entry.also.iter().map(|(i, a)| (i, a)));
            let mut themes = readings.filter_map(|(indicator, argument)| {
                let theme = self.roles.theme(next, &nominal_frame(indicator, argument))?;
                theme
                    .figure(chunks)
                    .is_some_and(|f| f.kind == FigureKind::Count)
                    .then(|| (theme, indicator.to_string()))
            });
            let Some(member) = themes.next() else { return found };
            last = member.0.at;
            found.push(member);
        }
    }

    /// The preposition of the complement of the noun at `k`: next, or behind where it happens, when, and an aside
    /// ('l'arrivée à Abéché, dans les prochaines heures, de 80 agents').
    fn complement_of(&self, k: usize) -> Option<usize> {
        let chunks = self.chunks();
        let is_of = |at: usize| chunks.get(at).is_some_and(|c| c.is(Class::Of));
        let mut at = k + 1;
        while at < chunks.len().min(k + LONGEST_ASIDE) && !is_of(at) {
            let placed = chunks[at].is(Class::PlacePreposition)
                && chunks.get(at + 1).and_then(Chunk::noun).is_some_and(|g| g.figure.is_none() && g.class.is_none());
            let close = || {
                let close = (at + 1..chunks.len().min(at + LONGEST_ASIDE)).find(|i| chunks[*i].is_mark(','))?;
                chunks[at + 1..close].iter().all(|c| c.verb().is_none() && !c.is(Class::Relative)).then_some(close)
            };
            at = match &chunks[at] {
                Chunk::When(..) => at + 1,
                _ if placed => at + 2,
                Chunk::Mark(_, ',') => close()? + 1,
                _ => return None,
            };
        }
        is_of(at).then_some(at)
    }

    pub(super) fn governor(&self, k: usize) -> Option<usize> {
        let chunks = self.chunks();
        // 'while conceding the loss, spoke of a withdrawal': a phrase says it.
        let at = chunks[..k].iter().rposition(|c| c.verb().is_some() || c.is(Class::Says))?;
        let entry = self.roles.article.lexicon.verb(chunks[at].verb()?.verb);
        (entry.plan || entry.speech.is_some()).then_some(at)
    }

    /// The class of a noun, as a noun of action where it governs what it acts on: 'la perte d'un avion' is no loss of life.
    pub(super) fn action(&self, k: usize, class: ClassId) -> &'s NounClass {
        let lexicon = self.roles.article.lexicon;
        let entry = lexicon.noun_class(class);
        let loss = || lexicon.class_named("loss");
        let Some(action) = (&*entry.name == "losses").then(loss).flatten() else { return entry };
        let things = action.argument.iter().chain(action.also.iter().map(|(_, a)| a)).filter(|a| ***a != *"people");
        let governs = self.chunks().get(k + 1).is_some_and(|c| c.is(Class::Of));
        let acts = governs && things.clone().any(|a| self.roles.theme(k + 2, &nominal_frame("", a)).is_some());
        if acts { action } else { entry }
    }

    pub(super) fn planned(&self, k: usize) -> bool {
        let governor = self.governor(k).and_then(|at| self.chunks()[at].verb());
        governor.is_some_and(|v| self.roles.article.lexicon.verb(v.verb).plan)
    }

    pub(super) fn states_nominal(&self, k: usize, group: &NounGroup, counted: bool, has_argument: bool) -> bool {
        let article = self.roles.article;
        if counted {
            return true;
        }
        let spoken = article.attribution(group.tokens.start, None);
        let refused = spoken.is_some_and(|a| {
            matches!(
                (a.speech, a.negated),
                (Speech::Deny | Speech::Refuse | Speech::Silent, false) | (Speech::Say | Speech::Deny, true)
            )
        });
        let planned = self.planned(k);
        // 'The presence of Eritrean troops in Tigray was confirmed by X'.
        let confirmed = self.chunks()[k + 1..]
            .iter()
            .take(CONFIRMED_WITHIN)
            .take_while(|c| !matches!(c, Chunk::Mark(..)) && !c.is(Class::Relative))
            .find_map(Chunk::verb)
            .is_some_and(|v| v.voice == Voice::Passive && article.lexicon.verb(v.verb).speech == Some(Speech::Say));
        let ends_alone = matches!(
            group.class.and_then(|c| article.lexicon.noun_class(c).indicator.as_deref()),
            Some("forces.withdrawn")
        );
        let indefinite = group.determiner == Some(Determiner::Indefinite) && (has_argument || ends_alone);
        // 'a dénoncé la présence de troupes': the noun is what the verb of speech says.
        // 'a annoncé son retrait', 'parle d'un repli'.
        let one = group.figure.as_ref().is_some_and(|f| f.kind == FigureKind::One);
        let own = ends_alone && (one || group.determiner == Some(Determiner::Possessive));
        let spoken_of = own && k > 0 && self.chunks()[k - 1].is(Class::Says);
        // 'ne permettent pas de confirmer la prise du hameau' states nothing.
        let not_shown = self.governor(k).is_some_and(|at| {
            let verbs = self.chunks()[at.saturating_sub(3)..at].iter().filter_map(Chunk::verb);
            self.chunks()[at].verb().is_some_and(|v| v.mood == Mood::Infinitive) && verbs.into_iter().any(|v| v.negated)
        });
        let said = spoken_of
            || !not_shown
                && (has_argument || own)
                && self.governor(k).is_some_and(|at| {
                    let between = &self.chunks()[at + 1..k];
                    let speech = self.chunks()[at].verb().and_then(|v| article.lexicon.verb(v.verb).speech);
                    matches!(speech, Some(Speech::Say | Speech::Accuse))
                        && between.iter().all(|c| {
                            // 'Moscou revendique, de son côté, la prise de X'.
                            matches!(c, Chunk::When(..) | Chunk::Word(..) | Chunk::Mark(_, ','))
                                || c.noun().is_some_and(|g| g.class.is_none())
                        })
                });
        refused || planned || confirmed || said || indefinite && !self.heading
    }
}

/// Whether each deed of this kind befalls one person: killings, arrests, departures of people.
fn counts_people(indicator: &str) -> bool {
    let family = indicator.split('.').next().unwrap_or_default();
    matches!(family, "casualties" | "prisoners" | "people")
}
