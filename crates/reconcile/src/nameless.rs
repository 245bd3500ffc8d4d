//! Speakers without a name: who stands for one body all the same, who is one of many, who may be anybody.

use recoup_model::{Actor, fold};

use crate::register::Register;

/// What a speaker without a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nameless {
    /// Somebody with a role: a resident, an analyst, a diplomat.
    Role,
    /// A crowd that may hold any of the named: Western countries, the press.
    Collective,
}

/// Nouns that make "Ukrainian ..." a body of that state.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "administration", "air force", "ambassade", "ambassadeur", "ambassador", "armed", "armee", "armees", "army",
    "authorities", "autorites", "border guard", "cabinet", "civil defence", "civil defense", "coast guard", "command",
    "commandement", "commander", "coordination headquarters", "defence", "defense", "defense civile", "delegation",
    "diplomacy", "diplomatic", "diplomatie", "embassy", "emergency service", "emergency services", "etat major",
    "forces", "foreign ministry", "garde cotes", "garde nationale", "gendarmerie", "general", "general staff",
    "gouvernement", "gouverneur", "gouvernorat", "government", "governor", "governorate", "intelligence",
    "intelligence service", "junta", "junte", "marine", "military", "minister", "ministere", "ministre", "ministry",
    "national guard", "navy", "officer", "officers", "official", "officials", "officiels", "ombudsman", "parliament",
    "parquet", "police", "porte parole", "prefect", "prefecture", "prefet", "presidence", "presidency", "president",
    "prime minister", "procureur", "prosecutor", "protection civile", "renseignement", "renseignements",
    "security service", "security services", "services d urgence", "services de securite", "spokesman", "spokesperson",
    "spokeswoman", "state television", "wali",
];

/// Nouns for somebody who is known by a role alone.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "activist", "activists", "administrator", "administrators", "adviser", "advisers", "advisor", "advisors",
    "analyst", "analyste", "analystes", "analysts", "attache", "attaches", "bishop", "bishops",
    "diplomat", "diplomate", "diplomates", "diplomats", "doctor", "doctors", "driver",
    "drivers", "elder", "elders", "expert", "experts", "farmer", "farmers", "fighter", "fighters", "habitant",
    "habitants", "herder", "herders", "humanitarians", "imam", "imams", "insider", "insiders", "journalist",
    "journalists", "lawmaker", "lawmakers", "lawyer", "lawyers", "medecin", "medecins", "medic",
    "medics", "merchant", "merchants", "militant", "militants", "miner", "miners", "monk", "monks", "nurse", "nurses",
    "observateurs", "observer", "observers", "officer", "officers", "official", "officials", "participant",
    "participants", "pastor", "pastors", "pilot", "pilots", "priest", "priests",
    "refugee", "refugees", "rescuer", "rescuers", "researcher", "researchers", "resident", "residents", "responsable",
    "responsables", "riverains", "secouriste", "secouristes", "shopkeeper", "shopkeepers", "soldat", "soldats",
    "soldier", "soldiers", "source", "sources", "student", "students", "surgeon", "surgeons", "survivor", "survivors",
    "teacher", "teachers", "temoin", "temoins", "trader", "traders", "villager", "villagers", "volunteer",
    "volunteers", "witness", "witnesses", "worker", "workers",
];

/// Nouns whose plural holds an unknown number of named bodies.
#[rustfmt::skip]
const CROWDS: &[&str] = &[
    "allies", "capitals", "capitales", "countries", "governments", "media", "medias", "outlets", "partenaires",
    "partners", "pays", "powers", "press", "presse", "puissances", "states",
];

/// Adjectives under which several states speak as one.
#[rustfmt::skip]
const BROAD: &[&str] = &[
    "allied", "allies", "european", "europeens", "foreign", "international", "occidentaux", "several", "western",
    "occidentales",
];

/// Bodies that the text leaves without a name.
#[rustfmt::skip]
const BODIES_UNNAMED: &[&str] = &[
    "agence de presse", "aid agency", "aid group", "groupe de reflexion", "human rights group",
    "institut de recherche", "news agency", "ong", "ngo", "research group", "research institute", "think tank",
];

/// What a speaker is whom no theatre knows, by the words of its id; `None` for a name.
pub(crate) fn nameless(id: &str) -> Option<Nameless> {
    let text = fold(id);
    let words: Vec<&str> = text.split(' ').collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let last = words.last().copied().unwrap_or_default();
    let first = words.first().copied().unwrap_or_default();
    if CROWDS.contains(&last) || CROWDS.contains(&first) && words.len() <= 2 || has(BROAD) && holds_body(&text) {
        return Some(Nameless::Collective);
    }
    (BODIES_UNNAMED.contains(&text.as_str()) || ROLES.contains(&last) || ROLES.contains(&first) && words.len() <= 2)
        .then_some(Nameless::Role)
}

/// The actor of whose state the speaker is a body: "Ukrainian intelligence", "armée ukrainienne".
pub(crate) fn actor_of<'r>(id: &str, register: &'r Register) -> Option<&'r Actor> {
    let text = fold(id);
    if !holds_body(&text) {
        return None;
    }
    register.actor_in(&text).or_else(|| governed(&text, register))
}

/// The state whose governor of a place it is; a mayor is elected there and speaks for his town.
fn governed<'r>(text: &str, register: &'r Register) -> Option<&'r Actor> {
    let office = ["governor", "gouvernorat", "governorate", "prefect", "prefet", "prefecture", "wali"];
    let words: Vec<&str> = text.split(' ').filter(|word| !matches!(*word, "of" | "de" | "du" | "the" | "le")).collect();
    let rest: Vec<&str> = words.iter().copied().filter(|word| !office.contains(word)).collect();
    if rest.len() == words.len() {
        return None;
    }
    let mut at = register.place_named(&rest.join(" "))?.id.as_str();
    while let Some(larger) = register.next_larger(at) {
        at = larger;
    }
    register.actor_at(at)
}

fn holds_body(text: &str) -> bool {
    BODIES.iter().any(|body| mentions(text, body))
}

/// Whether the words stand in the folded text; the last may be inflected.
fn mentions(text: &str, words: &str) -> bool {
    text.match_indices(words)
        .filter(|(at, _)| *at == 0 || text.as_bytes().get(at - 1) == Some(&b' '))
        .map(|(at, _)| text[at + words.len()..].split(' ').next().unwrap_or_default().len())
        .any(|rest| rest == 0 || rest <= 2 && words.len() > 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use recoup_model::{Demonyms, Theatre};

    #[test]
    fn speakers_without_a_name() {
        let cases = [
            ("resident", Some(Nameless::Role)),
            ("rescue-workers", Some(Nameless::Role)),
            ("local-official", Some(Nameless::Role)),
            ("ethiopian-experts", Some(Nameless::Role)),
            ("western-countries", Some(Nameless::Collective)),
            ("western-intelligence", Some(Nameless::Collective)),
            ("georgian-media", Some(Nameless::Collective)),
            ("mayor-of-tskhinvali", None),
            ("doctors-without-borders", None),
            ("medecins-sans-frontieres", None),
            ("research-institute", Some(Nameless::Role)),
            ("peace-research-institute-oslo", None),
            ("osce", None),
        ];
        for (id, want) in cases {
            assert_eq!(nameless(id), want, "{id}");
        }
    }

    #[test]
    fn a_body_of_a_state_speaks_for_the_state() {
        let actor = |id: &str, en: &str, fr: &str| Actor {
            id: id.to_owned(),
            name: None,
            name_fr: None,
            kind: None,
            side: None,
            names: Vec::new(),
            metonyms: Vec::new(),
            demonyms: Demonyms { en: vec![en.to_owned()], fr: vec![fr.to_owned()] },
            place: None,
        };
        let theatre = Theatre {
            actors: vec![
                actor("sudan", "Sudanese", "soudanais"),
                actor("south-sudan", "South Sudanese", "sud-soudanais"),
                actor("rsf", "Rapid Support Forces", "FSR"),
                Actor { names: vec!["Houthis".to_owned()], ..actor("houthis", "", "") },
            ],
            ..Theatre::default()
        };
        let cases = [
            ("sudanese-army", Some("sudan")),
            ("south-sudanese-ministry-of-defence", Some("south-sudan")),
            ("armee-soudanaise", Some("sudan")),
            ("rsf-spokesman", Some("rsf")),
            ("houthi-health-ministry", Some("houthis")),
            ("sudanese-doctors", None),
            ("chadian-army", None),
        ];
        let register = Register::of(&Arc::new(theatre));
        for (id, want) in cases {
            assert_eq!(actor_of(id, &register).map(|a| a.id.as_str()), want, "{id}");
        }
    }
}
