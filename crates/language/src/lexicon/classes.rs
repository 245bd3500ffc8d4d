//! What the lexicon says of verbs and nouns.

use super::Bound;

/// Index of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct VerbId(pub(crate) u16);

/// Index of a class of nouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClassId(pub(crate) u8);

/// A verb that carries claims, attribution or stance.
#[derive(Debug, Clone)]
pub struct Verb {
    /// Dictionary form.
    pub lemma: Box<str>,
    /// What it says of its arguments.
    pub frames: Vec<Frame>,
    /// What kind of speech it is.
    pub speech: Option<Speech>,
    /// Auxiliary, modal, or neither.
    pub helper: Option<Helper>,
    /// Whether what it governs is intended, not done.
    pub plan: bool,
    /// Whether it adds nothing to the noun that it governs.
    pub light: bool,
    /// Whether it hands its subject on to the infinitive that follows: *continue de*, *managed to*.
    pub through: bool,
    /// Whether its perfect is made with the auxiliary of the passive.
    pub be_perfect: bool,
    /// Whether it is a verb of speech in the active only: *soutenu par X* is supported by X, not said.
    pub speaks_in_active: bool,
    /// Whether its subject is who has the losses that it governs: *subir*, *suffer*.
    pub suffers: bool,
    /// Whether who says it concedes it: *reconnaître*, *admit*.
    pub concedes: bool,
    /// Whether those whom it sends stay where it sends them: *déployer*, *station*.
    pub stands: bool,
    /// Whether it changes a toll: *relever*, *raise*.
    pub revises: bool,
    /// For a verb of which the object is the number of what it is said of (*dépasser*, *number*), what it makes of that
    /// number.
    pub measures: Option<Bound>,
    /// Whether it sets prisoners free.
    pub releases: bool,
    /// Whether its object is who is told: *tell*, *inform*.
    pub tells: bool,
    /// Whether what cannot be done so is unverified: *confirm*, *établir*.
    pub confirms: bool,
}

impl Verb {
    /// The verb of which a pack says nothing.
    pub(crate) fn other() -> Self {
        Verb {
            lemma: "".into(),
            frames: Vec::new(),
            speech: None,
            helper: None,
            plan: false,
            light: false,
            through: false,
            be_perfect: false,
            speaks_in_active: false,
            suffers: false,
            concedes: false,
            stands: false,
            revises: false,
            measures: None,
            releases: false,
            tells: false,
            confirms: false,
        }
    }
}

/// What a verb helps another to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Helper {
    /// avoir, have.
    Have,
    /// être, be.
    Be,
    /// pouvoir, may: possible.
    Possible,
    /// devoir, should: expected.
    Expected,
    /// aller, will: to come.
    Future,
    /// do: carries negation only.
    Do,
}

/// The kinds of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speech {
    /// Says that something is so.
    Say,
    /// Says that somebody does something bad.
    Accuse,
    /// Says that something is not so.
    Deny,
    /// Declines.
    Refuse,
    /// Says nothing.
    Silent,
    /// Fears that something is or will be so.
    Fear,
    /// Passes on what another says.
    Cite,
    /// Counts, records.
    Know,
    /// Checks.
    Verify,
    /// To comment; declines where negated.
    Comment,
    /// *se garder de*.
    Guard,
    /// *rester* (muet).
    Remain,
}

/// One thing that a verb says of one of its arguments.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The indicator.
    pub indicator: Box<str>,
    /// Which argument is counted.
    pub role: Role,
    /// What the argument has to be: a class or a group of classes, one of them.
    pub classes: Vec<Box<str>>,
    /// A class that the object has to have besides (*recevoir une formation*).
    pub object: Option<Box<str>>,
    /// Whether the claim's subject is the verb's agent, not the owner of what is counted (*perdre*).
    pub agent: bool,
    /// Whether it is so where the verb is negated: *ne pas survivre*.
    pub negated: bool,
}

/// An argument of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Subject of the active.
    Subject,
    /// Subject of the reflexive: 'des obus se sont abattus'.
    Itself,
    /// Object of the active, subject of the passive.
    Object,
    /// The complement with *de*, *of*.
    Of,
    /// The complement with *à*: 'a coûté la vie à 17 personnes'.
    To,
    /// The complement with *par*, *by*.
    By,
    /// The complement with *avec*, *with*: *supplied Ukraine with 31 tanks*.
    With,
    /// Object of a verb of receiving: its subject is the recipient.
    Received,
}

/// A class of nouns.
#[derive(Debug, Clone)]
pub struct NounClass {
    /// Name in the pack.
    pub name: Box<str>,
    /// Unit of the annotation guide.
    pub unit: Option<Box<str>>,
    /// Whether its people are civilians; `None` where the noun does not say.
    pub civilian: Option<bool>,
    /// The indicator that the noun carries by itself.
    pub indicator: Option<Box<str>>,
    /// For a noun of action: what it acts on.
    pub argument: Option<Box<str>>,
    /// Further pairs of indicator and argument: *la perte* of a village, of an aircraft, of ten men.
    pub also: Vec<(Box<str>, Box<str>)>,
}

/// What the name of a body begins with, where no list knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyKind {
    /// An institution, organisation, commission.
    Body,
    /// An armed group.
    Group,
}

/// A noun's role as a speaker: see the pack's `[roles]` and `[documents]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NounRole {
    /// Somebody; index of the English head noun.
    Speaker(u16),
    /// A text that says things.
    Document,
}
