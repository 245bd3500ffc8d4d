//! Fills a lexicon from what the files of a pack say.

use std::collections::HashSet;

use recoup_model::{Indicator, Triggers};

use super::classes::{BodyKind, ClassId, Frame, Helper, NounClass, NounRole, Role, Speech, Verb, VerbId};
use super::conjugate::{english_plural, english_verb, french_plural, french_verb};
use super::frame::frame;
use super::load::{NounEntry, NounFile, PackError, Table, VerbEntry, WordFile, file, parse};
use super::{Bound, Class, Form, Lexicon, Mask, Opens};
use crate::figure::Cue;

impl Lexicon {
    pub(super) fn add_words(&mut self, words: &WordFile) -> Result<(), PackError> {
        let sets: [(&Table, &[(&str, Class)]); 10] = [
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
                    ("since", Class::Since),
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
                    ("compounded", Class::Compounded),
                    ("ruled", Class::Ruled),
                    ("per", Class::Per),
                    ("governmental", Class::Governmental),
                    ("any", Class::Any),
                    ("how_many", Class::HowMany),
                ],
            ),
            (
                &words.negation,
                &[
                    ("particles", Class::NegationParticle),
                    ("words", Class::Negation),
                    ("neither", Class::Neither),
                    ("without", Class::Without),
                    ("restriction", Class::Restriction),
                ],
            ),
            (&words.reflexive, &[("words", Class::Reflexive)]),
            (&words.relative, &[("words", Class::Relative), ("where", Class::Where)]),
            (
                &words.subordinators,
                &[
                    ("words", Class::Subordinator),
                    ("hypothesis", Class::Hypothesis),
                    ("concession", Class::Concession),
                    ("simultaneous", Class::Simultaneous),
                ],
            ),
            (&words.coordination, &[("words", Class::Coordinator), ("then", Class::Then)]),
            (
                &words.pronouns,
                &[
                    ("speaker", Class::SpeakerPronoun),
                    ("subject", Class::SubjectPronoun),
                    ("object", Class::ObjectPronoun),
                    ("tied", Class::TiedConsonant),
                    ("plural", Class::PluralPronoun),
                    ("ours", Class::OfOurs),
                    ("ranks", Class::Ranks),
                    ("singular", Class::SingularPronoun),
                    ("outlet", Class::Outlet),
                    ("someone", Class::Someone),
                ],
            ),
            (
                &words.attribution,
                &[
                    ("by_them", Class::ByThem),
                    ("as_for", Class::AsFor),
                    ("learnt", Class::Learnt),
                    ("learnt_from", Class::LearntFrom),
                    ("before", Class::Before),
                    ("relay", Class::Relay),
                    ("says", Class::Says),
                    ("before_initial", Class::BeforeInitial),
                    ("relayed_by", Class::RelayedBy),
                    ("channel", Class::Adverb),
                    ("made_known", Class::MadeKnown),
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
                    ("prospective", Class::Prospective),
                    ("likely", Class::Likely),
                    ("there", Class::There),
                    ("alive", Class::Alive),
                    ("impartial", Class::Impartial),
                    ("strong", Class::Strong),
                    ("no_telling", Class::Unverifiable),
                    ("hard", Class::Hard),
                    ("yet", Class::Yet),
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
        let small_scales = numbers.table.scales.iter().filter(|(_, value)| **value <= 1000.0).map(|(word, _)| word);
        let number_words: Vec<String> = numbers.table.words.keys().chain(small_scales).cloned().collect();
        for (class, phrases) in [
            (Class::NumberWord, &number_words),
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
            (Class::Included, &numbers.included),
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
                if after {
                    self.bounds_after.add(&mut self.vocabulary, &phrase, bound);
                } else {
                    self.bounds.add(&mut self.vocabulary, &phrase, bound);
                }
            }
        }
        self.add_figures(words)
    }

    /// What figures are made of, and what they may begin with.
    fn add_figures(&mut self, words: &WordFile) -> Result<(), PackError> {
        let numbers = &words.numbers;
        self.figures.add_numbers(&mut self.vocabulary, &numbers.table);
        for (key, phrases) in &words.refuse {
            let cue = match key.as_str() {
                "after" => Cue::RefuseAfter,
                "before" => Cue::RefuseBefore,
                _ => {
                    return Err(PackError::Unknown {
                        word: key.clone(),
                        what: "a place beside a number that counts nothing",
                    });
                }
            };
            self.figures.add_cues(&mut self.vocabulary, cue, phrases);
        }
        for (word, value) in &words.collectives {
            self.add_collective(word, *value);
        }
        for (phrase, interval) in &words.vague {
            self.figures.add_vague(&mut self.vocabulary, phrase, *interval);
        }
        let before = words.bounds.iter().filter(|(key, _)| !key.ends_with("_after")).flat_map(|(_, phrases)| phrases);
        for phrase in before.chain(&numbers.zero) {
            self.figures.may_open(&mut self.vocabulary, phrase, false);
        }
        for phrase in &numbers.article {
            self.figures.may_open(&mut self.vocabulary, phrase, true);
        }
        Ok(())
    }

    /// A collective and its plural.
    pub(super) fn add_collective(&mut self, word: &str, value: f64) {
        let plural = if self.language == "fr" { french_plural(word) } else { english_plural(word) };
        self.figures.add_collective(&mut self.vocabulary, word, value);
        self.figures.add_collective(&mut self.vocabulary, &plural, value);
    }

    /// Makes all tables ready to be looked up.
    pub(super) fn seal(&mut self) {
        self.classes.seal();
        self.bounds.seal();
        self.bounds_after.seal();
        self.figures.seal();
        self.nouns.seal();
        self.noun_roles.seal();
        self.bodies.seal();
        self.forms.seal();
        self.add_other_verb();
    }

    /// The verb of which the pack says nothing, in all its forms.
    fn add_other_verb(&mut self) {
        let id = VerbId(self.verbs.len() as u16);
        self.verbs.push(Verb::other());
        self.other_forms = (0..256).map(|mask| Mask::new(mask).forms().map(|form| (id, form)).collect()).collect();
    }

    fn add_class(&mut self, class: Class, phrases: &[String]) {
        for phrase in phrases.iter().flat_map(|p| with_elision(p)) {
            let (first, len) = self.classes.add(&mut self.vocabulary, &phrase, class);
            if self.opens.len() <= first.index() {
                self.opens.resize(first.index() + 1, Opens::default());
            }
            let opens = &mut self.opens[first.index()];
            opens.all.insert(class);
            opens.longer |= len > 1;
            // A function word is no form of a verb that nobody knows; a phrase settles nothing of its words.
            if !phrase.contains([' ', '\'', '-']) {
                let word = self.vocabulary.learn(&phrase);
                self.vocabulary.settle(word);
            }
        }
    }

    pub(super) fn add_verb(&mut self, lemma: &str, entry: &VerbEntry) -> Result<(), PackError> {
        let id = VerbId(self.verbs.len() as u16);
        // A homograph carries a number: `lie.2`.
        let lemma = lemma.split('.').next().unwrap_or(lemma);
        let forms = match self.language {
            "fr" => french_verb(lemma, &entry.c)?,
            _ => english_verb(lemma, &entry.c)?,
        };
        let finite = |form: &String, tense| (form.clone(), Form::Finite(tense));
        let present = entry.more.iter().map(|form| finite(form, super::Tense::Present));
        let more = present.chain(entry.past.iter().map(|form| finite(form, super::Tense::Past)));
        let mut made = HashSet::new();
        for (form, kind) in forms.into_iter().chain(more) {
            if made.insert((form.clone(), kind)) {
                let word = self.vocabulary.learn(&form);
                self.vocabulary.settle(word);
                self.forms.add(word, (id, kind));
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
        let measures = match entry.measures.as_deref() {
            None => None,
            Some("exactly") => Some(Bound::Exact),
            Some("more") => Some(Bound::Floor),
            Some("less") => Some(Bound::Ceiling),
            Some("nearly") => Some(Bound::Nearly),
            Some("about") => Some(Bound::About),
            Some(word) => return Err(unknown(word, "a measure")),
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
            concedes: entry.concedes,
            stands: entry.stands,
            revises: entry.revises,
            measures,
            releases: entry.releases,
            tells: entry.tells,
            confirms: entry.confirms,
        });
        Ok(())
    }

    /// An indicator of a theatre: its verbs count their object, its nouns carry the indicator by themselves.
    pub(super) fn add_indicator(&mut self, indicator: &Indicator, triggers: &Triggers) -> Result<(), PackError> {
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
                    negated: false,
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
        if !triggers.nouns.is_empty() && id.0 < 128 {
            self.noun_classes.push(NounClass {
                name: indicator.id.as_str().into(),
                unit: indicator.unit.as_deref().map(Into::into),
                civilian: None,
                indicator: Some(indicator.id.as_str().into()),
                argument: None,
                also: Vec::new(),
            });
            for noun in &triggers.nouns {
                self.nouns.add(&mut self.vocabulary, noun, id);
                let plural = self.plural_of_name(noun);
                if plural != *noun {
                    self.nouns.add(&mut self.vocabulary, &plural, id);
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

    pub(super) fn add_nouns(&mut self, file: &NounFile) -> Result<(), PackError> {
        for (name, table) in &file.classes {
            let entry: NounEntry = table
                .clone()
                .try_into()
                .map_err(|e: toml::de::Error| PackError::Toml { file: "nouns.toml", source: Box::new(e) })?;
            let id = ClassId(self.noun_classes.len() as u8);
            let soldier = matches!(name.as_str(), "soldier" | "irregular" | "troops");
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
                self.nouns.add(&mut self.vocabulary, singular, id);
                if plural != singular {
                    self.nouns.add(&mut self.vocabulary, &plural, id);
                }
            }
        }
        for (role, words) in &file.roles {
            let index = self.roles.len() as u16;
            self.roles.push(role.as_str().into());
            for word in words {
                self.noun_roles.add(&mut self.vocabulary, word, NounRole::Speaker(index));
            }
        }
        for (words, kind) in [(&file.bodies.words, BodyKind::Body), (&file.bodies.groups, BodyKind::Group)] {
            for word in words {
                self.bodies.add(&mut self.vocabulary, word, kind);
            }
        }
        for word in &file.documents.words {
            self.noun_roles.add(&mut self.vocabulary, word, NounRole::Document);
            let plural = self.plural_of_name(word);
            self.noun_roles.add(&mut self.vocabulary, &plural, NounRole::Document);
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

    pub(super) fn add_groups(&mut self) -> Result<(), PackError> {
        let groups: Table = parse("classes.toml", file("classes.toml"))?;
        for (group, members) in groups {
            let mut set = 0u128;
            for member in members {
                let Some(at) = self.noun_classes.iter().position(|c| *c.name == *member) else {
                    return Err(PackError::Unknown { word: member, what: "a class of nouns.toml" });
                };
                set |= 1u128 << at;
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
