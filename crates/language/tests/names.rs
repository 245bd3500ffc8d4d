//! Names as a table: a text, and every known name in it with what it stands for.
#![allow(clippy::unwrap_used)]

use recoup_language::lexicon::{Lexicon, Vocabulary};
use recoup_language::{Chunker, Known, Names, Tokens, world};
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

/// The same, once the names of the whole text have settled.
fn settled(theatre: &Theatre, language: &str, text: &str) -> String {
    let lexicon = Lexicon::of(language).unwrap();
    let names = Names::new(theatre, lexicon);
    let tokens = Tokens::new(text, lexicon.vocabulary());
    let chunker = Chunker::new(&tokens, lexicon, &names, &[]);
    let found = (0..tokens.len()).filter_map(|i| chunker.name(i)).map(|name| {
        let known: Vec<String> = name.known.iter().map(|k| stands_for(theatre, *k)).collect();
        format!("{}={}", tokens.span(&name.tokens).slice(text).unwrap(), known.join(","))
    });
    found.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_name_of_two_peoples_is_that_of_the_country_that_the_text_names() {
    let cases = [
        ("fr", "Des soldats congolais, dit Kinshasa", "congolais=demonym:drc Kinshasa=metonym:drc,place:cd-kinshasa"),
        (
            "fr",
            "Des soldats congolais, dit Brazzaville",
            "congolais=demonym:congo-brazzaville Brazzaville=metonym:congo-brazzaville,place:cg-brazzaville",
        ),
        ("fr", "Le Congo", "Congo=actor:drc,actor:congo-brazzaville,place:cg,place:cd"),
        ("fr", "le Congo, à Goma, selon les FARDC", "Congo=actor:drc,place:cd Goma=place:cd-goma FARDC=source:fardc"),
        (
            "en",
            "Congolese troops left Rwanda",
            "Congolese=demonym:drc,demonym:congo-brazzaville Rwanda=actor:rwanda,place:rw",
        ),
    ];
    for (language, text, expected) in cases {
        assert_eq!(settled(world(), language, text), expected, "{text}");
    }
}

#[test]
fn what_takes_part_in_the_theatre_goes_before_what_does_not() {
    let own: Theatre = toml::from_str(
        r#"
        [[actor]]
        id = "congo-brazzaville"
        side = "congo-brazzaville"
        "#,
    )
    .unwrap();
    let mut theatre = world().clone();
    theatre.extend(own);
    let text = "Des soldats congolais à Kinshasa";
    let expected = "congolais=demonym:congo-brazzaville Kinshasa=metonym:drc,place:cd-kinshasa";
    assert_eq!(settled(&theatre, "fr", text), expected);
}

#[test]
fn demonyms_that_lie_one_in_the_other() {
    check(
        "fr",
        &[
            ("sud-soudanaise soudanaise", "sud-soudanaise=demonym:south-sudan soudanaise=demonym:sudan"),
            (
                "guinéens, bissau-guinéennes, équato-guinéens",
                "guinéens=demonym:guinea bissau-guinéennes=demonym:guinea-bissau équato-guinéens=demonym:equatorial-guinea",
            ),
            ("nord-macédonienne", "nord-macédonienne=demonym:north-macedonia"),
        ],
    );
    check(
        "en",
        &[
            ("Equatorial Guinean, Guinean", "Equatorial Guinean=demonym:equatorial-guinea Guinean=demonym:guinea"),
            ("Central African troops", "Central African=demonym:central-african-republic"),
        ],
    );
}

#[test]
fn forces_and_bodies_by_acronym_and_by_name() {
    check(
        "fr",
        &[
            ("les FACA et les 3R", "FACA=source:central-african-army 3R=actor:3r"),
            ("la FINUL et la Finul", "FINUL=source:unifil Finul=source:unifil"),
            ("le Bureau des affaires humanitaires de l'ONU", "Bureau des affaires humanitaires de l'ONU=source:ocha"),
            ("le Croissant-Rouge soudanais", "Croissant-Rouge soudanais=source:sudanese-red-crescent"),
            (
                "les Forces de défense nationale éthiopiennes",
                "Forces de défense nationale éthiopiennes=source:ethiopian-army",
            ),
        ],
    );
    check(
        "en",
        &[
            ("the SSPDF and the UPDF", "SSPDF=source:south-sudanese-army UPDF=source:ugandan-army"),
            ("the KDF said", "KDF=source:kenyan-army"),
            ("New People's Army rebels", "New People's Army=actor:npa"),
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

#[test]
fn an_acronym_that_is_given_twice_stays_a_name() {
    let lexicon = Lexicon::of("fr").unwrap();
    let names = Names::new(world(), lexicon);
    let again = "le Collectif des associations de Djugu (CAD)";
    let text = format!("Selon {again}, ils sont dix. Ils sont vingt, dit {again}. La CAD pleure.");
    let tokens = Tokens::new(&text, lexicon.vocabulary());
    let chunker = Chunker::new(&tokens, lexicon, &names, &[]);
    let acronyms = (0..tokens.len()).filter(|i| tokens.raw(*i) == "CAD");
    let found: Vec<_> = acronyms.map(|i| chunker.name(i).and_then(|name| name.introduced())).collect();
    assert_eq!(found, [Some(0); 3]);
}
