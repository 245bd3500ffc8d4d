//! What goes on with something said before: bare figures, tolls, refusals to comment.

use super::*;

impl<'s> Finder<'_, 's, '_> {
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
            // 'six of whom have been freed'.
            let near = chunks[k + 1..].iter().take(4).find_map(Chunk::verb);
            if near.is_some_and(|v| self.roles.article.lexicon.verb(v.verb).releases) {
                continue;
            }
            // 'said Olena, 44, pointing at the gap'.
            let named =
                k >= 2 && chunks[k - 1].is_mark(',') && chunks[k - 2].noun().is_some_and(|g| g.proper.is_some());
            if named && chunks.get(k + 1).is_none_or(|c| matches!(c, Chunk::Mark(..))) {
                continue;
            }
            // '29 degrés à Bafoussam, 31 à Douala': more of what counts nothing.
            if self.follows_refused(k) {
                continue;
            }
            let before = k.checked_sub(1).map(|p| &chunks[p]);
            let negated = before.is_some_and(|p| p.is(Class::NegatedFigure));
            // 'to 15, from 14', 'rose to 43 on Tuesday from 29 a day earlier'.
            let apart = |c: &Chunk| c.is_mark(',') || matches!(c, Chunk::When(..));
            let from = before.is_some_and(|p| p.is(Class::RangeFrom)) && k >= 2 && apart(&chunks[k - 2]);
            let replaced = negated || from || before.is_some_and(|p| p.is(Class::WithdrawnFigure));
            // 'onze morts dans les rangs de la guérilla et trois parmi les soldats', 'et 80 côté azerbaïdjanais'.
            let among = before.is_some_and(|p| p.is(Class::And) || p.is_mark(','))
                && chunks.get(k + 1).is_some_and(|c| {
                    c.is(Class::Among) || c.noun().is_some_and(|g| self.class_name(g) == Some("side"))
                });
            let another = among || group.other && before.is_some_and(|p| p.is(Class::And) || p.is_mark(','));
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
                let counted = discourse.counted_near(self.roles.sentence.block);
                let indicator = counted.or_else(|| self.says_toll(k).then_some("casualties.killed"))?;
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

    /// 'gave a toll of 33': a phrase that says so names the dead.
    fn says_toll(&self, k: usize) -> bool {
        let Some(says) = k.checked_sub(1).map(|at| &self.chunks()[at]).filter(|c| c.is(Class::Says)) else {
            return false;
        };
        let (lexicon, tokens) = (self.roles.article.lexicon, self.roles.article.chunker.tokens);
        let mut classes = says.tokens().filter_map(|t| lexicon.noun_at(tokens, t));
        classes.any(|class| &*lexicon.noun_class(class).name == "toll")
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
        opens && (said.is_some_and(said_next) || told) || listed && told
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
        if !chunks.get(k + 1).is_some_and(|c| c.is(Class::Locative) || c.is(Class::PlacePreposition)) {
            return false;
        }
        // 'et 19 au-dessus de celle de Belgorod': one noun, behind words that are none.
        let Some(at) = (k + 2..chunks.len().min(k + 7)).find(|i| !matches!(chunks[*i], Chunk::Word(..))) else {
            return false;
        };
        let place = chunks[at]
            .noun()
            .is_some_and(|g| g.figure.is_none() && (g.proper.is_some() || g.names.iter().any(|n| n.place().is_some())));
        place && !chunks.get(at + 1).is_some_and(is_finite)
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
        // 'Ils étaient six, en uniforme': who they were, and no toll.
        let were = |at: usize| {
            chunks[at].verb().is_some_and(|v| v.tense == Some(Tense::Past))
                && at > 0
                && chunks[at - 1].is(Class::SubjectPronoun)
        };
        let gives = entry.is_some_and(|e| {
            (e.measures.is_some() || e.helper == Some(Helper::Be) && !were(verb)) && self.is_taken_up(verb)
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
        // 'believes that no more than 2,000 remain': the subject of another verb.
        let further = chunks[k].noun().is_some_and(|g| g.other);
        let subject = !further && chunks.get(k + 1).is_some_and(is_finite);
        gives && between && !own && !subject
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
        let said = chunks.get(k + 1).and_then(Chunk::noun).is_some_and(|g| {
            // 'rejette ce chiffre'.
            let figure = g.determiner == Some(Determiner::Demonstrative) && self.class_name(g) == Some("count");
            (g.role == Some(NounRole::Document) || figure) && g.count().is_none() && g.names.is_empty()
        });
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

    /// 'récuse ce bilan', 'n'a communiqué aucun bilan': a toll is of the victims spoken of last, else of the dead.
    fn of_toll(&self, k: usize, discourse: &Discourse) -> Option<String> {
        let toll = self.chunks()[k + 1..].iter().take(2).find_map(Chunk::noun)?;
        let counted = toll.count().is_some_and(|f| f.kind != FigureKind::Zero);
        if self.class_name(toll) != Some("toll") || counted {
            return None;
        }
        let victims = |i: &&str| i.starts_with("casualties.");
        let here = self.found.iter().rev().map(|c| c.indicator.as_str()).find(victims);
        let before = discourse.counted.as_ref().map(|(indicator, _)| indicator.as_str()).filter(victims);
        Some(here.or(before).unwrap_or("casualties.killed").to_owned())
    }

    /// What is refused comment: 'a refusé de se prononcer sur le nombre de personnes enlevées'.
    fn spoken_of(&self, attribution: &Attribution) -> Option<String> {
        let lexicon = self.roles.article.lexicon;
        // 'n'ont pas voulu dire combien de soldats elles avaient capturés'.
        let chunker = self.roles.article.chunker;
        let asked = attribution.content.clone().any(|t| chunker.has(t, Class::HowMany));
        let within = self.chunks().iter().filter(|c| attribution.content.contains(&c.tokens().start));
        let counted = within.clone().filter_map(Chunk::noun).find(|g| asked && g.class.is_some());
        let soldiers = counted.is_some_and(|g| self.roles.in_group(g, "soldier") || self.class_name(g) == Some("men"));
        // What a verb says of those who are counted, where they are soldiers; of others what it says at all.
        let asks = |frame: &&Frame| {
            let fits = counted.is_some_and(|g| frame.classes.iter().any(|class| self.roles.in_group(g, class)));
            frame.object.is_none() && (fits || !soldiers)
        };
        let said = within.skip_while(|c| c.tokens() == attribution.cue).find_map(|chunk| match chunk {
            Chunk::Noun(group) => lexicon.noun_class(group.class?).indicator.as_deref().map(str::to_owned),
            Chunk::Verb(verb) if verb.mood == Mood::Participle || asked => {
                let frames = &lexicon.verb(verb.verb).frames;
                let mut plain = frames.iter().filter(asks);
                let first = plain.clone().find(|frame| frame.role == Role::Object).or(plain.next());
                first.map(|frame| frame.indicator.to_string())
            }
            _ => None,
        });
        // 'how many of its men remain', 'combien d'instructeurs s'y trouvent'.
        said.or_else(|| soldiers.then(|| "forces.present".to_owned()))
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
            // 'has still published no casualty figures'.
            let no_figures = self.chunks().get(k + 1).and_then(Chunk::noun).is_some_and(|g| {
                let zero = g.figure.as_ref().is_some_and(|f| f.kind == FigureKind::Zero);
                zero && (g.role == Some(NounRole::Document) || matches!(self.class_name(g), Some("count" | "toll")))
            });
            let refuses = refuses || no_figures && attribution.speech == Speech::Say;
            // 'elle refuse de partir': declines to do, not to say.
            // But 'declined to give a number'.
            let chunks = self.chunks();
            let next = (k + 1..chunks.len().min(k + 4)).find(|i| chunks[*i].verb().is_some());
            let gives = |at: usize| {
                let of = usize::from(chunks.get(at + 1).is_some_and(|c| c.is(Class::Of)));
                let object = chunks.get(at + 1 + of).and_then(Chunk::noun);
                object.is_some_and(|g| matches!(self.class_name(g), Some("count" | "toll" | "losses")))
            };
            let does = next
                .filter(|at| !gives(*at))
                .and_then(|at| chunks[at].verb())
                .is_some_and(|v| v.mood == Mood::Infinitive && article.lexicon.verb(v.verb).speech.is_none());
            if attribution.speech == Speech::Refuse && does {
                continue;
            }
            // 'un accord que les groupes n'ont pas reconnu': what one recognises is not said.
            let relative = k > 0 && self.chunks()[..k].iter().rev().take(3).any(|c| c.is(Class::Relative));
            if attribution.negated && attribution.concedes && relative {
                continue;
            }
            // 'Aucune source indépendante n'a pu la confirmer' is no refusal.
            if self.found.iter().any(|c| c.indicator == VERIFICATION && c.verb == Some(k)) {
                continue;
            }
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
            let of_toll = self.of_toll(k, discourse);
            let spoken_of = of_toll.or_else(|| self.spoken_of(attribution)).or(of_figure);
            let Some(indicator) = spoken_of.or_else(|| before.clone()) else {
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
