//! Reads a pack.

use std::collections::{BTreeMap, HashMap};

use recoup_model::{Indicator, Triggers};
use serde::Deserialize;

use super::classes::{ClassId, Frame, Helper, NounClass, NounRole, Role, Speech, Verb, VerbId};
use super::conjugate::{UnknownConjugation, english_plural, english_verb, french_plural, french_verb};
use super::{Bound, Class, Form, Lexicon, Matching, Phrases};

/// A pack that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A file is no TOML of the expected shape.
    #[error("{file}: {source}")]
    Toml {
        /// Which file.
        file: &'static str,
        /// What is wrong and where.
        source: Box<toml::de::Error>,
    },
    /// A verb that cannot be conjugated.
    #[error(transparent)]
    Conjugation(#[from] UnknownConjugation),
    /// A frame that cannot be read.
    #[error(
        "`{lemma}`: `{frame}` is no frame; write indicator, role (subject, object, de, par, receive) and class, such as \"casualties.killed object people\""
    )]
    Frame {
        /// The verb.
        lemma: String,
        /// The frame as written.
        frame: String,
    },
    /// A word of a closed set that is not in it.
    #[error("`{word}` is not known as {what}")]
    Unknown {
        /// The word.
        word: String,
        /// What it should be.
        what: &'static str,
    },
}

pub(crate) struct West {
    pub(crate) name: Box<str>,
    pub(crate) adjective: Box<str>,
    pub(crate) names: Vec<String>,
    pub(crate) demonyms: Vec<String>,
}

/// Every file of the language packs, by name.
pub(crate) const FILES: [(&str, &str); 9] = [
    ("classes.toml", include_str!("../../data/classes.toml")),
    ("fr/verbs.toml", include_str!("../../data/fr/verbs.toml")),
    ("fr/nouns.toml", include_str!("../../data/fr/nouns.toml")),
    ("fr/words.toml", include_str!("../../data/fr/words.toml")),
    ("fr/time.toml", include_str!("../../data/fr/time.toml")),
    ("en/verbs.toml", include_str!("../../data/en/verbs.toml")),
    ("en/nouns.toml", include_str!("../../data/en/nouns.toml")),
    ("en/words.toml", include_str!("../../data/en/words.toml")),
    ("en/time.toml", include_str!("../../data/en/time.toml")),
];

fn file(name: &str) -> &'static str {
    FILES.iter().find(|(n, _)| *n == name).map_or("", |(_, text)| text)
}

pub(super) fn embedded(language: &'static str) -> Lexicon {
    // The packs are part of the program: a test loads both, so this cannot fail on any input.
    load(language).unwrap_or_else(|e| unreachable!("the embedded pack `{language}` is broken: {e}"))
}

/// The pack of a language with the indicators that a theatre adds.
pub(super) fn extended(language: &'static str, indicators: &[Indicator]) -> Result<Lexicon, PackError> {
    let mut lexicon = load(language)?;
    for indicator in indicators {
        if let Some(triggers) = indicator.triggers.get(language) {
            lexicon.add_indicator(indicator, triggers)?;
        }
    }
    Ok(lexicon)
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbEntry {
    c: String,
    #[serde(default)]
    f: Vec<String>,
    speech: Option<String>,
    aux: Option<String>,
    modal: Option<String>,
    #[serde(default)]
    plan: bool,
    #[serde(default)]
    light: bool,
    #[serde(default)]
    through: bool,
    #[serde(default)]
    etre: bool,
    #[serde(default)]
    active: bool,
    #[serde(default)]
    suffers: bool,
    #[serde(default)]
    releases: bool,
    #[serde(default)]
    more: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NounEntry {
    unit: Option<String>,
    civilian: Option<bool>,
    indicator: Option<String>,
    argument: Option<String>,
    #[serde(default)]
    also: Vec<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct NounFile {
    roles: BTreeMap<String, Vec<String>>,
    documents: NounEntry,
    #[serde(flatten)]
    classes: toml::Table,
}

type Table = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    bounds: Table,
    vague: BTreeMap<String, (f64, f64)>,
    collectives: BTreeMap<String, f64>,
    numbers: NumberWords,
    refuse: Table,
    prepositions: Table,
    determiners: Table,
    negation: Table,
    reflexive: Table,
    relative: Table,
    subordinators: Table,
    coordination: Table,
    pronouns: Table,
    attribution: Table,
    stance: Table,
    west: BTreeMap<String, WestEntry>,
    #[serde(default)]
    endings: Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WestEntry {
    demonyms: Vec<String>,
    names: Vec<String>,
    adjective: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberWords {
    words: Vec<String>,
    join: Vec<String>,
    scales: BTreeMap<String, f64>,
    half: Vec<String>,
    zero: Vec<String>,
    article: Vec<String>,
    partitive: Vec<String>,
    to: Vec<String>,
    and: Vec<String>,
    or: Vec<String>,
    among: Vec<String>,
    of_them: Vec<String>,
    other: Vec<String>,
    #[serde(default)]
    infinitive: Vec<String>,
}

fn parse<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, PackError> {
    toml::from_str(text).map_err(|e| PackError::Toml { file, source: Box::new(e) })
}

fn load(language: &'static str) -> Result<Lexicon, PackError> {
    let text = |name: &str| file(&format!("{language}/{name}"));
    let words: WordFile = parse("words.toml", text("words.toml"))?;
    let verbs: BTreeMap<String, VerbEntry> = parse("verbs.toml", text("verbs.toml"))?;
    let nouns: NounFile = parse("nouns.toml", text("nouns.toml"))?;
    let mut lexicon = Lexicon {
        language,
        classes: Phrases::new(Matching::Lower),
        bounds: Phrases::new(Matching::Lower),
        bounds_after: Phrases::new(Matching::Lower),
        vague: Phrases::new(Matching::Lower),
        collectives: words.collectives.iter().flat_map(|(w, v)| both_numbers(language, w, *v)).collect(),
        scales: words.numbers.scales.iter().map(|(w, v)| (w.as_str().into(), *v)).collect(),
        nouns: Phrases::new(Matching::Lower),
        noun_roles: Phrases::new(Matching::Lower),
        forms: HashMap::new(),
        verbs: Vec::new(),
        noun_classes: Vec::new(),
        groups: HashMap::new(),
        roles: Vec::new(),
        west: Vec::new(),
        adverb_endings: words.endings.get("adverb").into_iter().flatten().map(|e| e.as_str().into()).collect(),
        negates_twice: words.negation.get("particles").is_some_and(|p| !p.is_empty()),
    };
    lexicon.add_words(&words)?;
    for (lemma, entry) in &verbs {
        lexicon.add_verb(lemma, entry)?;
    }
    lexicon.add_nouns(&nouns)?;
    lexicon.add_groups()?;
    for (name, west) in words.west {
        lexicon.west.push(West {
            name: name.into(),
            adjective: west.adjective.into(),
            names: west.names,
            demonyms: west.demonyms,
        });
    }
    Ok(lexicon)
}

fn both_numbers(language: &str, word: &str, value: f64) -> [(Box<str>, f64); 2] {
    [(word.into(), value), (plural(language, word).into(), value)]
}

fn plural(language: &str, word: &str) -> String {
    if language == "fr" { french_plural(word) } else { english_plural(word) }
}

impl Lexicon {
    fn add_words(&mut self, words: &WordFile) -> Result<(), PackError> {
        let sets: [(&Table, &[(&str, Class)]); 11] = [
            (
                &words.refuse,
                &[
                    ("after", Class::RefuseAfter),
                    ("money_after_scale", Class::RefuseAfter),
                    ("before", Class::RefuseBefore),
                ],
            ),
            (
                &words.prepositions,
                &[
                    ("words", Class::Preposition),
                    ("of", Class::Of),
                    ("to", Class::To),
                    ("by", Class::By),
                    ("against", Class::Against),
                    ("with", Class::With),
                    ("between", Class::Between),
                    ("place", Class::PlacePreposition),
                    ("locative", Class::Locative),
                    ("anchor", Class::Anchor),
                ],
            ),
            (
                &words.determiners,
                &[
                    ("definite", Class::Definite),
                    ("indefinite", Class::Indefinite),
                    ("demonstrative", Class::Demonstrative),
                    ("possessive", Class::Possessive),
                    ("quantifier", Class::Quantifier),
                ],
            ),
            (
                &words.negation,
                &[
                    ("particles", Class::NegationParticle),
                    ("words", Class::Negation),
                    ("neither", Class::Neither),
                    ("without", Class::Without),
                ],
            ),
            (&words.reflexive, &[("words", Class::Reflexive)]),
            (&words.relative, &[("words", Class::Relative)]),
            (
                &words.subordinators,
                &[("words", Class::Subordinator), ("hypothesis", Class::Hypothesis), ("concession", Class::Concession)],
            ),
            (&words.coordination, &[("words", Class::Coordinator)]),
            (
                &words.pronouns,
                &[
                    ("speaker", Class::SpeakerPronoun),
                    ("subject", Class::SubjectPronoun),
                    ("object", Class::ObjectPronoun),
                    ("tied", Class::TiedConsonant),
                    ("plural", Class::PluralPronoun),
                ],
            ),
            (
                &words.attribution,
                &[
                    ("before", Class::Before),
                    ("relay", Class::Relay),
                    ("says", Class::Says),
                    ("before_initial", Class::BeforeInitial),
                    ("relayed_by", Class::RelayedBy),
                    ("channel", Class::Adverb),
                ],
            ),
            (
                &words.stance,
                &[
                    ("hedge", Class::Hedge),
                    ("officially", Class::Officially),
                    ("new", Class::Adverb),
                    ("unverified", Class::Independent),
                    ("unverifiable", Class::Negation),
                    ("silent", Class::Silent),
                    ("withdrawn_figure", Class::WithdrawnFigure),
                    ("negated_figure", Class::NegatedFigure),
                    ("unquantified", Class::Unquantified),
                    ("inactive", Class::Inactive),
                    ("engaged", Class::Engaged),
                ],
            ),
        ];
        for (table, known) in sets {
            for (key, phrases) in table {
                let class = known
                    .iter()
                    .find(|(name, _)| name == key)
                    .map(|(_, class)| *class)
                    .ok_or_else(|| PackError::Unknown { word: key.clone(), what: "a class of words.toml" })?;
                self.add_class(class, phrases);
            }
        }
        let numbers = &words.numbers;
        for (class, phrases) in [
            (Class::NumberWord, &numbers.words),
            (Class::NumberJoin, &numbers.join),
            (Class::Half, &numbers.half),
            (Class::Zero, &numbers.zero),
            (Class::Article, &numbers.article),
            (Class::Partitive, &numbers.partitive),
            (Class::RangeTo, &numbers.to),
            (Class::And, &numbers.and),
            (Class::Or, &numbers.or),
            (Class::Among, &numbers.among),
            (Class::OfThem, &numbers.of_them),
            (Class::Other, &numbers.other),
            (Class::InfinitiveMark, &numbers.infinitive),
        ] {
            self.add_class(class, phrases);
        }
        for (key, phrases) in &words.bounds {
            let (bound, after) = match key.as_str() {
                "floor" => (Bound::Floor, false),
                "ceiling" => (Bound::Ceiling, false),
                "nearly" => (Bound::Nearly, false),
                "about" => (Bound::About, false),
                "exact" => (Bound::Exact, false),
                "between" => (Bound::Between, false),
                "floor_after" => (Bound::Floor, true),
                "ceiling_after" => (Bound::Ceiling, true),
                "about_after" => (Bound::About, true),
                "from" => {
                    self.add_class(Class::RangeFrom, phrases);
                    continue;
                }
                _ => return Err(PackError::Unknown { word: key.clone(), what: "a bound" }),
            };
            for phrase in phrases.iter().flat_map(|p| with_elision(p)) {
                if after { self.bounds_after.add(&phrase, bound) } else { self.bounds.add(&phrase, bound) }
            }
        }
        for (phrase, interval) in &words.vague {
            self.vague.add(phrase, *interval);
        }
        Ok(())
    }

    fn add_class(&mut self, class: Class, phrases: &[String]) {
        for phrase in phrases.iter().flat_map(|p| with_elision(p)) {
            self.classes.add(&phrase, class);
        }
    }

    fn add_verb(&mut self, lemma: &str, entry: &VerbEntry) -> Result<(), PackError> {
        let id = VerbId(self.verbs.len() as u16);
        // A homograph carries a number: `lie.2`.
        let lemma = lemma.split('.').next().unwrap_or(lemma);
        let forms = match self.language {
            "fr" => french_verb(lemma, &entry.c)?,
            _ => english_verb(lemma, &entry.c)?,
        };
        let more = entry.more.iter().map(|form| (form.clone(), Form::Finite(super::Tense::Present)));
        for (form, kind) in forms.into_iter().chain(more) {
            let readings = self.forms.entry(form.into()).or_default();
            if !readings.contains(&(id, kind)) {
                readings.push((id, kind));
            }
        }
        let unknown = |word: &str, what| PackError::Unknown { word: word.to_owned(), what };
        let helper = match (entry.aux.as_deref(), entry.modal.as_deref()) {
            (Some("have"), _) => Some(Helper::Have),
            (Some("be"), _) => Some(Helper::Be),
            (Some("do"), _) => Some(Helper::Do),
            (_, Some("possible")) => Some(Helper::Possible),
            (_, Some("expected")) => Some(Helper::Expected),
            (_, Some("future")) => Some(Helper::Future),
            (None, None) => None,
            (Some(word), _) | (None, Some(word)) => return Err(unknown(word, "an auxiliary or modal")),
        };
        let speech = match entry.speech.as_deref() {
            None => None,
            Some("say") => Some(Speech::Say),
            Some("accuse") => Some(Speech::Accuse),
            Some("deny") => Some(Speech::Deny),
            Some("refuse") => Some(Speech::Refuse),
            Some("silent") => Some(Speech::Silent),
            Some("fear") => Some(Speech::Fear),
            Some("cite") => Some(Speech::Cite),
            Some("know") => Some(Speech::Know),
            Some("verify") => Some(Speech::Verify),
            Some("comment") => Some(Speech::Comment),
            Some("guard") => Some(Speech::Guard),
            Some("remain") => Some(Speech::Remain),
            Some(word) => return Err(unknown(word, "a kind of speech")),
        };
        self.verbs.push(Verb {
            lemma: lemma.into(),
            frames: entry.f.iter().map(|f| frame(lemma, f)).collect::<Result<_, _>>()?,
            speech,
            helper,
            plan: entry.plan,
            light: entry.light,
            through: entry.through,
            be_perfect: entry.etre,
            speaks_in_active: entry.active,
            suffers: entry.suffers,
            releases: entry.releases,
        });
        Ok(())
    }

    /// An indicator of a theatre: its verbs count their object, its nouns carry the indicator by themselves.
    fn add_indicator(&mut self, indicator: &Indicator, triggers: &Triggers) -> Result<(), PackError> {
        // What it counts: nouns of its unit, or any noun where it names none.
        let classes: Vec<Box<str>> = match &indicator.unit {
            Some(unit) => vec![format!("unit:{unit}").into()],
            None => vec!["any".into()],
        };
        for (lemmas, agent) in [(&triggers.active, true), (&triggers.passive, false)] {
            for lemma in lemmas {
                let frame = Frame {
                    indicator: indicator.id.as_str().into(),
                    role: Role::Object,
                    classes: classes.clone(),
                    object: None,
                    agent,
                };
                match self.verbs.iter_mut().find(|v| *v.lemma == **lemma) {
                    Some(verb) => verb.frames.insert(0, frame),
                    None => {
                        let c = self.guess_conjugation(lemma);
                        self.add_verb(lemma, &VerbEntry { c, ..VerbEntry::default() })?;
                        if let Some(verb) = self.verbs.last_mut() {
                            verb.frames.push(frame);
                        }
                    }
                }
            }
        }
        let id = ClassId(self.noun_classes.len() as u8);
        if !triggers.nouns.is_empty() && id.0 < 64 {
            self.noun_classes.push(NounClass {
                name: indicator.id.as_str().into(),
                unit: indicator.unit.as_deref().map(Into::into),
                civilian: None,
                indicator: Some(indicator.id.as_str().into()),
                argument: None,
                also: Vec::new(),
            });
            for noun in &triggers.nouns {
                self.nouns.add(noun, id);
                let plural = self.plural_of_name(noun);
                if plural != *noun {
                    self.nouns.add(&plural, id);
                }
            }
        }
        Ok(())
    }

    /// A theatre gives a verb by its dictionary form alone; an irregular one that no pack knows is an error.
    fn guess_conjugation(&self, lemma: &str) -> String {
        let ending = ["er", "ir", "re"].into_iter().find(|ending| lemma.ends_with(ending));
        match (self.language, ending) {
            ("fr", Some(ending)) => ending.to_owned(),
            ("fr", None) => String::new(),
            _ => "reg".to_owned(),
        }
    }

    fn add_nouns(&mut self, file: &NounFile) -> Result<(), PackError> {
        for (name, table) in &file.classes {
            let entry: NounEntry = table
                .clone()
                .try_into()
                .map_err(|e: toml::de::Error| PackError::Toml { file: "nouns.toml", source: Box::new(e) })?;
            let id = ClassId(self.noun_classes.len() as u8);
            let soldier = matches!(name.as_str(), "soldier" | "troops");
            self.noun_classes.push(NounClass {
                name: name.as_str().into(),
                unit: entry.unit.map(Into::into),
                civilian: if soldier { Some(false) } else { entry.civilian },
                indicator: entry.indicator.map(Into::into),
                argument: entry.argument.map(Into::into),
                also: entry.also.iter().filter_map(|a| a.split_once(' ')).map(|(i, a)| (i.into(), a.into())).collect(),
            });
            for word in &entry.words {
                let (singular, plural) = match word.split_once('/') {
                    Some((singular, plural)) => (singular, plural.to_owned()),
                    None => (word.as_str(), self.plural_of_name(word)),
                };
                self.nouns.add(singular, id);
                if plural != singular {
                    self.nouns.add(&plural, id);
                }
            }
        }
        for (role, words) in &file.roles {
            let index = self.roles.len() as u16;
            self.roles.push(role.as_str().into());
            for word in words {
                self.noun_roles.add(word, NounRole::Speaker(index));
            }
        }
        for word in &file.documents.words {
            self.noun_roles.add(word, NounRole::Document);
            self.noun_roles.add(&self.plural_of_name(word), NounRole::Document);
        }
        Ok(())
    }

    /// The plural of a name of several words: French inflects what stands before the first preposition, English
    /// the last word of it.
    fn plural_of_name(&self, name: &str) -> String {
        let words: Vec<&str> = name.split(' ').collect();
        let is_preposition = |w: &&str| matches!(*w, "de" | "à" | "en" | "of" | "in") || w.starts_with("d'");
        let head = words.iter().position(is_preposition).unwrap_or(words.len());
        let inflect = |(i, word): (usize, &&str)| match self.language {
            "fr" if i < head => french_plural(word),
            "en" if i + 1 == head => english_plural(word),
            _ => (*word).to_owned(),
        };
        words.iter().enumerate().map(inflect).collect::<Vec<_>>().join(" ")
    }

    fn add_groups(&mut self) -> Result<(), PackError> {
        let groups: Table = parse("classes.toml", file("classes.toml"))?;
        for (group, members) in groups {
            let mut set = 0;
            for member in members {
                let Some(at) = self.noun_classes.iter().position(|c| *c.name == *member) else {
                    return Err(PackError::Unknown { word: member, what: "a class of nouns.toml" });
                };
                set |= 1 << at;
            }
            self.groups.insert(group.into(), set);
        }
        Ok(())
    }
}

/// A phrase, and where it ends in a word that loses its vowel before another, the elided form: *plus de*, *plus d'*.
fn with_elision(phrase: &str) -> impl Iterator<Item = String> {
    let elided = phrase.strip_suffix(" de").map(|stem| format!("{stem} d"));
    std::iter::once(phrase.to_owned()).chain(elided)
}

fn frame(lemma: &str, text: &str) -> Result<Frame, PackError> {
    let unreadable = || PackError::Frame { lemma: lemma.to_owned(), frame: text.to_owned() };
    let (text, object) = match text.split_once(" + ") {
        Some((text, object)) => (text, Some(object.into())),
        None => (text, None),
    };
    let words: Vec<&str> = text.split(' ').collect();
    let [indicator, role, classes, rest @ ..] = words.as_slice() else { return Err(unreadable()) };
    let role = match *role {
        "subject" => Role::Subject,
        "object" => Role::Object,
        "de" => Role::Of,
        "par" => Role::By,
        "receive" => Role::Received,
        _ => return Err(unreadable()),
    };
    let agent = match rest {
        [] => false,
        ["agent"] => true,
        _ => return Err(unreadable()),
    };
    let classes = classes.split('|').map(Into::into).collect();
    Ok(Frame { indicator: (*indicator).into(), role, classes, object, agent })
}
