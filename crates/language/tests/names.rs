//! Names as a table: a text, and every known name in it with what it stands for.
#![allow(clippy::unwrap_used)]

use recoup_language::lexicon::{Lexicon, Vocabulary};
use recoup_language::{Known, Names, Tokens, world};
use recoup_model::Theatre;

/// `Mali=actor:mali,place:ml Gao=place:ml-gao`, in the order of the text.
fn found(theatre: &Theatre, names: &Names, text: &str) -> String {
    let tokens = Tokens::new(text, &Vocabulary::default());
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(name) = names.at(&tokens, at) else {
            at += 1;
            continue;
        };
        let words = tokens.span(&name.tokens).slice(text).unwrap();
        let known: Vec<String> = name.known.iter().map(|k| stands_for(theatre, *k)).collect();
        found.push(format!("{words}={}", known.join(",")));
        at = name.tokens.end;
    }
    found.join(" ")
}

fn stands_for(theatre: &Theatre, known: Known) -> String {
    match known {
        Known::Actor(i) => format!("actor:{}", theatre.actors[i as usize].id),
        Known::Demonym(i) => format!("demonym:{}", theatre.actors[i as usize].id),
        Known::Metonym(i) => format!("metonym:{}", theatre.actors[i as usize].id),
        Known::Place(i) => format!("place:{}", theatre.places[i as usize].id),
        Known::Source(i) => format!("source:{}", theatre.sources[i as usize].id),
        Known::Introduced(i) => format!("introduced:{i}"),
        Known::West(_) => "west".to_owned(),
    }
}

fn check_with(theatre: &Theatre, language: &str, cases: &[(&str, &str)]) {
    let names = Names::new(theatre, Lexicon::of(language).unwrap());
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, found(theatre, &names, text)))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(text, expected, found)| format!("{text}\n  expected {expected}\n     found {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

fn check(language: &str, cases: &[(&str, &str)]) {
    check_with(world(), language, cases);
}

#[test]
fn a_name_with_a_capital_needs_one() {
    check("fr", &[("le Mali", "Mali=actor:mali,place:ml"), ("le mali", ""), ("LE MALI", "MALI=actor:mali,place:ml")]);
    check(
        "en",
        &[("in China", "China=actor:china,place:cn"), ("bone china", ""), ("in CHINA", "CHINA=actor:china,place:cn")],
    );
}

#[test]
fn a_name_marked_case_is_found_in_one_spelling_only() {
    check(
        "en",
        &[
            ("The WHO said", "WHO=source:who"),
            ("the man who said", ""),
            ("Who said so?", ""),
            ("the EU mission", "EU=actor:european-union,source:european-union"),
        ],
    );
    check("fr", &[("le PAM distribue", "PAM=source:wfp"), ("Pam distribue", ""), ("un accord", ""), ("Un accord", "")]);
}

#[test]
fn acronyms_with_and_without_dots() {
    check(
        "en",
        &[
            ("U.S. ships", "U.S.=actor:united-states,place:us"),
            ("US ships", "US=actor:united-states,place:us"),
            ("told us", ""),
            ("a U.N. convoy", "U.N.=actor:united-nations,source:un"),
            ("a UN convoy", "UN=actor:united-nations,source:un"),
        ],
    );
}

#[test]
fn french_demonyms_in_every_form() {
    check(
        "fr",
        &[
            (
                "malien maliens malienne maliennes",
                "malien=demonym:mali maliens=demonym:mali malienne=demonym:mali maliennes=demonym:mali",
            ),
            ("les Maliens", "Maliens=demonym:mali"),
            (
                "turc turcs turque turques",
                "turc=demonym:turkey turcs=demonym:turkey turque=demonym:turkey turques=demonym:turkey",
            ),
            ("grec grecque", "grec=demonym:greece grecque=demonym:greece"),
            ("français française", "français=demonym:france française=demonym:france"),
            ("nord-coréenne, nord-coréens", "nord-coréenne=demonym:north-korea nord-coréens=demonym:north-korea"),
            ("nigérien et nigérian", "nigérien=demonym:niger nigérian=demonym:nigeria"),
            ("les pays occidentaux", "pays occidentaux=west"),
            ("Malian", ""),
        ],
    );
}

#[test]
fn english_demonyms_in_every_form() {
    check(
        "en",
        &[
            ("a Malian, two Malians", "Malian=demonym:mali Malians=demonym:mali"),
            ("North Korean, North Koreans", "North Korean=demonym:north-korea North Koreans=demonym:north-korea"),
            ("Chinese and British", "Chinese=demonym:china British=demonym:united-kingdom"),
            ("Nigerien and Nigerian", "Nigerien=demonym:niger Nigerian=demonym:nigeria"),
            ("malien", ""),
        ],
    );
}

#[test]
fn capitals_and_palaces_stand_for_states() {
    check(
        "fr",
        &[
            ("Bamako accuse Niamey", "Bamako=metonym:mali,place:ml-bamako Niamey=metonym:niger,place:ne-niamey"),
            ("le Kremlin", "Kremlin=metonym:russia,source:kremlin"),
        ],
    );
}

#[test]
fn the_longest_name_wins() {
    check(
        "fr",
        &[
            ("le Soudan", "Soudan=actor:sudan,place:sd"),
            ("le Soudan du Sud", "Soudan du Sud=actor:south-sudan,place:ss"),
            ("la Guinée-Bissau", "Guinée-Bissau=actor:guinea-bissau,place:gw"),
            ("l'armée libanaise", "armée libanaise=source:lebanese-army"),
        ],
    );
    check("en", &[("South Sudan and Sudan", "South Sudan=actor:south-sudan,place:ss Sudan=actor:sudan,place:sd")]);
}

#[test]
fn hyphens_apostrophes_and_accents_may_differ() {
    check(
        "fr",
        &[
            ("Addis-Abeba", "Addis-Abeba=metonym:ethiopia,place:et-addis-ababa"),
            ("Addis Abeba", "Addis Abeba=metonym:ethiopia,place:et-addis-ababa"),
            ("N'Djamena", "N'Djamena=metonym:chad,place:td-ndjamena"),
            ("N’Djamena", "N’Djamena=metonym:chad,place:td-ndjamena"),
            ("Côte d'Ivoire", "Côte d'Ivoire=actor:ivory-coast,place:ci"),
            ("Côte d’Ivoire", "Côte d’Ivoire=actor:ivory-coast,place:ci"),
            ("ETHIOPIE", "ETHIOPIE=actor:ethiopia,place:et"),
            ("d'Éthiopie", "Éthiopie=actor:ethiopia,place:et"),
        ],
    );
}

#[test]
fn a_theatre_adds_to_the_world_and_goes_before_it() {
    let own: Theatre = toml::from_str(
        r#"
        [[actor]]
        id = "river-front"
        names = ["Front du fleuve", "case:FDF"]
        demonyms.fr = ["fleuviste"]

        [[actor]]
        id = "mali"
        metonyms = ["Koulikoro"]

        [[place]]
        id = "xx-gao"
        names = ["Gao", "Dounza"]

        [[source]]
        id = "river-radio"
        names = ["Radio Fleuve"]
        "#,
    )
    .unwrap();
    let mut theatre = world().clone();
    theatre.extend(own);
    check_with(
        &theatre,
        "fr",
        &[
            ("le Front du fleuve (FDF)", "Front du fleuve=actor:river-front FDF=actor:river-front"),
            ("des combattants fleuvistes", "fleuvistes=demonym:river-front"),
            ("Koulikoro et Bamako", "Koulikoro=metonym:mali Bamako=metonym:mali,place:ml-bamako"),
            ("à Dounza", "Dounza=place:xx-gao"),
            ("Radio Fleuve", "Radio Fleuve=source:river-radio"),
        ],
    );
    let names = Names::new(&theatre, Lexicon::of("fr").unwrap());
    let tokens = Tokens::new("Gao", &Vocabulary::default());
    let place = names.at(&tokens, 0).and_then(|name| name.place()).map(|i| theatre.places[i as usize].id.as_str());
    assert_eq!(place, Some("xx-gao"), "the theatre's place goes before the world's");
}
