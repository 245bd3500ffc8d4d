//! Boilerplate told by its shape and not by a phrase.

use recoup_model::BlockKind;

use super::Unit;

/// Agencies, folded, whose bare names credit a text or a picture.
const AGENCIES: &[&str] = &[
    "aa",
    "aap",
    "afp",
    "ansa",
    "ap",
    "ats",
    "belga",
    "bta",
    "dpa",
    "efe",
    "epa",
    "getty",
    "interfax",
    "kyodo",
    "lusa",
    "maxar",
    "pa",
    "reuters",
    "rtr",
    "sipa",
    "tass",
    "ukrinform",
    "unian",
    "upi",
    "xinhua",
    "yonhap",
];

/// Words that join agencies in a credit.
const CREDIT_WORDS: &[&str] = &["and", "avec", "et", "image", "images", "photo", "photos", "source", "via", "with"];

/// Words that make one a journalist in a line about the author.
const TRADES: &[&str] = &[
    "chroniqueur",
    "chroniqueuse",
    "columnist",
    "contributor",
    "correspondant",
    "correspondante",
    "correspondent",
    "editor",
    "editorialiste",
    "fellow",
    "journalist",
    "journaliste",
    "redacteur",
    "redactrice",
    "reporter",
    "writer",
];

/// Words that tie a journalist to a house or a beat.
const TIES: &[&str] =
    &["a", "at", "au", "based", "chez", "covering", "covers", "for", "in", "on", "pour", "specialise", "who", "with"];

/// Words that make a line about a journalist news: not a line about the author.
const EVENTS: &[&str] = &[
    "arrested", "arrete", "arretee", "been", "blesse", "blessee", "captured", "detained", "detenu", "detenue", "died",
    "disparu", "disparue", "injured", "killed", "mort", "morte", "tue", "tuee", "was", "wounded",
];

/// Opening words of a life of the author in the first person.
const LIVES: &[&str] = &[
    "amoureuse",
    "amoureux",
    "blogueur",
    "blogueuse",
    "journaliste",
    "passionne",
    "passionnee",
    "redacteur",
    "redactrice",
];

/// A whole line: bylines and signatures.
pub(super) fn of_line(unit: &Unit<'_>) -> Option<BlockKind> {
    if is_signature(unit) {
        return Some(BlockKind::Credit);
    }
    (unit.at_edge && is_byline(unit)).then_some(BlockKind::Author)
}

/// A sentence: credits, currency notes, lives of authors.
pub(super) fn of_sentence(unit: &Unit<'_>) -> Option<BlockKind> {
    if unit.raw.starts_with('©') || is_agency_credit(unit) || is_reporting_credit(unit) || is_currency_note(unit.raw) {
        return Some(BlockKind::Credit);
    }
    (unit.at_edge && (is_third_person_life(unit) || is_first_person_life(unit))).then_some(BlockKind::Author)
}

/// `(Reporting by Ana Roe; …)`
fn is_reporting_credit(unit: &Unit<'_>) -> bool {
    let verbs = ["reporting by", "writing by", "additional reporting"];
    unit.raw.starts_with('(') && verbs.iter().any(|verb| unit.folded.starts_with(verb))
}

/// `mlk/ado/thr`; at the edges of the text also `AFP/L'Estafette`.
fn is_signature(unit: &Unit<'_>) -> bool {
    let parts: Vec<&str> = unit.raw.split('/').map(str::trim).collect();
    let initials = |part: &&str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase());
    let name = |part: &&str| {
        part.starts_with(char::is_uppercase) && part.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
    };
    let outlets = || unit.at_edge && unit.raw.len() <= 50 && parts.iter().all(name) && has_agency_or_lower_case(&parts);
    (2..=5).contains(&parts.len()) && (parts.iter().all(initials) || outlets())
}

/// Tells `AFP/L'Estafette` and `Outlet/Other` from the all-capital places of a dateline, `SEOUL/KYIV`.
fn has_agency_or_lower_case(parts: &[&str]) -> bool {
    parts.iter().any(|part| AGENCIES.contains(&part.to_lowercase().as_str()) || part.contains(char::is_lowercase))
}

/// Nothing but agencies: `(AFP/Getty Images)`, `Avec Reuters et AP`; also after the outlet, `L'Estafette avec AFP`.
fn is_agency_credit(unit: &Unit<'_>) -> bool {
    let words = unit.words();
    let credit = |word: &&str| AGENCIES.contains(word) || CREDIT_WORDS.contains(word);
    let from = words.iter().position(|word| matches!(*word, "avec" | "with")).filter(|_| unit.at_edge);
    let outlet = unit.raw.split_whitespace().take_while(|word| !matches!(*word, "avec" | "with"));
    let named = words.len() <= 8 && outlet.into_iter().all(|word| word.starts_with(char::is_uppercase));
    let credited = &words[from.filter(|_| named).unwrap_or(0)..];
    credited.iter().any(|word| AGENCIES.contains(word)) && credited.iter().all(credit)
}

/// `($1 = 2,840 francs)`, `(1 euro = 655 francs)`
fn is_currency_note(raw: &str) -> bool {
    let note = raw.trim_start_matches(['(', '[']);
    let unit = ["$1", "€1", "£1", "1 $", "1 €", "1 £", "1 euro", "1 dollar", "1 rouble", "1 ruble", "US$1"];
    unit.iter().any(|one| note.strip_prefix(one).is_some_and(|rest| rest.trim_start().starts_with('=')))
}

/// `By Ana Roe`, `Par Ana Roe et Luc Bah`, `By Ana Roe in Aden`
fn is_byline(unit: &Unit<'_>) -> bool {
    let Some((cue, names)) = unit.raw.split_once(' ') else { return false };
    let words: Vec<&str> = names.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
    let joins = |word: &str| {
        matches!(word, "and" | "et" | "de" | "du" | "van" | "von" | "al" | "in" | "à" | "avec" | "for" | "pour")
    };
    let name = |word: &str| word.starts_with(char::is_uppercase) && !word.contains(|c: char| c.is_ascii_digit());
    matches!(cue, "By" | "BY" | "Par" | "PAR")
        && (2..=9).contains(&words.len())
        && words.iter().filter(|word| name(word)).count() >= 2
        && words.iter().all(|&word| joins(word) || name(word))
        && name(words[0])
        && !names.ends_with(['.', ':', '!', '?', ','])
}

/// `Ana Roe is a reporter at …`, `Luc Bah est correspondant pour …`
fn is_third_person_life(unit: &Unit<'_>) -> bool {
    let words = unit.words();
    let Some(verb) = words.iter().take(6).position(|word| matches!(*word, "is" | "est")) else { return false };
    let named = unit.raw.split_whitespace().take(verb).all(|word| word.starts_with(char::is_uppercase));
    let trade = words.iter().skip(verb + 1).take(6).position(|word| TRADES.contains(word));
    let tied = |at: usize| words[verb + 2 + at..].iter().take(3).any(|word| TIES.contains(word));
    (1..=5).contains(&verb) && named && trade.is_some_and(tied) && !words.iter().any(|word| EVENTS.contains(word))
}

/// `Passionnée de cartes, j'…`, `Journaliste à L'Estafette`
fn is_first_person_life(unit: &Unit<'_>) -> bool {
    let words = unit.words();
    let opens = words.first().is_some_and(|word| LIVES.contains(word));
    let first_person = words.iter().any(|word| matches!(*word, "j" | "je" | "mes" | "mon"));
    let house = || {
        let mut names = unit.raw.split_whitespace().skip(2).peekable();
        let joins = |word: &str| matches!(word, "la" | "le" | "l" | "du" | "de" | "des" | "et");
        matches!(words[..], ["journaliste", "a" | "au" | "chez" | "pour", _, ..])
            && !unit.raw.contains([',', ':'])
            && names.peek().is_some()
            && names.all(|word| joins(word) || word.starts_with(char::is_uppercase))
    };
    opens && !unit.quotes() && (first_person || house())
}
