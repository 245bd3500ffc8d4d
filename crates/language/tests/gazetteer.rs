//! Towns as a table: a text, and every capitalised word in it that the gazetteer takes for a place.
#![allow(clippy::unwrap_used)]

use recoup_language::gazetteer::gazetteer;
use recoup_language::lexicon::Lexicon;
use recoup_language::{Chunker, Names, Tokens, pack_files, world};
use recoup_model::{Precision, Theatre};
use sha2::{Digest, Sha256};

/// `El Geneina=sd-geneina`, in the order of the text; `*` behind a word that is no place by itself.
fn towns(theatre: &Theatre, language: &str, text: &str) -> String {
    let lexicon = Lexicon::of(language).unwrap();
    let names = Names::new(theatre, lexicon);
    let tokens = Tokens::new(text, lexicon.vocabulary());
    let chunker = Chunker::new(&tokens, lexicon, &names, &[]);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let division = at > 1 && matches!(tokens.lower(at - 2), "province" | "district" | "région");
        let step = match (chunker.name(at), chunker.town(at, division)) {
            (Some(name), _) => name.tokens.len(),
            (None, Some(town)) => {
                let words = tokens.span(&town.tokens).slice(text).unwrap();
                found.push(format!("{words}={}{}", town.id, if town.weak { "*" } else { "" }));
                town.tokens.len()
            }
            (None, None) => 1,
        };
        at += step;
    }
    found.join(" ")
}

fn check(language: &str, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, towns(world(), language, text)))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(text, expected, found)| format!("{text}\n  expected {expected}\n     found {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn names_of_several_words_in_every_spelling() {
    check(
        "fr",
        &[
            ("au Soudan, à El Hasaheisa", "El Hasaheisa=sd-al-hasaheisa"),
            ("en Colombie, à San Vicente del Caguan", "San Vicente del Caguan=co-san-vicente-del-caguan"),
            ("au Brésil, à Rio de Janeiro", "Rio de Janeiro=br-rio-de-janeiro"),
            ("au Sénégal, à Saint-Louis", "Saint-Louis=sn-saint-louis"),
            ("à Cuba, à Santiago de Cuba", "Santiago de Cuba=cu-santiago-de-cuba"),
            ("à Santiago", ""),
            ("au Mexique, à Ciudad Obregon", "Ciudad Obregon=mx-ciudad-obregon"),
            ("en Espagne, à Cordoue", "Cordoue=es-cordoba"),
        ],
    );
}

#[test]
fn of_several_places_the_one_in_the_country_that_the_text_names() {
    check(
        "fr",
        &[
            ("en Colombie, à Florencia", "Florencia=co-florencia*"),
            ("en Italie, à Florence", "Florence=it-florence*"),
            ("en Argentine, à Cordoba", "Cordoba=ar-cordoba*"),
            ("au Pakistan, à Hyderabad", "Hyderabad=pk-hyderabad"),
            ("en Inde, à Hyderabad", "Hyderabad=in-hyderabad"),
            // No country is named: the one that is far greater than its namesakes, or none.
            ("à Hyderabad", "Hyderabad=in-hyderabad"),
            ("à Trujillo", ""),
            ("à Santiago de los Caballeros", "Santiago de los Caballeros=do-santiago-de-los-caballeros"),
            // A town that few know, while another country is spoken of.
            ("au Soudan, à Swabi", ""),
            ("au Pakistan, à Swabi", "Swabi=pk-swabi"),
        ],
    );
}

#[test]
fn the_theatre_goes_before_what_the_text_names_most() {
    let sided: Theatre = toml::from_str("[[actor]]\nid = \"pakistan\"\nside = \"pakistan\"").unwrap();
    let mut theatre = world().clone();
    theatre.extend(sided);
    let text = "L'Inde, et encore l'Inde : à Hyderabad";
    assert_eq!(towns(world(), "fr", text), "Hyderabad=in-hyderabad");
    assert_eq!(towns(&theatre, "fr", text), "Hyderabad=pk-hyderabad");
}

#[test]
fn a_division_where_the_text_says_so() {
    check(
        "en",
        &[
            ("Pakistan: the district of Swabi", "Swabi=pk-swabi-district"),
            ("Pakistan: in Swabi", "Swabi=pk-swabi"),
            ("Kenya: in Kyiv Oblast", "Kyiv Oblast=ua-kyiv-region"),
        ],
    );
}

#[test]
fn common_words_and_people_are_no_places_unless_the_country_is_named() {
    check(
        "fr",
        &[
            ("le général Ali Hassan à Martin", ""),
            ("en Côte d'Ivoire, à Man", "Man=ci-man*"),
            ("Man a dit", ""),
            ("en Croatie, à Split", "Split=hr-split*"),
            ("Mardi, Salva Kiir", ""),
            ("Lundi en Mars", ""),
            ("Nice, Tours, Orange, Sale", ""),
        ],
    );
    check(
        "en",
        &[
            ("Most people in Mobile", ""),
            ("Of Reading and Bath", ""),
            ("in the United Kingdom, near Reading", "Reading=gb-reading*"),
            ("Victoria Jackson told Martin Salem", ""),
            ("May and March", ""),
        ],
    );
}

#[test]
fn the_gazetteer_is_read_where_it_lies() {
    let gazetteer = gazetteer();
    // Some slices and two roots: nothing is unpacked, nothing is copied.
    assert!(std::mem::size_of_val(gazetteer) < 512);
    assert!(gazetteer.places() > 50_000, "{}", gazetteer.places());
    assert!(gazetteer.names() > 90_000, "{}", gazetteer.names());
    let place = gazetteer.place("sd-ed-daein").unwrap();
    assert_eq!(gazetteer.id(&place).as_deref(), Some("sd-ed-daein"));
    assert_eq!(place.precision, Precision::Locality);
}

#[test]
fn what_the_run_manifest_names_is_the_table() {
    let (_, about) = pack_files().find(|(file, _)| *file == "gazetteer.toml").unwrap();
    let about: toml::Table = toml::from_str(about).unwrap();
    let table = include_bytes!("../data/gazetteer/gazetteer.bin");
    let hash: String = Sha256::digest(table).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(about["sha256"].as_str(), Some(hash.as_str()), "build both with `cargo xtask world --from DIR`");
    assert_eq!(about["names"].as_integer(), Some(gazetteer().names() as i64));
}
