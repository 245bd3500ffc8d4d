//! How sentences fall into chunks: N noun groups, V verb groups, T times, M marks, w other words.
#![allow(clippy::unwrap_used)]

#[path = "chunks/read.rs"]
mod read;

use std::fmt::Write as _;

use recoup_language::lexicon::{Class, Classes, NounRole};
use recoup_language::{
    Chunk, Determiner, Figure, FigureKind, Modality, Mood, Name, NounGroup, VerbGroup, Voice, When, world,
};

use read::{Reading, lexicon, read, world_names};

#[test]
fn french() {
    check(
        "fr",
        &[
            "Selon l'ONU, au moins 12 soldats maliens ont été tués mardi près de Gao.",
            "Les services de renseignement ukrainiens n'ont pas confirmé ces pertes.",
            "Une trentaine de drones auraient été abattus dans la nuit du 2 au 3 mars.",
            "L'armée birmane s'est retirée de trois villages, dont Kounari.",
            "Ni le Kremlin ni Pyongyang n'ont officiellement reconnu cet envoi.",
            "Le Kenya prévoit d'envoyer 600 policiers supplémentaires en Haïti d'ici juin.",
            "« Nous avons perdu nos hommes », a-t-il déclaré.",
            "Quelque 1,2 million de civils, qui avaient fui Khartoum, pourraient arriver.",
            "Bien que Bakou nie cette présence, aucun soldat n'est présent dans la région de Latchine.",
            "Si la trêve est signée, Ankara et Moscou vont livrer des obusiers de 155 mm à leurs alliés.",
        ],
    );
}

#[test]
fn english() {
    check(
        "en",
        &[
            "According to the UN, at least 12 Malian soldiers were killed on Tuesday near Gao.",
            "Ukrainian intelligence has not confirmed these losses.",
            "About thirty drones may have been shot down on the night of 2 March.",
            "The Burmese army withdrew from three villages, including Kounari.",
            "Neither the Kremlin nor Pyongyang has officially acknowledged the deployment.",
            "Kenya plans to send 600 more police officers to Haiti by June.",
            "\"We lost our men,\" he said.",
            "Some 1.2 million civilians, who had fled Goma, could arrive.",
            "Although Baku denies it, no soldier is present in Lachin.",
            "If the truce is signed, Ankara and Moscow will deliver 155mm howitzers to their allies.",
        ],
    );
}

fn check(language: &str, texts: &[&str]) {
    let names = world_names(language);
    let shown: Vec<String> = texts
        .iter()
        .map(|text| read(language, &names, text, |reading, whens| show(language, reading, whens)))
        .collect();
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(language, shown.join("\n")) });
}

fn show(language: &str, reading: &Reading<'_>, whens: &[When]) -> String {
    let mut out = format!("{}\n", reading.text);
    for chunk in reading.sentences.iter().flat_map(|s| &s.chunks) {
        let (kind, notes) = match chunk {
            Chunk::Noun(group) => ('N', noun(language, group)),
            Chunk::Verb(group) => ('V', verb(language, group)),
            Chunk::When(when, _) => ('T', whens[*when].rule.to_owned()),
            Chunk::Mark(..) => ('M', String::new()),
            Chunk::Word(_, classes) => ('w', word(*classes)),
        };
        let words = reading.chunker.tokens.span(&chunk.tokens()).slice(reading.text).unwrap();
        let line = format!("  {kind} {words:32} {notes}");
        writeln!(out, "{}", line.trim_end()).unwrap();
    }
    out
}

/// Determiner, figure, class, role as a speaker, what its names stand for.
fn noun(language: &str, group: &NounGroup) -> String {
    let determiner = group.determiner.map(|d| {
        match d {
            Determiner::Definite => "definite",
            Determiner::Indefinite => "indefinite",
            Determiner::Demonstrative => "demonstrative",
            Determiner::Possessive => "possessive",
            Determiner::Any => "any",
        }
        .to_owned()
    });
    let class = group.class.map(|c| lexicon(language).noun_class(c).name.to_string());
    let role = group.role.map(|role| match role {
        NounRole::Speaker(role) => format!("speaks as {}", lexicon(language).role(role)),
        NounRole::Document => "document".to_owned(),
    });
    let names: Vec<String> = group.names.iter().map(name).collect();
    let proper = group.proper.is_some().then(|| "unknown name".to_owned());
    let other = group.other.then(|| "further".to_owned());
    let notes = [determiner, group.figure.as_deref().map(figure), class, role, proper, other];
    notes.into_iter().flatten().chain(names).collect::<Vec<_>>().join(", ")
}

fn figure(figure: &Figure) -> String {
    let bound = match (figure.low, figure.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (low, high) => [low, high].map(|b| b.map_or_else(String::new, |b| b.to_string())).join(".."),
    };
    let article = if figure.kind == FigureKind::One { " as an article" } else { "" };
    format!("{}{bound}{article}", if figure.approximate { "~" } else { "" })
}

fn name(name: &Name) -> String {
    let actor = name.actor().map(|i| world().actors[i as usize].id.clone());
    let place = name.place().map(|i| world().places[i as usize].id.clone());
    let source = name.source().map(|i| world().sources[i as usize].id.clone());
    let ids: Vec<String> = [actor, place, source].into_iter().flatten().collect();
    format!("<{}>", ids.join(" "))
}

/// Dictionary form, voice, mood, and what else sets the group apart.
fn verb(language: &str, group: &VerbGroup) -> String {
    let voice = match group.voice {
        Voice::Active => "active",
        Voice::Passive => "passive",
        Voice::Reflexive => "reflexive",
    };
    let mood = match group.mood {
        Mood::Indicative => "indicative",
        Mood::Conditional => "conditional",
        Mood::Infinitive => "infinitive",
        Mood::Participle => "participle",
        Mood::Gerund => "gerund",
    };
    let modality = group.modality.map(|m| match m {
        Modality::Possible => "possible",
        Modality::Expected => "expected",
        Modality::Future => "future",
    });
    let flags = [
        (group.perfect, "perfect"),
        (group.negated, "negated"),
        (group.hedged, "hedged"),
        (group.inverted, "inverted"),
    ];
    let flags = flags.into_iter().filter_map(|(set, flag)| set.then_some(flag));
    let notes = [&*lexicon(language).verb(group.verb).lemma, voice, mood];
    notes.into_iter().chain(flags).chain(modality).collect::<Vec<_>>().join(", ")
}

/// The classes that decide how a word binds its neighbours.
fn word(classes: Classes) -> String {
    const SHOWN: [(Class, &str); 18] = [
        (Class::Before, "attributes"),
        (Class::Relay, "relays"),
        (Class::Says, "says"),
        (Class::Preposition, "preposition"),
        (Class::Of, "of"),
        (Class::By, "by"),
        (Class::And, "and"),
        (Class::Or, "or"),
        (Class::Neither, "neither"),
        (Class::Relative, "relative"),
        (Class::Subordinator, "subordinator"),
        (Class::Concession, "concession"),
        (Class::Hypothesis, "hypothesis"),
        (Class::Among, "among"),
        (Class::SpeakerPronoun, "speaker pronoun"),
        (Class::SubjectPronoun, "subject pronoun"),
        (Class::Engaged, "engaged"),
        (Class::Adverb, "adverb"),
    ];
    SHOWN.iter().filter(|(class, _)| classes.has(*class)).map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
}
