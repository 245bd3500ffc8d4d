//! What holds for any text.
#![allow(clippy::unwrap_used)]

mod support;

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use recoup_model::{Claim, Document, Level, Sidecar, Theatre};

use support::{Extractor, Output, assert_every_figure_is_told};

/// Words on which the grammar of French turns, with ` | ` between them.
const FRENCH: &str = "\
    12 | 3 000 | 1,2 million | vingt et un | une trentaine de | des centaines de | plusieurs milliers de | \
    aucun | au moins | jusqu'à | près de | entre | ou plus | un | 72e | 240 mm | 40 % | soldats | civils | \
    enfants | drones | missiles | chars | villages | morts | blessés | pertes | otages | déplacés | \
    tonnes de vivres | accord | bilan | envoi | présence | retrait | nombre de | autres | ont été tués | \
    ont tué | auraient été blessés | a perdu | a subi | a envoyé | se sont retirés | contrôle | \
    s'est emparé de | a lancé | abattus | a signé | livrera | prévoit d'envoyer | ont fui | sont | n'a pas | \
    maliens | nord-coréen | la Russie | Kiev | l'ONU | le Hamas | Goma | l'AFP | Aïcha Sow | États-Unis | \
    selon | d'après | citant | cité par | a déclaré | affirme que | dément | a refusé de commenter | ni | \
    n'ont confirmé | pour | porte-parole | services de renseignement | une source militaire | il | elle | \
    selon lui | ils | ces troupes | dont | parmi eux | y compris | et | ou | contre | et non | si | bien que | \
    qui | que | de | à | par | dans la région de | mardi | le 3 mars | depuis janvier | en 2023 | fin février | \
    d'ici juin | hier | probablement | de manière indépendante | impossible de vérifier | ne | pas | se | \
    à l' | « | » | “ | ” | \" | ( | ) | [ | ] | , | ; | : | — | … | ? | ! | . | \n\n | ' | ’ | - | % | é | \
    1er | on | affirme-t-on | combien de | où | promet de | n'a pas donné de bilan | Ils sont | avoir fui | \
    forte d'un millier d'hommes | ont rejoint | contre | fait état de | y | en | lesquels | la même source | \
    son porte-parole | puis | chacun | tant que | l'un d'eux | fuyant";

/// Words on which the grammar of English turns, with ` | ` between them.
const ENGLISH: &str = "\
    12 | 3,000 | 1.2 million | twenty-one | a dozen | hundreds of | several thousand | no | none of | nobody | \
    at least | up to | nearly | between | or more | a | 72nd | 240mm | 40 percent | soldiers | civilians | \
    children | drones | missiles | tanks | villages | dead | wounded | casualties | hostages | displaced | \
    tonnes of food | agreement | death toll | deployment | presence | withdrawal | number of | others | \
    were killed | killed | may have been wounded | lost | suffered | sent | withdrew | controls | left | \
    captured | launched | shot down | signed | will deliver | plans to send | have fled | are | did not | put | \
    Malian | North Korean | Russia | Kyiv | the UN | Hamas | Goma | AFP | Aisha Sow | U.S. | according to | \
    citing | cited by | said | says that | denies | declined to comment | neither | nor | has confirmed | for | \
    spokesman | intelligence | a military source | he | she | it | they | these troops | their | including | \
    among them | of whom | and | or | against | not | if | although | who | that | of | to | by | \
    in the region of | on Tuesday | on 3 March | since January | in 2023 | in late February | by June | \
    yesterday | probably | independently | impossible to verify | could not be | believed to | to | at | “ | \
    ” | \" | ( | ) | [ | ] | , | ; | : | — | … | ? | ! | . | \n\n | ' | ’s | - | % | $ | 1st | \
    one of them | how many | where | gave a toll of | did not give | promised to | Houthi-run | television | \
    whose | had been | in a statement | said it | told | officials | from | up from | a day earlier | \
    trained | instructors | state | reached | their own losses | being";

/// A language and words of it in any order, mostly with blanks between them.
fn soup() -> impl Strategy<Value = (&'static str, String)> {
    let soup = |words: &'static str| {
        let words = prop::sample::select(words.split(" | ").collect::<Vec<_>>());
        let between = prop_oneof![9 => Just(" "), 1 => Just("")];
        (prop::collection::vec(words, 1..60), between).prop_map(|(words, between)| words.join(between))
    };
    prop_oneof![soup(FRENCH).prop_map(|text| ("fr", text)), soup(ENGLISH).prop_map(|text| ("en", text))]
}

/// A language and any text at all, or a soup.
fn text() -> impl Strategy<Value = (&'static str, String)> {
    let anything = (prop::sample::select(&["fr", "en"][..]), any::<String>());
    prop_oneof![1 => anything, 3 => soup()]
}

thread_local! {
    static WORLD: RefCell<Extractor> = RefCell::new(Extractor::new(Theatre::default()));
}

fn documents(language: &str, text: &str) -> Vec<Document> {
    let published = Some("2025-03-12".parse().unwrap());
    let sidecar =
        Sidecar { doc: "soup".to_owned(), published, language: Some(language.to_owned()), ..Sidecar::default() };
    WORLD.with_borrow_mut(|world| world.documents(text, sidecar)).items
}

fn claims(document: &Document) -> Output<Claim> {
    WORLD.with_borrow_mut(|world| world.claims(document.clone()))
}

proptest! {
    #[test]
    fn every_figure_is_in_a_claim_or_told_once((language, text) in text()) {
        for document in documents(language, &text) {
            let annotation = WORLD.with_borrow_mut(|world| world.annotation(&document));
            assert_every_figure_is_told(&document, &annotation);
            prop_assert_eq!(&claims(&document).items, &annotation.claims);
        }
    }

    #[test]
    fn words_and_evidence_lie_in_the_text((language, text) in text()) {
        for document in documents(language, &text) {
            for claim in claims(&document).items {
                prop_assert_eq!(claim.anchor.span().slice(&document.text), Some(claim.anchor.quote()));
                prop_assert!(!claim.anchor.quote().is_empty());
                for (slot, evidence) in &claim.evidence {
                    let words = evidence.span.slice(&document.text);
                    prop_assert!(words.is_some_and(|w| !w.is_empty()), "{slot} of «{}»", claim.anchor.quote());
                }
            }
        }
    }

    #[test]
    fn figures_are_bounds((language, text) in text()) {
        for document in documents(language, &text) {
            for quantity in claims(&document).items.iter().filter_map(|c| c.quantity.as_ref()) {
                prop_assert!(quantity.low().or(quantity.high()).is_some());
                prop_assert!(quantity.low().zip(quantity.high()).is_none_or(|(low, high)| low <= high), "{quantity:?}");
                prop_assert!(quantity.low().is_none_or(|low| low >= 0.0), "{quantity:?}");
                prop_assert!(quantity.text.as_ref().is_some_and(|words| document.text.contains(words)), "{quantity:?}");
            }
        }
    }

    #[test]
    fn a_part_has_its_whole_in_the_same_document((language, text) in soup()) {
        for document in documents(language, &text) {
            let claims = claims(&document).items;
            for claim in &claims {
                prop_assert_eq!(&claim.document, &document.id);
                let whole = |id: &String| *id != claim.id && claims.iter().any(|c| c.id == *id);
                prop_assert!(claim.part_of.as_ref().is_none_or(whole), "«{}»", claim.anchor.quote());
            }
        }
    }

    #[test]
    fn no_claim_reads_what_is_set_apart((language, text) in text()) {
        for document in documents(language, &text) {
            for claim in claims(&document).items {
                let read = document.blocks.iter().filter(|b| b.carries_claims());
                let sentences = read.flat_map(|b| &b.sentences).filter(|s| s.contains(claim.anchor.span())).count();
                prop_assert_eq!(sentences, 1, "«{}» stands in no sentence", claim.anchor.quote());
            }
        }
    }

    #[test]
    fn the_same_document_gives_the_same_claims((language, text) in text()) {
        for document in documents(language, &text) {
            let (once, twice) = (claims(&document), claims(&document));
            prop_assert_eq!(once.items, twice.items);
            prop_assert_eq!(once.diagnostics, twice.diagnostics);
        }
    }

    #[test]
    fn a_language_without_a_pack_gives_no_claim_and_one_warning((_, text) in soup(), code in prop::option::of("[a-z]{2}")) {
        prop_assume!(!matches!(code.as_deref(), Some("fr" | "en")));
        for document in documents("fr", &text) {
            let output = claims(&Document { language: code.clone(), ..document });
            prop_assert!(output.items.is_empty());
            let levels: Vec<Level> = output.diagnostics.iter().map(|d| d.level).collect();
            prop_assert_eq!(levels, [Level::Warning]);
        }
    }
}

#[test]
fn a_sentence_without_end_is_read_to_its_end() {
    let text = "Des hommes armés ont tué douze soldats maliens à Goma et ".repeat(2_000);
    let found: Vec<Claim> = documents("fr", &text).iter().flat_map(|d| claims(d).items).collect();
    assert!(found.len() > 1_500, "{} claims", found.len());
    let last = found.iter().map(|c| c.anchor.span().end()).max().unwrap();
    assert!(last + 200 > text.len(), "the last claim ends at {last} of {}", text.len());
}

#[test]
fn parts_without_end_are_few() {
    let text = format!("Douze soldats maliens ont été tués, {}.", "dont 3 ".repeat(2_000));
    let found: usize = documents("fr", &text).iter().map(|d| claims(d).items.len()).sum();
    assert!((1..500).contains(&found), "{found} claims");
}

/// The properties above say nothing where a soup gives no claim.
#[test]
fn soups_give_claims() {
    let mut runner = TestRunner::deterministic();
    let given = (0..200)
        .map(|_| soup().new_tree(&mut runner).unwrap().current())
        .filter(|(language, text)| documents(language, text).iter().any(|d| !claims(d).items.is_empty()))
        .count();
    assert!(given > 50, "{given} of 200");
}
