//! Candidates: the frames that a sentence fills, before their slots are.

use std::ops::Range;

use recoup_language::lexicon::{Class, ClassId, Frame, Helper, NounClass, Role, Speech};
use recoup_language::{Chunk, Determiner, Figure, FigureKind, Modality, Mood, NounGroup, VerbGroup, Voice, is_finite};
use recoup_model::{Stance, VERIFICATION};

use crate::article::Article;
use crate::discourse::Discourse;
use crate::indicator::counts_one;
use crate::roles::{Roles, Theme};

/// A frame that a sentence fills.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) indicator: String,
    /// What is counted.
    pub(crate) theme: Option<Theme>,
    /// The chunk of the verb.
    pub(crate) verb: Option<usize>,
    /// The last chunk of the predicate: the verb itself, or one coordinated to it.
    pub(crate) verb_end: Option<usize>,
    /// The chunk that decides clause, time and place.
    pub(crate) at: usize,
    /// The tokens of a verb of which the frame makes the claim.
    pub(crate) verb_tokens: Option<Range<usize>>,
    /// A token of what is said, by which the attribution is found.
    pub(crate) said_at: usize,
    /// Whether the verb's agent is the subject of the claim (*perdre*).
    pub(crate) agent: bool,
    /// Whether it is a part of the claim before (*dont N*).
    pub(crate) part: bool,
    /// Whether a figure stands alone and goes on with the claim before.
    pub(crate) bare: bool,
    /// A stance that the frame itself brings.
    pub(crate) stance: Option<Stance>,
    /// The words of the noun.
    pub(crate) item: Option<Range<usize>>,
    pub(crate) rule: String,
}

impl Candidate {
    /// The figure; the article 'un' counts only where the noun is of a kind that is counted one by one.
    pub(crate) fn figure<'c>(&self, chunks: &'c [Chunk]) -> Option<&'c Figure> {
        let figure = self.theme.as_ref().and_then(|t| t.figure(chunks))?;
        (figure.kind != FigureKind::One || counts_one(&self.indicator)).then_some(figure)
    }

    /// The shortest words that hold figure and counted noun, or the predicate where there is no figure.
    pub(crate) fn quote(&self, article: &Article<'_>, chunks: &[Chunk]) -> Range<usize> {
        let counted = self.figure(chunks).is_some();
        let theme = self.theme.as_ref().map(|t| t.tokens(chunks));
        let verb = self.verb.map(|k| {
            let end = self.verb_end.unwrap_or(k);
            chunks[k].tokens().start..complements(chunks, self.theme.as_ref().map_or(end, |t| end.max(t.at)))
        });
        // A subject that another predicate stands between is left out: 'ils ont reçu X et seraient engagés'.
        let far = self.theme.as_ref().zip(self.verb).is_some_and(|(t, k)| t.at < k && chunks[t.at + 1..k].iter().any(is_finite));
        let range = match (theme.filter(|_| counted || !far), verb) {
            (Some(theme), _) if counted => theme,
            (Some(theme), Some(verb)) => theme.start.min(verb.start)..theme.end.max(verb.end),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => chunks[self.at].tokens(),
        };
        trim(article, range)
    }
}

/// The end of the complements behind a chunk: prepositions with their nouns, times and adverbs, up to the next verb,
/// mark or link.
fn complements(chunks: &[Chunk], from: usize) -> usize {
    let belongs = |c: &Chunk| match c {
        Chunk::Noun(_) => true,
        Chunk::Word(_, classes) => !classes.any(&[Class::Relative, Class::Subordinator, Class::Coordinator, Class::Among, Class::Before]),
        _ => false,
    };
    let mut end = from;
    for i in from + 1..chunks.len() {
        let governed = chunks[i - 1].is(Class::Preposition);
        if !belongs(&chunks[i]) || chunks[i].noun().is_some() && !governed {
            break;
        }
        if chunks[i].noun().is_some() {
            end = i;
        }
    }
    chunks[end].tokens().end
}

/// Without quotation marks that open and do not close in the range, or close and did not open.
fn trim(article: &Article<'_>, range: Range<usize>) -> Range<usize> {
    let tokens = article.chunker.tokens;
    let mut range = range;
    while range.len() > 1 && matches!(tokens.raw(range.start), "»" | "”" | "," | ")") {
        range.start += 1;
    }
    range
}

/// The candidates of a sentence, in the order of the text.
pub(crate) fn candidates(roles: &Roles<'_, '_>, index: usize, discourse: &Discourse) -> Vec<Candidate> {
    let mut finder = Finder { roles, heading: roles.article.is_heading(index), found: Vec::new() };
    finder.verification();
    finder.verbs();
    finder.nouns();
    finder.nominals();
    finder.engaged();
    finder.stationed();
    finder.tolls();
    finder.parts();
    finder.ellipses(index, discourse);
    finder.refusals(discourse);
    let mut found = finder.found;
    found.sort_by_key(|c| (c.theme.as_ref().map_or(c.at, |t| t.at), c.part));
    found
}

struct Finder<'r, 's, 'a> {
    roles: &'r Roles<'s, 'a>,
    heading: bool,
    found: Vec<Candidate>,
}

impl<'s> Finder<'_, 's, '_> {
    fn chunks(&self) -> &'s [Chunk] {
        &self.roles.sentence.chunks
    }

    fn language(&self) -> &'static str {
        self.roles.article.lexicon.language()
    }

    fn class_name(&self, group: &NounGroup) -> Option<&str> {
        group.class.map(|c| &*self.roles.article.lexicon.noun_class(c).name)
    }

    fn push(&mut self, candidate: Candidate) {
        let same = |c: &Candidate| {
            c.indicator == candidate.indicator
                && match (&c.theme, &candidate.theme) {
                    (Some(a), Some(b)) => a.at == b.at,
                    (None, None) => c.at == candidate.at,
                    _ => false,
                }
        };
        if !self.found.iter().any(same) {
            self.found.push(candidate);
        }
    }

    /// 'n'a pu être vérifié de manière indépendante', 'impossible de vérifier'.
    fn verification(&mut self) {
        for (k, chunk) in self.chunks().iter().enumerate() {
            let Some(verb) = chunk.verb() else { continue };
            let entry = self.roles.article.lexicon.verb(verb.verb);
            let checks = entry.speech == Some(Speech::Verify)
                || matches!(entry.speech, Some(Speech::Say)) && self.independently(k);
            let unable = verb.negated && (verb.modality == Some(Modality::Possible) || verb.voice == Voice::Passive)
                || verb.negated && self.independently(k)
                || k >= 1 && self.chunks()[..k].iter().rev().take(3).any(|c| c.is(Class::Negation))
                || self.none_of(k);
            if checks && unable && (verb.voice == Voice::Passive || self.independently(k) || verb.mood == Mood::Infinitive) {
                self.push(Candidate {
                    indicator: VERIFICATION.to_owned(),
                    theme: None,
                    verb: Some(k),
                    verb_end: None,
                    at: k,
                    said_at: chunk.tokens().start,
                    agent: false,
                    verb_tokens: None,
                    part: false,
                    bare: false,
                    stance: Some(Stance::Asserted),
                    item: None,
                    rule: format!("{}/verification", self.language()),
                });
            }
        }
    }

    fn independently(&self, k: usize) -> bool {
        self.chunks()[k + 1..].iter().take(3).any(|c| c.is(Class::Independent))
            || k.checked_sub(1).is_some_and(|p| self.chunks()[p].is(Class::Independent))
    }

    fn none_of(&self, k: usize) -> bool {
        self.chunks()[..k].iter().any(|c| c.noun().and_then(|g| g.figure.as_ref()).is_some_and(|f| f.kind == FigureKind::Zero))
    }

    fn verbs(&mut self) {
        let chunks = self.chunks();
        for (k, chunk) in chunks.iter().enumerate() {
            let Some(verb) = chunk.verb() else { continue };
            let entry = self.roles.article.lexicon.verb(verb.verb);
            for frame in &entry.frames {
                self.frame(k, verb, frame);
            }
        }
    }

    fn frame(&mut self, k: usize, verb: &VerbGroup, frame: &Frame) {
        let chunks = self.chunks();
        if let Some(object) = &frame.object {
            let governs = chunks[k + 1..].iter().take(3).filter_map(Chunk::noun).any(|g| self.roles.in_group(g, object));
            if !governs {
                return;
            }
        }
        let relative = chunks[..k].iter().rposition(|c| c.is(Class::Relative) || is_finite(c));
        let aside = verb.negated && relative.is_some_and(|r| chunks[r].is(Class::Relative));
        let themes = self.roles.themes(k, verb, frame);
        for (n, theme) in themes.into_iter().enumerate() {
            // 'qui n'avaient pas participé': presupposed, and of no number.
            if aside && theme.figure(chunks).is_none() && frame.role == Role::Subject && verb.voice != Voice::Reflexive {
                continue;
            }
            if !self.states(k, verb, frame, &theme) || n > 0 && theme.figure(chunks).is_none() && frame.indicator.starts_with("casualties") {
                continue;
            }
            // One verb says one thing of one noun: the first frame that it fits.
            if self.found.iter().any(|c| c.verb == Some(k) && c.theme.as_ref().is_some_and(|t| t.at == theme.at)) {
                continue;
            }
            let (indicator, verb_end) = self.both(k, frame);
            let (indicator, stance) = self.inactivity(k, verb, indicator);
            let item = theme.group(chunks).map(|g| g.head.start..g.tokens.end);
            let theme_start = theme.tokens(chunks).start;
            let said_at = if theme.figure(chunks).is_some() { theme_start } else { chunks[k].tokens().end - 1 };
            self.push(Candidate {
                indicator,
                said_at,
                theme: Some(theme),
                verb: Some(k),
                verb_tokens: Some(chunks[k].tokens()),
                verb_end,
                at: k,
                agent: frame.agent,
                part: false,
                bare: false,
                stance,
                item,
                rule: format!("{}/{}.{}", self.language(), frame.indicator, role_name(frame.role, verb)),
            });
        }
    }

    /// 'n'ont plus combattu depuis la mi-janvier': that they have been out of action since is asserted.
    fn inactivity(&self, k: usize, verb: &VerbGroup, indicator: String) -> (String, Option<Stance>) {
        let article = self.roles.article;
        let since = self.chunks()[k..].iter().any(|c| match c {
            Chunk::When(when, _) => {
                let interval = article.resolve(*when, None, recoup_language::Direction::Past);
                interval.is_some_and(|i| i.start.is_some() && i.end.is_none())
            }
            _ => false,
        });
        if indicator == "forces.present" && verb.negated && since {
            return ("forces.withdrawn".to_owned(), Some(Stance::Asserted));
        }
        (indicator, None)
    }

    /// 'tués ou blessés', 'blessés et tués': one figure of both.
    fn both(&self, k: usize, frame: &Frame) -> (String, Option<usize>) {
        let chunks = self.chunks();
        let other = match &*frame.indicator {
            "casualties.killed" => "casualties.wounded",
            "casualties.wounded" => "casualties.killed",
            indicator => return (indicator.to_owned(), None),
        };
        let has = |at: usize| {
            chunks.get(at).and_then(Chunk::verb).is_some_and(|v| {
                v.head + 1 == v.tokens.end && self.roles.article.lexicon.verb(v.verb).frames.iter().any(|f| &*f.indicator == other)
            })
        };
        let linked = |at: usize| chunks.get(at).is_some_and(|c| c.is(Class::Or) || c.is(Class::And));
        if linked(k + 1) && has(k + 2) {
            return ("casualties.killed_or_wounded".to_owned(), Some(k + 2));
        }
        let before = k >= 2 && linked(k - 1) && chunks[k - 2].verb().is_some_and(|v| {
            self.roles.article.lexicon.verb(v.verb).frames.iter().any(|f| &*f.indicator == other)
        });
        if before {
            return ("casualties.killed_or_wounded".to_owned(), None);
        }
        (frame.indicator.to_string(), None)
    }

    /// Whether the frame states something: with a figure always; without one only a finite verb or one that another
    /// governs, and for casualties only of people that are not presupposed.
    fn states(&self, k: usize, verb: &VerbGroup, frame: &Frame, theme: &Theme) -> bool {
        let chunks = self.chunks();
        let figure = theme.figure(chunks);
        let counted = figure.is_some_and(|f| f.kind != FigureKind::One);
        let one = figure.is_some_and(|f| f.kind == FigureKind::One);
        let participle = verb.mood == Mood::Participle;
        if counted {
            return true;
        }
        // 'avant d'être abattu': what a preposition of time governs is not stated.
        let subordinate = k >= 2 && chunks[k - 1].is(Class::Of) && chunks[k - 2].is(Class::Anchor) || k >= 1 && chunks[k - 1].is(Class::Anchor);
        // A gerund or an infinitive states only through the verb that governs it.
        let governed = chunks[..k].iter().rev().filter_map(Chunk::verb).take(3).any(|v| {
            let entry = self.roles.article.lexicon.verb(v.verb);
            entry.speech.is_some() || entry.plan || entry.through
        });
        let stated = match verb.mood {
            Mood::Indicative | Mood::Conditional => true,
            Mood::Infinitive => governed && !subordinate,
            Mood::Gerund => false,
            Mood::Participle => self.heading && frame.indicator.starts_with("casualties"),
        };
        let definite = theme.group(chunks).is_some_and(|g| matches!(g.determiner, Some(Determiner::Definite)));
        let casualties = frame.indicator.starts_with("casualties") || frame.indicator.starts_with("people");
        let vague = theme.group(chunks).is_some_and(|g| {
            one || g.determiner == Some(Determiner::Indefinite) || g.determiner.is_none() || theme.counted_by.is_some()
        });
        let helper = self.roles.article.lexicon.verb(verb.verb).helper.is_some();
        if helper {
            // 'avoir' says where somebody is only of a number of them.
            return false;
        }
        match &*frame.indicator {
            "territory.held" if participle => true,
            _ if casualties => stated && vague && !definite,
            "equipment.destroyed" | "munitions.launched" | "munitions.intercepted" | "prisoners.captured" => stated && (vague || one || self.denied(k)),
            "agreement.signed" => stated && !matches!(verb.mood, Mood::Infinitive),
            _ => stated,
        }
    }

    /// Whether what stands at a chunk is denied: 'dément avoir perdu le moindre appareil'.
    fn denied(&self, k: usize) -> bool {
        let attribution = self.roles.article.attribution(self.chunks()[k].tokens().start, None);
        attribution.is_some_and(|a| a.speech == Speech::Deny && !a.negated)
    }

    /// Nouns that carry their indicator: 'au moins 350 morts', 'lourdes pertes'.
    fn nouns(&mut self) {
        let chunks = self.chunks();
        for (k, chunk) in chunks.iter().enumerate() {
            let Some(group) = chunk.noun() else { continue };
            let Some(class) = group.class else { continue };
            let entry = self.roles.article.lexicon.noun_class(class);
            let Some(indicator) = entry.indicator.clone().filter(|_| entry.argument.is_none()) else { continue };
            let frame = nominal_frame(&indicator, &entry.name);
            let taken = &*entry.name == "prisoner" && k > 0 && chunks[k - 1].verb().is_some_and(|v| self.roles.article.lexicon.verb(v.verb).light);
            let theme = if taken { self.roles.theme(k + 1, &nominal_frame(&indicator, "people")) } else { self.roles.theme(k, &frame) };
            let counted = theme.as_ref().and_then(|t| t.figure(chunks)).is_some_and(|f| f.kind != FigureKind::One);
            let held = &*entry.name == "prisoner"
                && group.determiner == Some(Determiner::Indefinite)
                && !self.roles.owners(k).is_empty();
            let losses = &*entry.name == "losses";
            if losses && self.action(k, class).argument.is_some() {
                continue;
            }
            if !counted && !held && !(losses && self.states_losses(k, group)) {
                continue;
            }
            let Some(theme) = theme else { continue };
            if self.found.iter().any(|c| c.theme.as_ref().is_some_and(|t| t.at == theme.at)) {
                continue;
            }
            // 'morts et blessés' after one figure are both together; before, the second has no figure of its own.
            let and_next = chunks.get(k + 1).is_some_and(|c| c.is(Class::And) || c.is(Class::Or));
            let next_wounded = chunks.get(k + 2).and_then(Chunk::noun).is_some_and(|g| {
                g.count().is_none() && matches!(self.class_name(g), Some("wounded" | "killed")) && self.class_name(g) != Some(&entry.name)
            });
            let both = counted && and_next && next_wounded && matches!(&*entry.name, "killed" | "wounded");
            let indicator = if both { "casualties.killed_or_wounded".to_owned() } else { indicator.to_string() };
            let verb = losses.then(|| self.near_verb(k).or(self.suffers(k))).flatten().filter(|_| !counted);
            let suffers = self.suffers(k);
            self.push(Candidate {
                indicator,
                theme: Some(theme),
                verb,
                verb_end: None,
                at: k,
                said_at: chunk.tokens().start,
                agent: suffers.is_some() && self.roles.owners(k).is_empty(),
                verb_tokens: None,
                part: false,
                bare: false,
                stance: None,
                item: Some(group.head.start..group.tokens.end),
                rule: format!("{}/{}.noun", self.language(), entry.name),
            });
        }
    }

    /// 'subir des pertes', 'n'avoir subi aucune perte': the subject of the verb is who has them.
    fn suffers(&self, k: usize) -> Option<usize> {
        let chunks = self.chunks();
        let at = chunks[..k].iter().rposition(|c| c.verb().is_some())?;
        let verb = chunks[at].verb()?;
        let suffers = matches!(
            &*self.roles.article.lexicon.verb(verb.verb).lemma,
            "subir" | "essuyer" | "perdre" | "suffer" | "sustain" | "take" | "lose"
        );
        (suffers && verb.mood != Mood::Participle && k - at <= 6).then_some(at)
    }

    fn near_verb(&self, k: usize) -> Option<usize> {
        self.chunks().get(k + 1..)?.iter().take(6).position(is_finite).map(|p| k + 1 + p)
            .filter(|_| self.chunks()[k].noun().is_some_and(|g| g.determiner == Some(Determiner::Demonstrative)))
    }

    /// Losses without a figure are a claim where they are stated, not presupposed: indefinite, or taken up by a verb.
    fn states_losses(&self, k: usize, group: &NounGroup) -> bool {
        // 'des pertes (jusqu'à 4 000 morts)': the figure behind says the same.
        let specified = matches!(self.chunks().get(k + 1), Some(Chunk::Mark(_, '(')))
            && self.chunks().get(k + 2).and_then(Chunk::noun).is_some_and(|g| g.count().is_some());
        if specified {
            return false;
        }
        let tokens = self.roles.article.chunker.tokens;
        let plural = tokens.lower(group.head.start).ends_with('s');
        match group.determiner {
            Some(Determiner::Indefinite) | None => plural && !self.heading || plural && group.determiner.is_none(),
            Some(Determiner::Demonstrative) => self.near_verb(k).is_some(),
            Some(Determiner::Definite) => self.roles.article.attribution(group.tokens.start, None).is_some_and(|a| {
                matches!(a.speech, Speech::Silent | Speech::Refuse | Speech::Deny)
            }),
            Some(Determiner::Possessive) => false,
        }
    }

    /// Nouns of action: 'l'envoi de plusieurs milliers de soldats', 'se prépare à une rotation des troupes'.
    fn nominals(&mut self) {
        let chunks = self.chunks();
        for (k, chunk) in chunks.iter().enumerate() {
            let Some(group) = chunk.noun() else { continue };
            let Some(class) = group.class else { continue };
            let entry = self.action(k, class);
            let (Some(indicator), Some(argument)) = (&entry.indicator, &entry.argument) else { continue };
            let of = chunks.get(k + 1).is_some_and(|c| c.is(Class::Of));
            let readings = std::iter::once((indicator, argument)).chain(entry.also.iter().map(|(i, a)| (i, a)));
            let mut read = readings.map(|(indicator, argument)| {
                let frame = nominal_frame(indicator, argument);
                (indicator, self.roles.theme(k + 2, &frame).filter(|_| of))
            });
            let (indicator, theme) = read.find(|(_, theme)| theme.is_some()).unwrap_or((indicator, None));
            let counted = theme.as_ref().and_then(|t| t.figure(chunks)).is_some();
            if !self.states_nominal(k, group, counted, theme.is_some()) {
                continue;
            }
            if let Some(theme) = &theme
                && self.found.iter().any(|c| c.theme.as_ref().is_some_and(|t| t.at == theme.at && *c.indicator == **indicator))
            {
                continue;
            }
            let last = theme.as_ref().map_or(k, |t| t.at);
            let theme = if counted { theme } else { Some(Theme { at: last, counted_by: Some(k), anaphor: theme.as_ref().is_none_or(|t| t.anaphor) }) };
            let governor = self.governor(k);
            // 'à une rotation ou à un déploiement': two words for one thing.
            let again = |c: &Candidate| c.rule.ends_with(".nominal") && *c.indicator == **indicator && k.saturating_sub(c.at) <= 6;
            if !counted && self.found.iter().any(again) {
                continue;
            }
            self.push(Candidate {
                indicator: indicator.to_string(),
                theme,
                verb: governor.filter(|_| !counted),
                verb_end: None,
                at: k,
                said_at: chunk.tokens().start,
                agent: false,
                verb_tokens: None,
                part: false,
                bare: false,
                stance: self.planned(k).then_some(Stance::Planned),
                item: None,
                rule: format!("{}/{}.nominal", self.language(), indicator),
            });
        }
    }

    fn governor(&self, k: usize) -> Option<usize> {
        let chunks = self.chunks();
        let at = chunks[..k].iter().rposition(|c| c.verb().is_some())?;
        let entry = self.roles.article.lexicon.verb(chunks[at].verb()?.verb);
        (entry.plan || entry.speech.is_some()).then_some(at)
    }

    /// The class of a noun, as a noun of action where it governs what it acts on: 'la perte d'un avion' is no loss of life.
    fn action(&self, k: usize, class: ClassId) -> &'s NounClass {
        let lexicon = self.roles.article.lexicon;
        let entry = lexicon.noun_class(class);
        let Some(action) = lexicon.class_named("loss").filter(|_| &*entry.name == "losses") else { return entry };
        let things = action.argument.iter().chain(action.also.iter().map(|(_, a)| a)).filter(|a| ***a != *"people");
        let governs = self.chunks().get(k + 1).is_some_and(|c| c.is(Class::Of));
        let acts = governs && things.clone().any(|a| self.roles.theme(k + 2, &nominal_frame("", a)).is_some());
        if acts { action } else { entry }
    }

    fn planned(&self, k: usize) -> bool {
        let governor = self.governor(k).and_then(|at| self.chunks()[at].verb());
        governor.is_some_and(|v| self.roles.article.lexicon.verb(v.verb).plan)
    }

    fn states_nominal(&self, k: usize, group: &NounGroup, counted: bool, has_argument: bool) -> bool {
        let article = self.roles.article;
        if counted {
            return true;
        }
        let spoken = article.attribution(group.tokens.start, None);
        let refused = spoken.is_some_and(|a| {
            matches!((a.speech, a.negated), (Speech::Deny | Speech::Refuse | Speech::Silent, false) | (Speech::Say | Speech::Deny, true))
        });
        let planned = self.planned(k);
        let confirmed = self.chunks().get(k + 1).and_then(Chunk::verb).is_some_and(|v| {
            v.voice == Voice::Passive && article.lexicon.verb(v.verb).speech == Some(Speech::Say)
        });
        let ends_alone = matches!(group.class.and_then(|c| article.lexicon.noun_class(c).indicator.as_deref()), Some("forces.withdrawn"));
        let indefinite = group.determiner == Some(Determiner::Indefinite) && (has_argument || ends_alone);
        // 'a dénoncé la présence de troupes': the noun is what the verb of speech says.
        let said = has_argument
            && self.governor(k).is_some_and(|at| {
                let between = &self.chunks()[at + 1..k];
                let speech = self.chunks()[at].verb().and_then(|v| article.lexicon.verb(v.verb).speech);
                matches!(speech, Some(Speech::Say | Speech::Accuse)) && between.iter().all(|c| matches!(c, Chunk::When(..) | Chunk::Word(..)) || c.noun().is_some_and(|g| g.class.is_none()))
            });
        refused || planned || confirmed || said || indefinite && !self.heading
    }

    /// 'environ 10 000 soldats présents dans la région', 'les troupes sont inactives'.
    fn engaged(&mut self) {
        let chunks = self.chunks();
        let frame = Frame {
            indicator: "forces.present".into(),
            role: Role::Subject,
            classes: vec!["troops".into()],
            object: None,
            agent: false,
        };
        for (k, chunk) in chunks.iter().enumerate() {
            let inactive = chunk.is(Class::Inactive);
            if !inactive && !chunk.is(Class::Engaged) {
                continue;
            }
            let Some(at) = chunks[..k].iter().rposition(|c| c.noun().is_some()) else { continue };
            let between = &chunks[at + 1..k];
            let copula = between.iter().filter_map(Chunk::verb).any(|v| {
                self.roles.article.lexicon.verb(v.verb).helper == Some(Helper::Be)
            });
            let Some(theme) = self.roles.theme(at, &frame).or_else(|| self.roles.left_theme(k, &frame).filter(|_| copula)) else { continue };
            let counted = theme.figure(chunks).is_some_and(|f| f.kind != FigureKind::One);
            if !(counted && !inactive || copula) {
                continue;
            }
            let verb = between.iter().rposition(|c| c.verb().is_some()).map(|p| at + 1 + p);
            self.push(Candidate {
                indicator: if inactive { "forces.withdrawn" } else { "forces.present" }.to_owned(),
                said_at: theme.tokens(chunks).start,
                item: theme.group(chunks).map(|g| g.head.start..g.tokens.end),
                theme: Some(theme),
                verb,
                verb_end: verb.map(|_| k),
                at: k,
                agent: false,
                verb_tokens: None,
                part: false,
                bare: false,
                stance: None,
                rule: format!("{}/{}", self.language(), if inactive { "inactive" } else { "engaged" }),
            });
        }
    }

    /// 'quelque 11 000 soldats sont en Russie': to be somewhere, of a number of troops.
    fn stationed(&mut self) {
        let chunks = self.chunks();
        let frame = Frame {
            indicator: "forces.present".into(),
            role: Role::Subject,
            classes: vec!["troops".into()],
            object: None,
            agent: false,
        };
        for (k, chunk) in chunks.iter().enumerate() {
            let Some(verb) = chunk.verb() else { continue };
            let copula = self.roles.article.lexicon.verb(verb.verb).helper == Some(Helper::Be) && is_finite(chunk);
            let place = chunks.get(k + 1).is_some_and(|c| c.is(Class::PlacePreposition))
                && chunks.get(k + 2).and_then(Chunk::noun).is_some_and(|g| g.names.iter().any(|n| n.place().is_some()));
            // 'ils étaient une centaine d'hommes', 'les assaillants étaient « au moins 200 »'.
            let at = (k + 1..chunks.len().min(k + 3)).find(|i| chunks[*i].noun().is_some());
            let number = at.filter(|i| chunks[*i].noun().is_some_and(|g| {
                g.count().is_some() && (g.is_bare_figure() || self.roles.in_group(g, "soldier")) && k + 2 >= *i
            }));
            let subject = self.roles.left(k, &frame);
            if copula && let (Some(at), Some(_)) = (number, &subject) {
                self.push(self.presence(k, Theme { at, counted_by: None, anaphor: true }));
                continue;
            }
            if !copula || !place {
                continue;
            }
            let Some(theme) = subject else { continue };
            if !theme.figure(chunks).is_some_and(|f| f.kind != FigureKind::One) {
                continue;
            }
            self.push(self.presence(k, theme));
        }
    }

    fn presence(&self, k: usize, theme: Theme) -> Candidate {
        let chunks = self.chunks();
        Candidate {
            indicator: "forces.present".to_owned(),
            said_at: theme.tokens(chunks).start,
            item: theme.group(chunks).map(|g| g.head.start..g.tokens.end),
            theme: Some(theme),
            verb: Some(k),
            verb_tokens: None,
            verb_end: None,
            at: k,
            agent: false,
            part: false,
            bare: false,
            stance: None,
            rule: format!("{}/stationed", self.language()),
        }
    }

    /// A toll that a verb puts at a figure: 'le bilan est passé à 31', 'a resident put the toll at 29'.
    fn tolls(&mut self) {
        let chunks = self.chunks();
        for (k, chunk) in chunks.iter().enumerate() {
            let Some(group) = chunk.noun().filter(|g| self.class_name(g) == Some("toll") && g.count().is_none()) else { continue };
            let counter = self.roles.counter(k);
            let figure = chunks[counter].noun().and_then(NounGroup::count);
            if counter == k || figure.is_none() || self.found.iter().any(|c| c.theme.as_ref().is_some_and(|t| t.counted_by == Some(counter))) {
                continue;
            }
            let figure_tokens = chunks[counter].tokens();
            self.push(Candidate {
                indicator: "casualties.killed".to_owned(),
                said_at: figure_tokens.start,
                item: None,
                theme: Some(Theme { at: counter, counted_by: None, anaphor: false }),
                verb: None,
                verb_tokens: None,
                verb_end: None,
                at: counter,
                agent: false,
                part: false,
                bare: false,
                stance: None,
                rule: format!("{}/toll", self.language()),
            });
            let _ = group;
        }
    }

    /// 'a refusé de commenter', 'n'a pas confirmé': a party that says nothing of what was said before.
    fn refusals(&mut self, discourse: &Discourse) {
        let article = self.roles.article;
        let chunks = self.chunks();
        let Some(indicator) = discourse.indicator.clone() else { return };
        for (k, chunk) in chunks.iter().enumerate() {
            if chunk.verb().is_none() {
                continue;
            }
            let Some(attribution) = article.attributions.iter().find(|a| a.cue == chunk.tokens()) else { continue };
            let refuses = matches!(attribution.speech, Speech::Refuse | Speech::Silent)
                || attribution.negated && matches!(attribution.speech, Speech::Say | Speech::Deny | Speech::Comment);
            let filled = self.found.iter().any(|c| attribution.content.contains(&c.said_at));
            if !refuses || filled || self.found.iter().any(|c| c.rule.ends_with("/refusal")) {
                continue;
            }
            self.push(Candidate {
                indicator: indicator.clone(),
                theme: None,
                verb: Some(k),
                verb_end: None,
                at: k,
                said_at: attribution.content.start,
                agent: false,
                verb_tokens: None,
                part: false,
                bare: false,
                stance: Some(Stance::Unconfirmed),
                item: None,
                rule: format!("{}/refusal", self.language()),
            });
        }
    }

    /// 'dont 14 enfants', 'including 90,000': a part of the claim before.
    fn parts(&mut self) {
        let chunks = self.chunks();
        for (k, chunk) in chunks.iter().enumerate() {
            if !chunk.is(Class::Among) {
                continue;
            }
            let Some(group) = chunks.get(k + 1).and_then(Chunk::noun).filter(|g| g.count().is_some()) else { continue };
            let before = self.found.iter().filter(|c| c.theme.as_ref().is_some_and(|t| t.at < k && t.figure(chunks).is_some()));
            let Some(whole) = before.max_by_key(|c| c.theme.as_ref().map(|t| t.at)).cloned() else { continue };
            self.found.retain(|c| c.theme.as_ref().is_none_or(|t| t.at != k + 1));
            let start = group.tokens.start;
            self.found.push(Candidate {
                theme: Some(Theme { at: k + 1, counted_by: None, anaphor: false }),
                at: k + 1,
                said_at: start,
                part: true,
                verb: None,
                verb_end: None,
                item: Some(group.head.start..group.tokens.end),
                rule: format!("{}/part", self.language()),
                ..whole
            });
        }
    }

    /// A figure without a noun goes on with the claim before: 'contre 25', 'l'ONU les chiffrait entre 3 000 et 4 000'.
    fn ellipses(&mut self, index: usize, discourse: &Discourse) {
        let chunks = self.chunks();
        for (k, chunk) in chunks.iter().enumerate() {
            let Some(group) = chunk.noun().filter(|g| g.is_bare_figure()) else { continue };
            if self.found.iter().any(|c| c.theme.as_ref().is_some_and(|t| t.at == k || t.counted_by == Some(k))) {
                continue;
            }
            let measured = chunks[..k].iter().rev().take(6).find_map(Chunk::verb).is_some_and(|v| {
                matches!(self.roles.article.lexicon.verb(v.verb).speech, Some(Speech::Say | Speech::Know))
            });
            let bounded = group.figure.as_ref().is_some_and(|f| f.tokens != f.core);
            let replaced = k.checked_sub(1).is_some_and(|p| chunks[p].is(Class::WithdrawnFigure));
            let here = self.found.iter().rfind(|c| c.theme.as_ref().is_some_and(|t| t.at < k && t.figure(chunks).is_some())).cloned();
            if !(measured && bounded || replaced) {
                continue;
            }
            let same = discourse.last.as_ref().filter(|l| l.sentence + 1 >= index && l.block == self.roles.sentence.block);
            let Some(before) = here else {
                let _ = same;
                continue;
            };
            self.found.push(Candidate {
                theme: Some(Theme { at: k, counted_by: None, anaphor: true }),
                at: k,
                said_at: group.tokens.start,
                part: false,
                bare: true,
                verb: None,
                verb_end: None,
                item: None,
                rule: format!("{}/ellipsis", self.language()),
                ..before
            });
        }
    }
}

/// A noun of action as a frame: its complement is what it acts on.
fn nominal_frame(indicator: &str, argument: &str) -> Frame {
    Frame { indicator: indicator.into(), role: Role::Of, classes: vec![argument.into()], object: None, agent: false }
}

fn role_name(role: Role, verb: &VerbGroup) -> &'static str {
    match (role, verb.voice) {
        (_, Voice::Passive) => "passive",
        (_, Voice::Reflexive) => "reflexive",
        (Role::Subject, _) => "subject",
        (Role::Object, _) => "object",
        (Role::Of, _) => "of",
        (Role::By, _) => "by",
        (Role::Received, _) => "received",
    }
}
