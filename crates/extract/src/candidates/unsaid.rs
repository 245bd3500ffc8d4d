//! What a verb does not say of a noun, though the noun fits its frame.

use super::*;

/// One frame of a verb, read of one noun.
pub(super) struct Reading<'r> {
    /// The chunk of the verb.
    pub(super) k: usize,
    pub(super) verb: &'r VerbGroup,
    pub(super) frame: &'r Frame,
    pub(super) theme: &'r Theme,
}

impl Reading<'_> {
    fn of(&self, family: &str) -> bool {
        self.frame.indicator.starts_with(family)
    }

    fn is_subject(&self) -> bool {
        self.frame.role == Role::Subject
    }

    fn figure<'c>(&self, chunks: &'c [Chunk]) -> Option<&'c Figure> {
        self.theme.figure(chunks)
    }

    /// *un*, *a*: one, if it counts at all.
    fn is_one(&self, chunks: &[Chunk]) -> bool {
        self.figure(chunks).is_some_and(|f| f.kind == FigureKind::One)
    }

    fn is_uncounted(&self, chunks: &[Chunk]) -> bool {
        self.figure(chunks).is_none() || self.is_one(chunks)
    }

    fn determiner(&self, chunks: &[Chunk]) -> Option<Determiner> {
        self.theme.group(chunks).and_then(|g| g.determiner)
    }
}

impl Finder<'_, '_, '_> {
    /// Whether the sentence does not say of this noun what the frame asks.
    pub(super) fn is_unsaid(&self, reading: &Reading) -> bool {
        self.is_no_form_of(reading)
            || self.is_no_presence(reading)
            || self.is_no_move(reading)
            || self.is_no_ground(reading)
            || self.is_no_harm(reading)
            || self.is_no_flight(reading)
            || self.is_no_aid(reading)
            || self.is_no_delivery(reading)
            || self.is_said_by_another(reading)
    }

    /// Forms of the verb that have another meaning.
    fn is_no_form_of(&self, reading: &Reading) -> bool {
        let Reading { k, verb, frame, theme } = *reading;
        let lexicon = &self.roles.article.lexicon;
        // 'n'ont pas survécu'.
        let asserted = frame.negated && !verb.negated;
        // 'Fewer than 1,300 are left': no perfect of 'leave'.
        let passive = verb.voice == Voice::Passive || verb.ambiguous && self.reads_passive(k, theme);
        // 'left 1.1 million customers without power': no subject of 'leave'.
        let behind = theme.at > k && verb.mood == Mood::Indicative && frame.object.is_none();
        // 'Norwegian instructors trained some 1,900 soldiers': who stands before is not trained.
        let object = self.chunks().get(k + 1).and_then(Chunk::noun).filter(|g| g.count().is_some());
        let family = frame.indicator.split('.').next();
        let takes = |f: &Frame| {
            f.role == Role::Object
                && f.indicator.split('.').next() == family
                && object.is_some_and(|g| self.roles.fits(g, f))
        };
        let uncounted = theme.figure(self.chunks()).is_none();
        let acts = uncounted
            && theme.at < k
            && verb.voice == Voice::Active
            && lexicon.verb(verb.verb).frames.iter().any(takes);
        asserted || acts || reading.is_subject() && (passive || behind) && lexicon.be_is_passive()
    }

    /// Soldiers of whom nobody says where they are, or whose.
    fn is_no_presence(&self, reading: &Reading) -> bool {
        let Reading { k, verb, theme, .. } = *reading;
        let chunks = self.chunks();
        let subject = reading.is_subject() || reading.frame.role == Role::Itself;
        // 'qui n'avaient pas participé': presupposed, and of no number.
        let before = chunks[..k].iter().rposition(|c| c.is(Class::Relative) || is_finite(c));
        let relative = before.is_some_and(|r| chunks[r].is(Class::Relative));
        let presupposed = verb.negated && relative && verb.voice != Voice::Reflexive;
        if subject && presupposed && reading.figure(chunks).is_none() {
            return true;
        }
        // 'a man will fight', 'les soldats patrouillent': who is where is not said.
        let mut near = chunks[k + 1..].iter().take(6).filter_map(Chunk::noun);
        // 'the army fought for control of the roads': a party, and not some of its troops.
        let party = |g: &NounGroup| g.role.is_some() || self.roles.is_named_force(g);
        let whose = theme.group(chunks).is_some_and(|g| !g.names.is_empty() && !party(g));
        subject
            && reading.of("forces.present")
            && reading.figure(chunks).is_none_or(|f| f.high == Some(1.0))
            && !(whose || near.any(|g| g.names.iter().any(|n| n.place().is_some())))
    }

    /// Men who come and go, and are no troops that somebody moves.
    fn is_no_move(&self, reading: &Reading) -> bool {
        let Reading { k, verb, frame, theme } = *reading;
        let chunks = self.chunks();
        let group = theme.group(chunks);
        if !reading.is_subject() {
            return false;
        }
        // 'des hommes armés sont entrés dans la ville': an attack, and no move of troops.
        let armed = group.and_then(|g| self.class_name(g)).is_some_and(|c| matches!(c, "irregular" | "men"));
        // 'Ils sont arrivés à moto': who has come is not said.
        let they = theme.anaphor && reading.figure(chunks).is_none() && group.is_none();
        // 'the army left 46 bodies behind': what it leaves is no place.
        let object = chunks.get(k + 1).and_then(Chunk::noun);
        let counted =
            |g: &NounGroup| g.count().is_some() || g.class.is_some_and(|c| self.roles.article.lexicon.is_thing(c));
        let thing = object.is_some_and(|g| g.class.is_some() && counted(g) && !self.roles.in_group(g, "ground"));
        reading.of("forces.sent") && (armed && reading.is_uncounted(chunks) || they)
            || reading.of("forces.withdrawn") && verb.voice == Voice::Active && thing && frame.object.is_none()
    }

    /// Places that change no hands.
    fn is_no_ground(&self, reading: &Reading) -> bool {
        let Reading { k, verb, frame, theme } = *reading;
        let chunks = self.chunks();
        // 'elle s'est rendue à Paris'.
        let goes = verb.voice == Voice::Reflexive && frame.role == Role::Object;
        // 'garde une base à Gumri': one place is no ground held.
        let position = theme.group(chunks).and_then(|g| self.class_name(g)) == Some("position");
        let one = reading.of("territory.held") && reading.is_one(chunks) && position;
        // 'Brent crude fell 2.1%': a price.
        let number = |c: &Chunk| self.roles.article.chunker.tokens.kind(c.tokens().start) == TokenKind::Number;
        let falls = reading.of("territory.lost") && reading.is_subject() && reading.figure(chunks).is_none();
        // 'le sac de mil a pris 4.000 francs'.
        let bare = |c: &Chunk| matches!(c, Chunk::Word(..)) && number(c);
        let costs = theme.at > k && chunks[k + 1..theme.at].iter().any(bare);
        reading.of("territory.") && (goes || one || costs || falls && chunks.get(k + 1).is_some_and(number))
    }

    /// Things that are hit, and people of whom the noun says what became of them.
    fn is_no_harm(&self, reading: &Reading) -> bool {
        let Reading { verb, frame, theme, .. } = *reading;
        let chunks = self.chunks();
        if !reading.of("casualties.") {
            return false;
        }
        let lexicon = &self.roles.article.lexicon;
        let entry = lexicon.verb(verb.verb);
        // 'vingt-deux cibles abattues': what nobody knows may be a thing, where the verb is of things as well.
        let unknown = theme.group(chunks).is_some_and(|g| {
            g.class.is_none() && g.names.is_empty() && g.proper.is_none() && !g.head.is_empty() && !g.other
        });
        let things = |f: &Frame| f.indicator.starts_with("munitions.") || f.indicator.starts_with("equipment.");
        // '23 dead, several of them burnt'.
        let said = theme
            .group(chunks)
            .and_then(|g| g.class)
            .and_then(|c| lexicon.noun_class(c).indicator.as_deref())
            .is_some_and(|i| i.starts_with("casualties.") && *i != *frame.indicator);
        let participle = verb.mood == Mood::Participle || verb.ambiguous && !entry.be_perfect;
        unknown && !frame.agent && entry.frames.iter().any(things) || participle && said
    }

    /// 'des chauffeurs qui dorment sous leur remorque'.
    fn is_no_flight(&self, reading: &Reading) -> bool {
        let chunks = self.chunks();
        let relative = reading.k > 0 && chunks[reading.k - 1].is(Class::Relative);
        // 'Another 1,500 have crossed since then': where soldiers may, nobody says that these fled.
        let entry = self.roles.article.lexicon.verb(reading.verb.verb);
        let others = reading.theme.group(chunks).is_some_and(NounGroup::is_bare_figure)
            && reading.theme.counted_by.is_none()
            && self.roles.counted_before(reading.theme.at).is_none()
            && entry.frames.iter().any(|f| f.indicator.starts_with("forces."));
        reading.of("people.") && reading.is_subject() && (reading.is_uncounted(chunks) && relative || others)
    }

    /// 'l'aide arrive au compte-gouttes': what, is not said; and 'une aide de 500 millions d'euros' is money, no claim.
    fn is_no_aid(&self, reading: &Reading) -> bool {
        let chunks = self.chunks();
        let definite = reading.determiner(chunks) == Some(Determiner::Definite);
        let vague = reading.is_subject() && reading.is_uncounted(chunks) && definite;
        reading.of("aid.") && (vague || self.is_money(reading.theme))
    }

    /// Arms that nobody is given, and shots that are no news.
    fn is_no_delivery(&self, reading: &Reading) -> bool {
        let Reading { k, frame, theme, .. } = *reading;
        let chunks = self.chunks();
        // 'used a drone': where it comes from is what counts.
        let foreign = frame.classes.iter().any(|c| **c == *"foreign");
        let nobodys = foreign && theme.group(chunks).is_some_and(|g| g.names.is_empty());
        // 'gave up their weapons': to nobody's use.
        let own = reading.figure(chunks).is_none() && reading.determiner(chunks) == Some(Determiner::Possessive);
        // 'camions de farine': aid is what a lorry carries.
        let delivered = reading.of("equipment.delivered") && (own || self.roles.carries_aid(theme.at));
        // 'when a rocket slammed into a depot': presupposed.
        let before = chunks[..k].iter().rposition(|c| c.verb().is_some() || c.is(Class::Simultaneous));
        let presupposed = before.is_some_and(|at| chunks[at].is(Class::Simultaneous));
        nobodys || delivered || reading.of("munitions.launched") && reading.is_one(chunks) && presupposed
    }

    /// What another verb of the sentence, or another frame of this verb, says of the noun.
    fn is_said_by_another(&self, reading: &Reading) -> bool {
        let Reading { k, verb, frame, theme } = *reading;
        let chunks = self.chunks();
        let lexicon = &self.roles.article.lexicon;
        // 'des images laissent voir une douzaine de blindés': the infinitive says what becomes of them.
        let governs = chunks.get(k + 1).and_then(Chunk::verb).is_some_and(|v| v.mood == Mood::Infinitive);
        let through = lexicon.verb(verb.verb).through && governs && frame.object.is_none();
        // 'revendique vingt miliciens tués': the participle does.
        let harms = |f: &Frame| f.indicator.starts_with("casualties.") || f.indicator.starts_with("prisoners.");
        let harmed = chunks
            .get(theme.at + 1)
            .and_then(Chunk::verb)
            .is_some_and(|v| v.mood == Mood::Participle && lexicon.verb(v.verb).frames.iter().any(harms));
        // 'a promis de livrer deux systèmes': the infinitive does.
        let planned = lexicon.verb(verb.verb).plan
            && theme.at > k
            && chunks[k + 1..theme.at].iter().filter_map(Chunk::verb).any(|v| v.mood == Mood::Infinitive);
        through
            || planned
            || harmed && theme.at > k && reading.of("forces.")
            // '30 drones, of which 27 were neutralised': another frame of the verb is of what was counted.
            || self.is_of_another_frame(k, verb, frame, theme)
    }

    /// 'blamed "terrorists" trained abroad': a past behind the object of another verb.
    fn reads_passive(&self, k: usize, theme: &Theme) -> bool {
        let chunks = self.chunks();
        let quotes = |c: &Chunk| matches!(c, Chunk::Mark(_, '«' | '“' | '»' | '”' | '"'));
        let before = (0..theme.at).rev().find(|i| !quotes(&chunks[*i]));
        theme.at < k
            && before.and_then(|i| chunks[i].verb()).is_some_and(|v| {
                // But 'officials say 32 people burned'.
                let speech = self.roles.article.lexicon.verb(v.verb).speech;
                v.voice == Voice::Active && speech.is_none_or(|s| s == Speech::Accuse)
            })
            && chunks[theme.at + 1..k].iter().all(quotes)
    }
}
