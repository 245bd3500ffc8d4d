//! Nouns that carry their indicator by themselves: *au moins 350 morts*, *lourdes pertes*.

use super::*;

impl<'s> Finder<'_, 's, '_> {
    /// Nouns that carry their indicator: 'au moins 350 morts', 'lourdes pertes'.
    pub(super) fn nouns(&mut self) {
        let chunks = self.chunks();
        for (k, chunk, group, class) in self.nouns_of() {
            let entry = self.roles.article.lexicon.noun_class(class);
            let Some(indicator) = entry.indicator.clone().filter(|_| entry.argument.is_none()) else { continue };
            let frame = nominal_frame(&indicator, &entry.name);
            let of_lives = &*entry.name == "losses" && group.count().is_none();
            let taken = &*entry.name == "prisoner"
                && group.count().is_none()
                && k > 0
                && chunks[k - 1].verb().is_some_and(|v| self.roles.article.lexicon.verb(v.verb).light);
            // 'la mort de douze soldats': who dies is counted behind the noun.
            // 'la perte de onze hommes' is of lives.
            let death = matches!(&*entry.name, "killed" | "losses")
                && group.count().is_none()
                && chunks.get(self.restricted(k + 1)).is_some_and(|c| c.is(Class::Of));
            // 'Blessés dans l'explosion de leur véhicule, cinq parachutistes …': French participles that are nouns as well.
            let opening = group.determiner.is_none()
                && group.figure.is_none()
                && matches!(&*entry.name, "killed" | "wounded" | "missing" | "displaced")
                && chunks.get(k + 1).is_some_and(|c| c.is(Class::Preposition) || matches!(c, Chunk::When(..)));
            let opened = || self.roles.behind_aside(k, &nominal_frame(&indicator, "people"));
            let opened = if opening { opened() } else { None };
            let theme = if opened.is_some() {
                opened
            } else if taken {
                self.roles.theme(k + 1, &nominal_frame(&indicator, "people"))
            } else if death {
                self.roles.theme(self.behind(self.restricted(k + 1)), &nominal_frame(&indicator, "people"))
            } else if let Some(part) = self.some_of(k, group) {
                // 'at least five of the dead'.
                self.roles.theme(k, &frame).map(|t| Theme { counted_by: Some(part), ..t })
            } else {
                self.roles.theme(k, &frame)
            };
            let counted = theme.as_ref().and_then(|t| t.figure(chunks)).is_some_and(|f| f.kind != FigureKind::One);
            // 'ne déplore qu'un blessé'.
            let only = k > 0 && self.roles.restricts(k - 1);
            let held = &*entry.name == "prisoner"
                && group.determiner == Some(Determiner::Indefinite)
                && !self.roles.owners(k).is_empty();
            let losses = &*entry.name == "losses";
            if losses && self.action(k, class).argument.is_some() {
                continue;
            }
            if &*entry.name == "prisoner" && self.released(k) {
                continue;
            }
            // 'nie toute exécution', 'denied any deaths'.
            let any = |g: &NounGroup| {
                g.determiner == Some(Determiner::Any) || self.roles.article.chunker.has(g.head.start, Class::Any)
            };
            let denied =
                self.denied(k) && (any(group) || theme.as_ref().and_then(|t| t.group(chunks)).is_some_and(any));
            // 'la mort d'un lieutenant'.
            let of_one = death
                && theme.as_ref().is_some_and(|t| {
                    t.figure(chunks).is_some_and(|f| f.kind == FigureKind::One)
                        && t.group(chunks).is_some_and(|g| g.determiner != Some(Determiner::Definite))
                });
            let one = of_one || matches!(&*entry.name, "killed" | "wounded" | "missing") && self.is_one(k, group);
            let without = matches!(&*entry.name, "losses" | "killed" | "wounded") && !counted && self.is_without(k);
            // 'conceded some deaths'.
            let plain = |g: &NounGroup| {
                g.count().is_none() && !matches!(g.determiner, Some(Determiner::Definite | Determiner::Demonstrative))
            };
            let conceded = matches!(&*entry.name, "killed" | "wounded" | "losses")
                && plain(group)
                && k > 0
                && chunks[k - 1].verb().is_some_and(|v| self.roles.article.lexicon.verb(v.verb).concedes && !v.negated);
            let stated = conceded
                || without
                || counted
                || one
                || only
                || held
                || denied
                || losses && self.states_losses(k, group);
            if !stated {
                continue;
            }
            let Some(theme) = theme.filter(|_| counted || !self.measured.contains(&k)) else { continue };
            if self.found.iter().any(|c| c.theme.as_ref().is_some_and(|t| t.at == theme.at)) {
                continue;
            }
            // 'morts et blessés' after one figure are both together; before, the second has no figure of its own.
            let both = counted && self.has_other(k + 1, &indicator);
            let of_lives = of_lives && (counted || of_one) && theme.at != k;
            let indicator: Box<str> = if of_lives { "casualties.killed".into() } else { indicator };
            let indicator = if both { "casualties.killed_or_wounded".to_owned() } else { indicator.to_string() };
            let verb = if counted {
                self.suffers(k).filter(|_| losses)
            } else {
                losses.then(|| self.near_verb(k).or(self.suffers(k))).flatten()
            };
            let suffers = self.suffers(k);
            // 'la mort d'un policier et de trois assaillants'.
            let more = match death && theme.at > k {
                true => self.roles.coordinated(theme.at, &nominal_frame(&indicator, "people"), k),
                false => Vec::new(),
            };
            for theme in more.into_iter().filter(|t| t.figure(chunks).is_some()) {
                let rule = format!("{}/{}.noun", self.language(), entry.name);
                self.push(Candidate::counting(theme, chunks, indicator.clone(), rule));
            }
            self.push(Candidate {
                theme: Some(theme),
                verb,
                agent: suffers.is_some() && self.roles.owners(k).is_empty(),
                stance: without.then_some(Stance::Denied),
                item: Some(group.head.start..group.tokens.end),
                ..Candidate::about(
                    k,
                    chunk.tokens().start,
                    indicator,
                    format!("{}/{}.noun", self.language(), entry.name),
                )
            });
        }
    }

    /// The chunk behind the one at `k`, if that is the 'que' of 'ne … que': 'n'a reconnu la mort que d'un soldat'.
    fn restricted(&self, k: usize) -> usize {
        let chunks = self.chunks();
        let particle =
            |v: &VerbGroup| !v.negated && self.roles.article.chunker.has(v.tokens.start, Class::NegationParticle);
        let only = chunks.get(k).is_some_and(|c| c.is(Class::Subordinator))
            && chunks[..k].iter().rev().find_map(Chunk::verb).is_some_and(particle);
        k + usize::from(only)
    }

    /// 'five of the dead', 'deux des blessés': the figure before a definite noun that carries its indicator.
    fn some_of(&self, k: usize, group: &NounGroup) -> Option<usize> {
        let chunks = self.chunks();
        let figure = |at: usize| {
            chunks[at]
                .noun()
                .is_some_and(|g| g.is_bare_figure() && g.count().is_some_and(|f| f.kind == FigureKind::Count))
        };
        let own = self.roles.article.chunker.has(group.tokens.start, Class::Of);
        let at = if own { k.checked_sub(1) } else { k.checked_sub(2).filter(|_| chunks[k - 1].is(Class::Of)) };
        // 'Twelve of the 40 victims were children': the part, of a whole that is counted too.
        let definite = own || group.determiner == Some(Determiner::Definite);
        at.filter(|at| definite && figure(*at))
    }

    /// 'sans pertes notables', 'without suffering any casualties': there were none.
    fn is_without(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let passed = |c: &Chunk| match c {
            Chunk::Mark(_, mark) => matches!(mark, '«' | '“' | '"'),
            Chunk::Verb(verb) => {
                let entry = self.roles.article.lexicon.verb(verb.verb);
                entry.suffers || entry.light
            }
            _ => c.is(Class::Of),
        };
        // 'n'a fait ni mort ni blessé'.
        let neither = |c: &Chunk| {
            let verb = c.verb().filter(|v| {
                let entry = self.roles.article.lexicon.verb(v.verb);
                v.negated && (entry.light || entry.helper == Some(Helper::Have))
            });
            verb.is_some_and(|v| self.roles.article.chunker.has(v.tokens.end - 1, Class::Neither))
        };
        let linked = |c: &Chunk| c.is(Class::Neither);
        if k > 0 && (neither(&chunks[k - 1]) || linked(&chunks[k - 1]) && k > 2 && neither(&chunks[k - 3])) {
            return true;
        }
        let before = chunks[..k].iter().rev().take(4).find(|c| !passed(c));
        before.is_some_and(|c| c.is(Class::Without)) || self.is_under_negation(k)
    }

    /// 'il n'y a pas eu de blessés', 'did not cause any casualties': there were none.
    fn is_under_negation(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let Some(group) = chunks[k].noun().filter(|g| g.figure.is_none()) else { return false };
        let of = group.determiner.is_none() && k > 0 && chunks[k - 1].is(Class::Of);
        let any = group.determiner == Some(Determiner::Any);
        let verb = k.checked_sub(1 + usize::from(of)).and_then(|at| chunks[at].verb()).filter(|_| of || any);
        verb.is_some_and(|v| {
            let entry = self.roles.article.lexicon.verb(v.verb);
            let gives = entry.light || entry.helper == Some(Helper::Have) || entry.helper == Some(Helper::Be);
            v.negated && (gives || of && entry.speech.is_some())
        })
    }

    /// 'a reconnu un mort et trois blessés', 'ont fait un mort': the article counts beside a number, or what a verb gives.
    fn is_one(&self, k: usize, group: &NounGroup) -> bool {
        let chunks = self.chunks();
        let lexicon = self.roles.article.lexicon;
        let counted = |i: usize| chunks.get(i).and_then(Chunk::noun).is_some_and(|g| g.count().is_some());
        let and = |i: usize| chunks.get(i).is_some_and(|c| c.is(Class::And) || c.is_mark(','));
        let beside = and(k + 1) && counted(k + 2) || k >= 2 && and(k - 1) && counted(k - 2);
        let gives = k.checked_sub(1).and_then(|p| chunks[p].verb()).is_some_and(|v| {
            let entry = lexicon.verb(v.verb);
            !v.negated && (entry.light || matches!(entry.speech, Some(Speech::Say | Speech::Know)))
        });
        group.figure.is_some() && group.names.is_empty() && (beside || gives)
    }

    /// 'quarante prisonniers ont été libérés': they are prisoners no more.
    fn released(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let near = chunks[k.saturating_sub(3)..chunks.len().min(k + 5)].iter().filter_map(Chunk::verb);
        near.into_iter().any(|v| self.roles.article.lexicon.verb(v.verb).releases)
    }

    /// 'subir des pertes', 'n'avoir subi aucune perte': the subject of the verb is who has them.
    pub(super) fn suffers(&self, k: usize) -> Option<usize> {
        let chunks = self.chunks();
        let at = chunks[..k].iter().rposition(|c| c.verb().is_some())?;
        let verb = chunks[at].verb()?;
        let suffers = self.roles.article.lexicon.verb(verb.verb).suffers;
        (suffers && verb.mood != Mood::Participle && k - at <= 6).then_some(at)
    }

    pub(super) fn near_verb(&self, k: usize) -> Option<usize> {
        self.chunks()
            .get(k + 1..)?
            .iter()
            .take(6)
            .position(is_finite)
            .map(|p| k + 1 + p)
            .filter(|_| self.chunks()[k].noun().is_some_and(|g| g.determiner == Some(Determiner::Demonstrative)))
    }

    /// Losses without a figure are a claim where they are stated, not presupposed: indefinite, or taken up by a verb.
    pub(super) fn states_losses(&self, k: usize, group: &NounGroup) -> bool {
        // 'des pertes (jusqu'à 4 000 morts)': the figure behind says the same.
        let specified = matches!(self.chunks().get(k + 1), Some(Chunk::Mark(_, '(')))
            && self.chunks().get(k + 2).and_then(Chunk::noun).is_some_and(|g| g.count().is_some());
        if specified {
            return false;
        }
        // 'Losses to crops': of things.
        let sufferer = self
            .chunks()
            .get(k + 1)
            .filter(|c| c.is(Class::To) && c.is(Class::InfinitiveMark))
            .and_then(|_| self.chunks().get(k + 2)?.noun());
        if sufferer.is_some_and(|g| {
            g.names.is_empty() && !self.roles.in_group(g, "people") && !self.roles.in_group(g, "troops")
        }) {
            return false;
        }
        // A title alone: 'CASUALTIES'.
        if self.heading && self.chunks().len() <= 2 {
            return false;
        }
        // 'un décompte visuel des pertes': what is counted, and by no verb.
        let start = group.tokens.start;
        let complement = group.determiner == Some(Determiner::Indefinite)
            && k > 0
            && self.chunks()[k - 1].noun().is_some_and(|g| g.tokens.end == start && g.role.is_some());
        if complement {
            return false;
        }
        // 'made no mention of casualties', 'sans un mot sur ses pertes'.
        let governed = k > 1 && self.chunks()[k - 1].is(Class::Preposition);
        let none = |at: usize| {
            let zero =
                self.chunks()[at].noun().and_then(|g| g.figure.as_ref()).is_some_and(|f| f.kind == FigureKind::Zero);
            zero || at > 0 && self.chunks()[at - 1].is(Class::Without)
        };
        if governed && none(k - 2) {
            return false;
        }
        let tokens = self.roles.article.chunker.tokens;
        let plural = tokens.lower(group.head.start).ends_with('s');
        match group.determiner {
            Some(Determiner::Indefinite) | None => plural && (!self.heading || group.determiner.is_none()),
            Some(Determiner::Demonstrative) => self.near_verb(k).is_some(),
            Some(Determiner::Definite | Determiner::Any) => self
                .roles
                .article
                .attribution(group.tokens.start, None)
                .is_some_and(|a| matches!(a.speech, Speech::Silent | Speech::Refuse | Speech::Deny)),
            Some(Determiner::Possessive) => self
                .roles
                .article
                .attribution(group.tokens.start, None)
                .is_some_and(|a| matches!(a.speech, Speech::Silent | Speech::Refuse)),
        }
    }
}
