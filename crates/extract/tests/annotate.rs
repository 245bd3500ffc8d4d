//! What is not taken, and why.
#![allow(clippy::unwrap_used)]

mod support;

use std::fmt::Write as _;

use recoup_extract::Annotation;
use recoup_model::{Document, Sidecar, Theatre};

use support::{Extractor, assert_every_figure_is_told};

fn read(extractor: &mut Extractor, language: &str, text: &str) -> Vec<(Document, Annotation)> {
    let sidecar = Sidecar {
        doc: "annotated".to_owned(),
        published: Some("2025-03-12".parse().unwrap()),
        language: Some(language.to_owned()),
        ..Sidecar::default()
    };
    let documents = extractor.documents(text, sidecar).items;
    documents.into_iter().map(|document| (document.clone(), extractor.annotation(&document))).collect()
}

#[test]
fn every_figure_of_the_sample_articles_is_told_once() {
    let mut extractor = Extractor::new(Theatre::default());
    let mut articles = 0;
    for folder in ["koursk", "soudan"] {
        let folder = format!("{}/../../pipelines/{folder}/articles", env!("CARGO_MANIFEST_DIR"));
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            for language in ["fr", "en"] {
                for (document, annotation) in read(&mut extractor, language, &text) {
                    assert_every_figure_is_told(&document, &annotation);
                    assert_eq!(extractor.claims(document.clone()).items, annotation.claims);
                    articles += 1;
                }
            }
        }
    }
    assert!(articles > 20);
}

/// Untaken things of a text, a line each.
fn told(language: &str, text: &str) -> String {
    let mut out = String::new();
    let mut extractor = Extractor::new(Theatre::default());
    for (document, annotation) in read(&mut extractor, language, text) {
        assert_every_figure_is_told(&document, &annotation);
        for claim in &annotation.claims {
            writeln!(out, "claim “{}”: {}", claim.anchor.quote(), claim.indicator).unwrap();
        }
        for item in &annotation.untaken {
            writeln!(out, "{} “{}”: {}", item.what, item.quote, item.reason).unwrap();
        }
        for stranger in &annotation.strangers {
            writeln!(out, "name “{}”: {:?}", stranger.name, stranger.standing).unwrap();
        }
    }
    out
}

#[test]
fn reasons_in_french() {
    insta::assert_snapshot!(told("fr", FRENCH));
}

#[test]
fn reasons_in_english() {
    insta::assert_snapshot!(told("en", ENGLISH));
}

const FRENCH: &str = "\
L’armée malienne a tué 12 combattants le 3 mars près de Tolgoum, a indiqué Aïssata Maïga.

Un obusier de 122 mm et 40 tables ont été saisis par la 7e brigade à 15 km du fleuve.

Si 30 soldats étaient tués, la mission partirait. Combien de temps 200 soldats peuvent-ils être envoyés ?

Les soldats tués mardi ont été enterrés. Une photographie montre 25 civils. Le M23 en avait annoncé 50.

Depuis 2019, le budget a atteint 3 millions d’euros, soit 12 % du total, et 14 avions sont au sol.

Les combattants du Jabhat Wassoul ont attaqué le marché. Ils ont capturé le camp de Bagoundou.
";

const ENGLISH: &str = "\
The Malian army killed 12 fighters on 3 March near Tolgoum, Aissata Maiga told Radio Tessit.

A 122 mm howitzer and 40 tables were seized 15 km from the river by the 7th brigade.

If 30 soldiers were killed, the mission would leave. Will 200 soldiers be sent to Gao?

The soldiers killed on Tuesday were buried. A photograph shows 25 civilians at 4:07 pm on Route 17.

Since 2019 the budget has reached $3 million, 12 percent of the total, and 14 aircraft are grounded.

Fighters of the Jabhat Wassoul attacked the market. They captured the camp of Bagoundou.
";
