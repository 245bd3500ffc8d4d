//! Who says what: under each text its cue (`^`) and its content (`~`), then the speakers, whom they pass on, and how.
#![allow(clippy::unwrap_used)]

#[path = "chunks/read.rs"]
mod read;

use std::sync::Arc;

use recoup_language::lexicon::Speech;
use recoup_language::{Atlas, Attribution, Attributions, Speaker, Speakers, quotations, world};

use read::{Reading, read, world_names};

#[test]
fn french() {
    check(
        "fr",
        &[
            "Selon l'ONU, douze civils ont été tués.",
            "Douze civils ont été tués, selon l'ONU.",
            "L'armée libanaise affirme que deux ponts sont détruits.",
            "Deux ponts sont détruits, a indiqué mardi l'armée libanaise.",
            "« Le pont est coupé », a déclaré le colonel Issa Diarra.",
            "« La ville est calme. Le marché a rouvert », a raconté le maire de Kaya.",
            "Le CICR parle de crimes. Il affirme que le camp est vide.",
            "Selon l'armée libanaise, citée par l'AFP, le pont est coupé.",
            "Un porte-parole du Hamas a démenti ces accusations.",
            "Le Kremlin n'a pas confirmé cet envoi.",
            "Ni Asmara ni Addis-Abeba n'ont confirmé cet envoi.",
            "Ankara a refusé de commenter ce bilan.",
            "Selon les services de renseignement japonais et une source hospitalière, le navire est au port.",
            "Bien que Kigali nie toute présence, des soldats tiennent la route.",
            "L'ONU craint que la digue ne cède.",
        ],
    );
}

#[test]
fn english() {
    check(
        "en",
        &[
            "According to the UN, twelve civilians were killed.",
            "Twelve civilians were killed, according to the UN.",
            "The Lebanese army says that two bridges are destroyed.",
            "Two bridges are destroyed, the Lebanese army said on Tuesday.",
            "\"The bridge is cut,\" said Colonel Issa Diarra.",
            "\"The town is calm. The market is open again,\" said the mayor of Kaya.",
            "The ICRC said the camp was full. It added that the well was dry.",
            "Reuters, citing the Lebanese army, reported that the bridge was cut.",
            "A spokesman for Hamas denied the accusations.",
            "The Kremlin has not confirmed the deployment.",
            "Neither Asmara nor Addis Ababa has confirmed the deployment.",
            "Ankara declined to comment on the toll.",
            "Although Kigali denies any presence, soldiers hold the road.",
        ],
    );
}

fn check(language: &str, texts: &[&str]) {
    let names = world_names(language);
    let shown: Vec<String> =
        texts.iter().map(|text| read(language, &names, text, |reading, _| show(reading))).collect();
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(language, shown.join("\n")) });
}

fn show(reading: &Reading<'_>) -> String {
    let tokens = reading.chunker.tokens;
    let quotations = quotations(tokens, 0..tokens.len());
    let speakers = Speakers::new(Arc::new(Atlas::new(Arc::new(world().clone()))));
    let found = Attributions::new(reading.chunker, &speakers, &quotations, None).find(reading.sentences);
    let shown: Vec<String> =
        found.iter().map(|a| format!("{}\n{}\n{}\n", reading.text, underline(reading, a), note(a))).collect();
    if shown.is_empty() { format!("{}\nnobody\n", reading.text) } else { shown.concat() }
}

/// The cue over the content.
fn underline(reading: &Reading<'_>, attribution: &Attribution) -> String {
    let cue = reading.chunker.tokens.span(&attribution.cue);
    let content = reading.chunker.tokens.span(&attribution.content);
    let mark = |at: usize| match at {
        _ if (cue.start()..cue.end()).contains(&at) => '^',
        _ if (content.start()..content.end()).contains(&at) => '~',
        _ => ' ',
    };
    let line: String = reading.text.char_indices().map(|(at, _)| mark(at)).collect();
    line.trim_end().to_owned()
}

fn note(attribution: &Attribution) -> String {
    let ids = |speakers: &[Speaker]| speakers.iter().map(|s| &*s.id).collect::<Vec<_>>().join(" and ");
    let via = if attribution.via.is_empty() { String::new() } else { format!(" via {}", ids(&attribution.via)) };
    let speech = match attribution.speech {
        Speech::Say => "says",
        Speech::Accuse => "accuses",
        Speech::Deny => "denies",
        Speech::Refuse => "refuses",
        Speech::Silent => "is silent",
        Speech::Fear => "fears",
        Speech::Cite => "is cited",
        Speech::Know => "counts",
        Speech::Verify => "verifies",
        Speech::Comment => "comments",
        Speech::Guard | Speech::Remain => "keeps silent",
    };
    let negated = if attribution.negated { "not: " } else { "" };
    format!("{}{via}: {negated}{speech}", ids(&attribution.speakers))
}
