//! Verbs with frames: what they say of their arguments.

use super::unsaid::Reading;
use super::*;

/// What a frame asks for that is said of nobody only: 'aucun de nos hommes n'a été touché', where who is hit may be killed
/// or wounded.
const NONE: &str = "none";

/// What a frame asks for that says that who was taken lives.
const ALIVE: &str = "alive";

/// What a frame asks for that says where to, behind what is sent.
const AREA: &str = "area";

/// How far behind its verb the noun that a frame asks for besides may stand, in chunks.
const OBJECT_WITHIN: usize = 4;

/// How far behind its verb the place may stand that something is sent to, in chunks.
const AREA_WITHIN: usize = 6;

/// What a frame asks for that needs the name of a place: 'ont rejoint Sake'.
const PLACE: &str = "place";

impl<'s> Finder<'_, 's, '_> {
    pub(super) fn verbs(&mut self) {
        for (k, _, verb) in self.verbs_of() {
            let entry = self.roles.article.lexicon.verb(verb.verb);
            for frame in &entry.frames {
                self.frame(k, verb, frame);
            }
        }
    }

    pub(super) fn frame(&mut self, k: usize, verb: &VerbGroup, frame: &Frame) {
        let chunks = self.chunks();
        if let Some(object) = frame.object.as_deref().filter(|object| *object != NONE) {
            // 'suffered injuries', but 'the battalion suffered 20 wounded'.
            let plain = |g: &NounGroup| object != "wounded" || g.count().is_none();
            // 'sent the destroyer USS Higgins to the area'.
            let within = if matches!(object, AREA | ALIVE) { AREA_WITHIN } else { OBJECT_WITHIN };
            let mut near = chunks[k + 1..].iter().take(within).filter_map(Chunk::noun);
            let place = |g: &NounGroup| g.names.iter().any(|n| n.place().is_some()) || g.proper.is_some();
            let governs = match object {
                PLACE => chunks.get(k + 1).and_then(Chunk::noun).is_some_and(|g| g.figure.is_none() && place(g)),
                ALIVE => chunks[k + 1..].iter().take(within).any(|c| c.is(Class::Alive)),
                _ => near.any(|g| self.roles.in_group(g, object) && plain(g)),
            };
            // 'les dernières unités l'ont évacuée'.
            let taken_up =
                matches!(object, "ground" | "post" | "position") && k > 0 && chunks[k - 1].is(Class::ObjectPronoun);
            if !(governs || taken_up) {
                return;
            }
        }
        let themes = self.roles.themes(k, verb, frame);
        let mut first_states = false;
        let of_none = frame.object.as_deref() == Some(NONE);
        let speech = self.roles.article.lexicon.verb(verb.verb).speech;
        for (n, theme) in themes.into_iter().enumerate() {
            // 'denied that any civilians had been hit'.
            let zero = theme.figure(chunks).is_some_and(|f| f.kind == FigureKind::Zero);
            let any = || theme.group(chunks).is_some_and(|g| g.determiner == Some(Determiner::Any)) && self.denied(k);
            if of_none && !(zero || any()) {
                continue;
            }
            if self.is_unsaid(&Reading { k, verb, frame, theme: &theme }) {
                continue;
            }
            // 'killing five guards and a tea seller': with those who are counted before.
            let with_first = n > 0 && first_states && theme.figure(chunks).is_some();
            let states = with_first || self.states(k, verb, frame, &theme);
            first_states |= n == 0 && states;
            if !states || n > 0 && theme.figure(chunks).is_none() && frame.indicator.starts_with("casualties") {
                continue;
            }
            // One verb says one thing of one noun: the first frame that it fits.
            if self.found.iter().any(|c| c.verb == Some(k) && c.theme.as_ref().is_some_and(|t| t.at == theme.at)) {
                continue;
            }
            let (indicator, verb_end) = self.both(k, frame);
            let indicator = self.dead_or_injured(&theme, indicator);
            let indicator = self.standing(k, verb, indicator);
            // 's'est engagée à stationner une brigade': troops that are to be somewhere are sent there.
            let to_come = frame.role == Role::Object && (self.is_planned(k) || verb.modality == Some(Modality::Future));
            let said = theme.group(chunks).is_some();
            let indicator = match &*indicator {
                "forces.present" if to_come && !verb.negated && said => "forces.sent".to_owned(),
                _ => indicator,
            };
            let (indicator, stance) = self.inactivity(k, verb, indicator);
            let stance = stance.or(frame.negated.then_some(Stance::Asserted));
            let item = theme.group(chunks).map(|g| g.head.start..g.tokens.end);
            let theme_start = theme.tokens(chunks).start;
            let said_at = if theme.figure(chunks).is_some() { theme_start } else { chunks[k].tokens().end - 1 };
            // 'créditent le groupe de 450 combattants': who says so has none of them.
            let says = matches!(speech, Some(Speech::Say | Speech::Know));
            let does = (frame.role != Role::Of || !says).then_some(k);
            self.push(Candidate {
                theme: Some(theme),
                verb: does,
                verb_tokens: does.map(|k| chunks[k].tokens()),
                verb_end,
                agent: frame.agent,
                stance,
                item,
                ..Candidate::about(
                    k,
                    said_at,
                    indicator,
                    format!("{}/{}.{}", self.language(), frame.indicator, role_name(frame.role, verb)),
                )
            });
        }
    }

    /// 'qui déploie 5 000 militaires depuis 2021', 'which has deployed 10,000 soldiers there': troops that stand where
    /// they were sent.
    fn standing(&self, k: usize, verb: &VerbGroup, indicator: String) -> String {
        let chunks = self.chunks();
        if indicator != "forces.sent"
            || verb.voice == Voice::Reflexive
            || !self.roles.article.lexicon.verb(verb.verb).stands
        {
            return indicator;
        }
        let relative = k >= 2 && chunks[k - 1].is(Class::Relative) && chunks[k - 2].is_mark(',');
        let present = verb.tense == Some(Tense::Present) && verb.mood == Mood::Indicative && !verb.perfect;
        if verb.modality.is_none() && (present || relative) { "forces.present".to_owned() } else { indicator }
    }

    /// 'n'ont plus combattu depuis la mi-janvier': that they have been out of action since is asserted.
    pub(super) fn inactivity(&self, k: usize, verb: &VerbGroup, indicator: String) -> (String, Option<Stance>) {
        let article = self.roles.article;
        let since = || {
            self.chunks()[k..].iter().any(|c| match c {
                Chunk::When(when, _) => {
                    let interval = article.resolve(*when, None, recoup_language::Direction::Past);
                    interval.is_some_and(|i| i.start.is_some() && i.end.is_none())
                }
                _ => false,
            })
        };
        if indicator == "forces.present" && verb.negated && since() {
            return ("forces.withdrawn".to_owned(), Some(Stance::Asserted));
        }
        (indicator, None)
    }

    /// Whether the frame states something: with a figure always; without one only a finite verb or one that another
    /// governs, and for casualties only of people that are not presupposed.
    pub(super) fn states(&self, k: usize, verb: &VerbGroup, frame: &Frame, theme: &Theme) -> bool {
        let chunks = self.chunks();
        let figure = theme.figure(chunks);
        let counted = figure.is_some_and(|f| f.kind != FigureKind::One);
        let one = figure.is_some_and(|f| f.kind == FigureKind::One);
        // 'a UN helicopter sent to fetch the survivors': a past behind its object can only be a participle.
        let reduced = verb.ambiguous
            && frame.role == Role::Object
            && theme.at < k
            && !frame.indicator.starts_with("casualties.")
            && !frame.indicator.starts_with("agreement.");
        let participle = verb.mood == Mood::Participle || reduced;
        let helper = self.roles.article.lexicon.verb(verb.verb).helper.is_some();
        if helper {
            // 'avoir' says where somebody is only of a number of them, and only of its own object: 'a décoré 30 soldats'
            // has another verb.
            let between = chunks.get(k + 1..theme.at).unwrap_or_default();
            // 'denied having any soldiers in South Sudan'.
            let any = theme.group(chunks).is_some_and(|g| g.determiner == Some(Determiner::Any)) && self.denied(k);
            // 'the 18,000 men that Burundi had in South Kivu'.
            let relative = theme.at < k && chunks[theme.at..k].iter().any(|c| c.is(Class::Relative));
            return counted && relative
                || (counted || any)
                    && theme.at > k
                    && between.iter().enumerate().all(|(n, c)| {
                        // 'n'a plus que 200 combattants'.
                        let only = c.is(Class::Subordinator) && chunks[k + n].is(Class::Restriction);
                        only || c.is(Class::Adverb) || c.is(Class::Hedge) || c.is(Class::Restriction)
                    });
        }
        if counted {
            return true;
        }
        // 'the M23 withdrew from the talks' leaves no ground.
        let named = theme.group(chunks).is_some_and(|g| self.roles.is_named_force(g));
        if named && !self.leaves_ground(k) {
            return false;
        }
        // 'avant d'être abattu': what a preposition of time governs is not stated.
        let subordinate = k >= 2 && chunks[k - 1].is(Class::Of) && chunks[k - 2].is(Class::Anchor)
            || k >= 1 && chunks[k - 1].is(Class::Anchor);
        // A gerund or an infinitive states only through the verb that governs it.
        let governed = chunks[..k].iter().rev().filter_map(Chunk::verb).take(3).any(|v| {
            let entry = self.roles.article.lexicon.verb(v.verb);
            entry.speech.is_some() || entry.plan || entry.through
        });
        let casualties = frame.indicator.starts_with("casualties") || frame.indicator.starts_with("people");
        // 'fait état de six assaillants tués et d'un militaire blessé'.
        let told = || {
            let said = self.roles.article.attribution(theme.tokens(chunks).start, None);
            said.is_some_and(|a| matches!(a.speech, Speech::Say | Speech::Know) && !a.negated)
        };
        // 'un Casque bleu légèrement blessé'.
        let adjoins = chunks.get(theme.at + 1..k).is_some_and(|between| between.iter().all(|c| c.is(Class::Adverb)));
        let stated = match verb.mood {
            _ if reduced => false,
            Mood::Indicative | Mood::Conditional => true,
            Mood::Infinitive => governed && !subordinate,
            // 'denied sending troops'.
            // ', killing an officer'.
            Mood::Gerund if one && casualties => k > 0 && chunks[k - 1].is_mark(',') || self.is_accused(k),
            // 'Having overrun the town, they lost it again'.
            Mood::Gerund if verb.perfect => true,
            Mood::Gerund => governed && (chunks[k - 1].verb().is_some() || self.is_accused(k)),
            Mood::Participle if one && casualties && theme.at < k && adjoins && told() => true,
            Mood::Participle => self.heading && frame.indicator.starts_with("casualties"),
        };
        // 'They shot anyone who ran'.
        if !self.denied(k) && theme.group(chunks).and_then(|g| self.class_name(g)) == Some("anyone") {
            return false;
        }
        let definite = theme.group(chunks).is_some_and(|g| matches!(g.determiner, Some(Determiner::Definite)));
        // 'denied that any of its personnel were missing'.
        let any_of = theme.at >= 2
            && chunks[theme.at - 1].is(Class::Of)
            && self.roles.article.chunker.has(chunks[theme.at - 2].tokens().start, Class::Any);
        let vague = theme.group(chunks).is_some_and(|g| {
            any_of
                || one
                || matches!(g.determiner, Some(Determiner::Indefinite | Determiner::Any))
                || g.determiner.is_none()
                || theme.counted_by.is_some()
        });
        match &*frame.indicator {
            "territory.held" if participle => true,
            // 'Chassés de la ville, les rebelles …'.
            "territory.lost" if participle && theme.at > k => true,
            _ if casualties => stated && vague && !definite,
            "equipment.destroyed" | "munitions.launched" | "munitions.intercepted" | "prisoners.captured" => {
                stated && (vague || one || self.denied(k) || self.is_thing_again(frame, theme))
            }
            // 'l'accord signé le 19 avril' says so as well.
            // 'are preparing to sign an accord'.
            "agreement.signed" if verb.mood == Mood::Infinitive => self.is_planned(k),
            "agreement.signed" => stated || participle,
            _ => stated,
        }
    }

    /// Whether a figure without a noun goes on with what another frame of the verb asks for, and this one does not.
    pub(super) fn is_of_another_frame(&self, k: usize, verb: &VerbGroup, frame: &Frame, theme: &Theme) -> bool {
        let lexicon = self.roles.article.lexicon;
        let bare = theme.group(self.chunks()).is_some_and(NounGroup::is_bare_figure) && theme.at < k;
        let Some(class) = self.roles.counted_before(theme.at).filter(|_| bare && theme.counted_by.is_none()) else {
            return false;
        };
        let asks = |f: &Frame| f.classes.iter().any(|wanted| lexicon.in_group(class, wanted));
        !asks(frame) && lexicon.verb(verb.verb).frames.iter().any(asks)
    }

    /// 'A missile was fired; it was intercepted': a thing by its pronoun.
    fn is_thing_again(&self, frame: &Frame, theme: &Theme) -> bool {
        theme.anaphor && theme.group(self.chunks()).is_none() && !frame.indicator.starts_with("prisoners.")
    }

    /// 'accused the group of kidnapping survivors': the gerund at `k` is what somebody is accused of.
    fn is_accused(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let of = k > 0 && chunks[k - 1].is(Class::Of);
        let accuses = chunks[..k].iter().rev().find_map(Chunk::verb).filter(|_| of);
        accuses.is_some_and(|v| self.roles.article.lexicon.verb(v.verb).speech == Some(Speech::Accuse))
    }

    /// Whether aid without a figure is a sum of money: 'une aide de 500 millions d'euros', 'a $60 billion package'.
    pub(super) fn is_money(&self, theme: &Theme) -> bool {
        let chunks = self.chunks();
        let tokens = self.roles.article.chunker.tokens;
        let of = usize::from(chunks.get(theme.at + 1).is_some_and(|c| c.is(Class::Of)));
        let number = |c: &Chunk| c.noun().is_none() && tokens.kind(c.tokens().start) == TokenKind::Number;
        let behind = of == 1 && chunks.get(theme.at + 2).is_some_and(number);
        let before = theme.at > 0 && number(&chunks[theme.at - 1]);
        theme.figure(chunks).is_none_or(|f| f.kind == FigureKind::One) && (behind || before)
    }

    /// Whether the verb that governs the infinitive at `k` says what is intended.
    fn is_planned(&self, k: usize) -> bool {
        // 'urged both camps to sign': somebody else is to.
        let before = self.chunks()[..k].iter().rev().take(3).take_while(|c| c.noun().is_none());
        let governor = before.into_iter().find_map(Chunk::verb);
        governor.is_some_and(|v| !v.negated && self.roles.article.lexicon.verb(v.verb).plan)
    }

    /// Whether what stands next behind the verb at `k` is ground, a place, or no noun.
    fn leaves_ground(&self, k: usize) -> bool {
        let next = self.chunks()[k + 1..].iter().take(4).take_while(|c| c.verb().is_none()).find_map(Chunk::noun);
        next.is_none_or(|g| {
            g.proper.is_some()
                || g.names.iter().any(|n| n.place().is_some())
                || ["ground", "post"].iter().any(|wanted| self.roles.in_group(g, wanted))
        })
    }

    /// Whether what stands at a chunk is denied: 'dément avoir perdu le moindre appareil'.
    pub(super) fn denied(&self, k: usize) -> bool {
        let attribution = self.roles.article.attribution(self.chunks()[k].tokens().start, None);
        attribution.is_some_and(|a| a.speech == Speech::Deny && !a.negated)
    }
}

fn role_name(role: Role, verb: &VerbGroup) -> &'static str {
    match (role, verb.voice) {
        (_, Voice::Passive) => "passive",
        (_, Voice::Reflexive) => "reflexive",
        (Role::Subject | Role::Itself, _) => "subject",
        (Role::Object, _) => "object",
        (Role::Of, _) => "of",
        (Role::To, _) => "to",
        (Role::By, _) => "by",
        (Role::With, _) => "with",
        (Role::Received, _) => "received",
    }
}
