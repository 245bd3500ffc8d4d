//! What a verb puts at a figure: *les pertes dépasseraient 3 000 hommes*, *rebel strength is estimated at 800*.

use super::*;

/// How far behind its verb a figure may stand, in chunks: an adverb, a quotation mark and 'à environ entre' fit.
const FIGURE_WITHIN: usize = 5;

/// What is measured, and by what.
struct Measurement {
    /// The chunk of the noun that says what is counted.
    noun: usize,
    /// The chunk of the figure.
    figure: usize,
    indicator: Box<str>,
    /// What the verb makes of the figure.
    bound: Option<Bound>,
}

impl<'s> Finder<'_, 's, '_> {
    /// Losses, tolls, prisoners, strengths that a verb of amounting or estimating gives a number.
    pub(super) fn measured(&mut self) {
        let chunks = self.chunks();
        let men = self.roles.article.lexicon.class_id("men");
        for (k, chunk, verb) in self.verbs_of() {
            let amounts = self.amounts(k, verb);
            // The verb makes the claim, unless it is who says it that it speaks of.
            let own = amounts.is_some();
            let Some(found) = amounts.or_else(|| self.puts(k, verb)) else { continue };
            let Measurement { noun, figure, indicator, bound } = found;
            // 'chiffrait à plus de 1 000 les soldats tués ou blessés'.
            let both = *indicator == *"casualties.killed" && self.has_other(noun + 1, &indicator);
            let indicator = if both { "casualties.killed_or_wounded".into() } else { indicator };
            let group = chunks[figure].noun();
            // 'leurs pertes s'élèvent à 230 tués': the noun behind the figure says more.
            let said = group
                .and_then(|g| g.class)
                .map(|c| self.roles.article.lexicon.noun_class(c))
                .is_some_and(|c| c.indicator.is_some() && c.argument.is_none());
            self.measured.push(noun);
            // 'brings its contingent to some 5,000' says how many, and sends nobody.
            self.found.retain(|c| {
                c.verb != Some(k) || c.theme.as_ref().is_none_or(|t| t.at != noun || t.figure(chunks).is_some())
            });
            // 'put its losses at one gendarme killed': the participle says more.
            let harmed = chunks.get(figure + 1).and_then(Chunk::verb).is_some_and(|v| {
                let entry = self.roles.article.lexicon.verb(v.verb);
                !group.is_some_and(NounGroup::is_bare_figure)
                    && entry.frames.iter().any(|f| f.indicator.starts_with("casualties."))
            });
            if harmed {
                continue;
            }
            // 'n'a jamais dépassé 44 morts': the verb says more still.
            let limited = said && matches!(bound, Some(Bound::Floor | Bound::Ceiling));
            if said && !limited
                || self.found.iter().any(|c| c.theme.as_ref().is_some_and(|t| t.at == figure || t.at == noun))
            {
                continue;
            }
            // 'ne dépassent pas 300': no denial, a ceiling.
            let negated = verb.negated && bound == Some(Bound::Floor);
            let hedged = verb.mood == Mood::Conditional || verb.modality.is_some();
            let stance = if hedged { Stance::Hedged } else { Stance::Asserted };
            for figure in std::iter::once(figure).chain(self.changed_to(figure)) {
                let group = chunks[figure].noun();
                self.found.push(Candidate {
                    theme: Some(match limited {
                        true => Theme { at: figure, counted_by: None, anaphor: false },
                        false => Theme { at: noun, counted_by: Some(figure), anaphor: false },
                    }),
                    verb: own.then_some(k),
                    verb_tokens: own.then(|| chunk.tokens()),
                    class: group.and_then(|g| g.class).or(men.filter(|_| *indicator == *"forces.present")),
                    bound: if negated { Some(Bound::Ceiling) } else { bound },
                    stance: negated.then_some(stance),
                    item: group.filter(|g| !g.is_bare_figure()).map(|g| g.head.start..g.tokens.end),
                    ..Candidate::about(
                        k,
                        chunks[figure].tokens().start,
                        &*indicator,
                        format!("{}/measured", self.language()),
                    )
                });
            }
        }
    }

    /// 'les pertes avoisineraient 300 hommes', 'casualties stood at 15', 'les effectifs sont estimés à 4 000'.
    fn amounts(&self, k: usize, verb: &VerbGroup) -> Option<Measurement> {
        let chunks = self.chunks();
        let entry = self.roles.article.lexicon.verb(verb.verb);
        let passive = verb.voice == Voice::Passive;
        let estimated = passive && matches!(entry.speech, Some(Speech::Say | Speech::Know));
        let copula = entry.helper == Some(Helper::Be);
        // 'Le nombre de blessés a été ramené de 140 à 112'.
        let revised = passive && entry.revises;
        if !(entry.measures.is_some() || estimated || revised || copula) || !is_finite(&chunks[k]) {
            return None;
        }
        if let Some(troops) = self.has_troops(k, entry) {
            return Some(troops);
        }
        let noun = self.measured_subject(k)?;
        let figure = self.figure_behind(k, noun, passive)?;
        let indicator = self.measures_of(noun, figure)?;
        Some(Measurement { noun, figure, indicator, bound: entry.measures })
    }

    /// 'Washington, qui compte encore 1 000 militaires dans le pays': whom a state or armed group has somewhere.
    fn has_troops(&self, k: usize, entry: &recoup_language::lexicon::Verb) -> Option<Measurement> {
        let chunks = self.chunks();
        let relative = k >= 2 && chunks[k - 1].is(Class::Relative);
        let at = k.checked_sub(if relative { 3 } else { 1 }).filter(|at| !relative || chunks[at + 1].is_mark(','))?;
        // 'Elle compte aujourd'hui 991 hommes': of a mission, a base, a force.
        let pronoun = chunks[at].is(Class::SubjectPronoun) && !relative;
        let party = chunks[at].noun().filter(|g| g.figure.is_none());
        if party.is_none() && !pronoun {
            return None;
        }
        let lexicon = self.roles.article.lexicon;
        let body = |g: &NounGroup| lexicon.is_body(self.roles.article.chunker.tokens, g.head.start);
        let stands =
            party.is_none_or(|g| ["position", "post", "troops"].iter().any(|c| self.roles.in_group(g, c)) || body(g));
        let names = party.map_or(&[][..], |g| &g.names);
        let named = names.iter().filter(|n| n.source().is_none()).any(|n| n.actor().is_some());
        let figure = (k + 1..chunks.len().min(k + 1 + FIGURE_WITHIN)).find(|i| chunks[*i].noun().is_some())?;
        let troops = chunks[figure]
            .noun()
            .is_some_and(|g| g.count().is_some() && g.class.is_some() && self.roles.in_group(g, "soldier"));
        let placed = chunks.get(figure + 1).is_some_and(|c| c.is(Class::PlacePreposition) && !c.is(Class::Of));
        // 'The group is down to no more than 60 fighters'.
        let come_to = entry.helper == Some(Helper::Be) && (k + 1..figure).any(|i| self.is_put_at(i));
        let counts = come_to || entry.measures == Some(Bound::Exact) && entry.speech == Some(Speech::Know);
        // 'L'OLA compterait aujourd'hui de 8 000 à 10 000 combattants'.
        let fighters = chunks[figure]
            .noun()
            .is_some_and(|g| g.count().is_some() && matches!(self.class_name(g), Some("irregular" | "men")));
        let armed = names.first().and_then(|n| n.actor()).is_some_and(|a| self.roles.article.is_armed_group(a));
        let troops = troops || fighters && armed;
        let placed = placed || armed;
        // 'sa base compterait encore 3 000 hommes'.
        let has = party.is_some_and(|g| g.class.is_none()) && named && placed || stands;
        (counts && has && troops).then(|| Measurement {
            noun: at,
            figure,
            indicator: "forces.present".into(),
            bound: None,
        })
    }

    /// 'Kinshasa évalue les pertes à 200 hommes', 'put the losses at ten soldiers'.
    fn puts(&self, k: usize, verb: &VerbGroup) -> Option<Measurement> {
        let chunks = self.chunks();
        let entry = self.roles.article.lexicon.verb(verb.verb);
        let speaks = matches!(entry.speech, Some(Speech::Say | Speech::Know));
        if verb.voice != Voice::Active || !(speaks || entry.revises) {
            return None;
        }
        let noun = (k + 1..chunks.len().min(k + 4)).find(|i| chunks[*i].noun().is_some())?;
        if let Some(measured) = self.puts_relative(k, noun) {
            return Some(measured);
        }
        // 'évalue à plus de 700 000 les pertes'.
        let first = chunks[noun].noun().is_some_and(|g| g.is_bare_figure() && g.count().is_some());
        if first && self.is_put_at(noun - 1) && chunks.get(noun + 1).is_some_and(|c| c.noun().is_some()) {
            let indicator = self.measures_of(noun + 1, noun)?;
            return Some(Measurement { noun: noun + 1, figure: noun, indicator, bound: None });
        }
        let group =
            chunks[noun].noun().filter(|g| g.count().is_none() && g.determiner != Some(Determiner::Indefinite))?;
        // 'its count of civilian deaths': the complement is what is counted.
        let document = group.role == Some(NounRole::Document) && self.measures_of(noun, noun).is_none();
        // "put the insurgency's strength at 7,000".
        let tokens = self.roles.article.chunker.tokens;
        let possessive =
            tokens.lower(group.tokens.end - 1) == "s" && chunks.get(noun + 1).is_some_and(|c| c.noun().is_some());
        let noun = noun + usize::from(possessive);
        let noun = match document && chunks.get(noun + 1).is_some_and(|c| c.is(Class::Of)) {
            true => noun + 2,
            false => noun,
        };
        let group = chunks.get(noun).and_then(Chunk::noun)?;
        // 'le nombre de soldats': the complement is what is counted, and the counting noun finds its figure itself.
        if self.class_name(group) == Some("count") {
            return None;
        }
        let figure = (noun + 1..chunks.len().min(noun + 8))
            .take_while(|i| !is_finite(&chunks[*i]) && !chunks[*i].is_mark(',') && !is_strong(&chunks[*i]))
            .filter(|i| self.is_put_at(*i))
            .map(|i| self.behind(i))
            .find(|i| chunks.get(*i).and_then(Chunk::noun).is_some_and(|g| g.count().is_some()))?;
        let indicator = self.measures_of(noun, figure)?;
        Some(Measurement { noun, figure, indicator, bound: None })
    }

    /// 'ses pertes, qu'un diplomate évalue à plusieurs centaines d'hommes': the object stands before.
    fn puts_relative(&self, k: usize, figure: usize) -> Option<Measurement> {
        let chunks = self.chunks();
        let put = (k + 1..figure).any(|i| self.is_put_at(i));
        let counted = chunks[figure].noun().is_some_and(|g| g.count().is_some() && self.counts_people(g));
        let relative =
            (k.saturating_sub(4)..k).rev().find(|i| chunks[*i].is(Class::Relative)).filter(|_| put && counted)?;
        let speaker = chunks[relative + 1..k].iter().all(|c| c.verb().is_none() && !matches!(c, Chunk::Mark(..)));
        let comma = usize::from(relative > 0 && chunks[relative - 1].is_mark(','));
        let noun = relative.checked_sub(1 + comma).filter(|at| speaker && chunks[*at].noun().is_some())?;
        let indicator = self.measures_of(noun, figure)?;
        Some(Measurement { noun, figure, indicator, bound: None })
    }

    /// 'passé de 3 800 à 4 700': the figure that the one at `k` has become.
    fn changed_to(&self, k: usize) -> Option<usize> {
        let chunks = self.chunks();
        let from = k > 0 && chunks[k - 1].is(Class::RangeFrom);
        let to = chunks.get(k + 1).filter(|_| from)?.is(Class::To);
        let group = chunks.get(k + 2)?.noun().filter(|_| to)?;
        (group.count().is_some() && self.counts_people(group)).then_some(k + 2)
    }

    /// The noun that is the subject of the verb at `k`, or whose number is: nothing that a preposition governs.
    fn measured_subject(&self, k: usize) -> Option<usize> {
        let chunks = self.chunks();
        // 'The attackers, who numbered between 70 and 80'.
        let who = k > 1 && chunks[k - 1].is(Class::Relative) && !chunks[k - 1].is(Class::Subordinator);
        let mut i = if who { k - 1 - usize::from(chunks[k - 2].is_mark(',')) } else { k };
        while i > 0 {
            i -= 1;
            let chunk = &chunks[i];
            // 'Refugees, most of them women, number 865,000'.
            if let Some(opening) = self.roles.aside(i) {
                i = opening;
                continue;
            }
            // 'Le bilan, lui, n'a pas dépassé 44 morts'.
            let stressed = i >= 2 && chunk.is_mark(',') && chunks[i - 2].is_mark(',');
            if stressed && chunks[i - 1].is(Class::SpeakerPronoun) {
                i -= 2;
                continue;
            }
            // 'casualties since the start of the war have reached 790,000'.
            let since = chunk.is(Class::Preposition) && chunks.get(i + 1).is_some_and(|c| c.noun().is_some());
            let subordinates = chunk.is(Class::Subordinator) && !since;
            if is_strong(chunk) || is_finite(chunk) || subordinates || chunk.is_mark(',') {
                return None;
            }
            if chunk.noun().is_none() || i > 0 && chunks[i - 1].is(Class::Preposition) {
                continue;
            }
            let counts = chunk.noun().is_some_and(|g| self.class_name(g) == Some("count") && g.count().is_none());
            let of = chunks.get(i + 1).is_some_and(|c| c.is(Class::Of));
            return if counts { of.then_some(i + 2).filter(|n| *n < k) } else { Some(i) };
        }
        None
    }

    /// The figure that the verb at `k` gives: nothing that could be counted stands between.
    fn figure_behind(&self, k: usize, noun: usize, put: bool) -> Option<usize> {
        let chunks = self.chunks();
        let at = (k + 1..chunks.len().min(k + 1 + FIGURE_WITHIN)).find(|i| chunks[*i].noun().is_some())?;
        let group = chunks[at].noun().filter(|g| g.count().is_some_and(|f| f.kind == FigureKind::Count))?;
        let passes = |c: &Chunk| match c {
            Chunk::Word(_, classes) => !classes.any(&[Class::Relative, Class::Subordinator, Class::Among]),
            Chunk::Mark(_, mark) => matches!(mark, '«' | '“' | '"'),
            _ => false,
        };
        let counted = chunks[noun].noun().is_some_and(|g| g.count().is_some());
        let put = !put || (k + 1..at).any(|i| self.is_put_at(i) || chunks[i].is(Class::RangeFrom));
        (!counted && put && chunks[k + 1..at].iter().all(passes) && self.counts_people(group)).then_some(at)
    }

    /// Whether a figure stands alone or counts people.
    fn counts_people(&self, group: &NounGroup) -> bool {
        let named = group.class.is_none() && group.names.iter().any(|n| n.actor().is_some());
        group.is_bare_figure() || self.roles.in_group(group, "people") && group.class.is_some() || named
    }

    /// 'à', 'at': before the figure that something is put at.
    fn is_put_at(&self, i: usize) -> bool {
        let chunk = &self.chunks()[i];
        chunk.is(Class::To) || chunk.is(Class::Against)
    }

    /// What a measured noun is a number of: its own indicator, deaths for a toll, presence for a strength of troops.
    fn measures_of(&self, noun: usize, figure: usize) -> Option<Box<str>> {
        let chunks = self.chunks();
        let group = chunks[noun].noun()?;
        // 'Les soldats tués sont au nombre de douze': the participle says more.
        let participle = chunks.get(noun + 1).and_then(Chunk::verb).filter(|v| v.mood == Mood::Participle);
        let harmed = participle.and_then(|v| {
            let frames = &self.roles.article.lexicon.verb(v.verb).frames;
            frames
                .iter()
                .find(|f| f.object.is_none() && f.indicator.starts_with("casualties.") && self.roles.fits(group, f))
        });
        if let Some(frame) = harmed {
            return Some(frame.indicator.clone());
        }
        let class = self.roles.article.lexicon.noun_class(group.class?);
        if let Some(indicator) = class.indicator.as_ref().filter(|_| class.argument.is_none()) {
            return Some(indicator.clone());
        }
        let troops =
            self.roles.in_group(group, "troops") && chunks[figure].noun().is_some_and(|g| self.counts_people(g));
        match &*class.name {
            "toll" => Some("casualties.killed".into()),
            _ if troops => Some("forces.present".into()),
            _ => None,
        }
    }
}
