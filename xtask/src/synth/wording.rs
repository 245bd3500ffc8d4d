//! Sentences in the style of news, from templates.

use jiff::civil::Date;
use recoup_model::{Measure, Precision};

use super::cast::{Cast, Spot};
use super::english::ENGLISH;
use super::event::{Event, Group};
use super::figure::Figure;
use super::french::FRENCH;
use super::random::Random;

/// The language of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    French,
    English,
}

impl Language {
    /// ISO 639-1 code.
    pub(super) fn code(self) -> &'static str {
        self.of("fr", "en")
    }

    /// The form in this language.
    pub(super) fn of<'t>(self, fr: &'t str, en: &'t str) -> &'t str {
        match self {
            Language::French => fr,
            Language::English => en,
        }
    }

    pub(super) fn pack(self) -> &'static Pack {
        match self {
            Language::French => &FRENCH,
            Language::English => &ENGLISH,
        }
    }
}

/// What one language has. Slots of the sentences: `{core}` figure, noun and verb; `{count}` figure, noun and participle;
/// `{src}` and `{via}` who says and who relays; `{said}` the day of it; `{place}`, `{time}`. One of the first two stands
/// in every sentence, and its words are the quote of the claim.
pub(super) struct Pack {
    pub(super) sourced: &'static [&'static str],
    pub(super) relayed: &'static [&'static str],
    pub(super) own: &'static [&'static str],
    pub(super) counted: &'static [Counted],
    pub(super) soldiers: &'static str,
    pub(super) civilians: &'static str,
    pub(super) vehicles: &'static str,
    pub(super) aircraft: &'static str,
    pub(super) exact: &'static [&'static str],
    pub(super) floor: &'static [&'static str],
    pub(super) ceiling: &'static [&'static str],
    pub(super) range: &'static [&'static str],
    pub(super) about: &'static [&'static str],
    /// From five on.
    pub(super) small: &'static [&'static str],
    /// Between the thousands.
    pub(super) separators: &'static [&'static str],
    pub(super) months: &'static [&'static str; 12],
    pub(super) weekdays: &'static [&'static str; 7],
    pub(super) country: &'static str,
    pub(super) region: &'static str,
    pub(super) district: &'static str,
    pub(super) village: &'static [&'static str],
    /// Parts of sentences without any figure.
    pub(super) openings: &'static [&'static str],
    pub(super) subjects: &'static [&'static str],
    pub(super) predicates: &'static [&'static str],
    pub(super) tails: &'static [&'static str],
    pub(super) signatures: &'static [&'static str],
    pub(super) synonyms: &'static [(&'static str, &'static str)],
}

/// The words of an indicator.
pub(super) struct Counted {
    pub(super) indicator: &'static str,
    pub(super) asserted: &'static str,
    pub(super) hedged: &'static str,
    pub(super) participle: &'static str,
}

/// A sentence; one that carries a statement has the words of its quote in `core`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    pub(super) before: String,
    pub(super) core: String,
    pub(super) after: String,
    /// Place of its statement among those of the article.
    pub(super) statement: Option<usize>,
}

impl Sentence {
    pub(super) fn plain(text: String) -> Self {
        Sentence { before: text, core: String::new(), after: String::new(), statement: None }
    }

    /// Changes its words, those of the quote with them.
    pub(super) fn edit(&mut self, change: impl Fn(&str) -> String) {
        for part in [&mut self.before, &mut self.core, &mut self.after] {
            *part = change(part);
        }
    }
}

/// What is put into the slots of one sentence.
pub(super) struct Said<'c> {
    pub(super) language: Language,
    pub(super) group: &'c Group,
    pub(super) event: &'c Event,
    pub(super) indicator: &'static str,
    pub(super) figure: Figure,
    pub(super) hedged: bool,
    /// Who says it; empty for the article itself.
    pub(super) source: &'c str,
    pub(super) via: &'c str,
    /// The day it was said on.
    pub(super) said: Date,
    pub(super) published: Date,
    pub(super) unplaced: bool,
    pub(super) undated: bool,
}

/// The sentence that says it, and the words of its figure.
pub(super) fn sentence(said: &Said<'_>, cast: &Cast, random: &mut Random) -> (Sentence, String) {
    let pack = said.language.pack();
    let templates = match (said.source.is_empty(), said.via.is_empty()) {
        (true, _) => pack.own,
        (false, false) => pack.relayed,
        (false, true) => pack.sourced,
    };
    // A participle cannot be hedged, and 'to Kalvoria' opens no sentence.
    let moves = said.event.place.precision == Precision::Country;
    let fits =
        |template: &&&str| (!said.hedged || template.contains("{core}")) && !(moves && template.starts_with("{place}"));
    let templates: Vec<&&str> = templates.iter().filter(fits).collect();
    let template = **random.pick(&templates);
    let (slot, asserted) = if template.contains("{core}") { ("{core}", true) } else { ("{count}", false) };
    let (before, after) = template.split_once(slot).unwrap_or((template, ""));

    let figure = figure(said, random);
    let noun = noun(said, cast);
    let words = pack.counted.iter().find(|c| c.indicator == said.indicator);
    let verb = words.map_or("", |c| match (asserted, said.hedged) {
        (false, _) => c.participle,
        (true, true) => c.hedged,
        (true, false) => c.asserted,
    });
    let slots = [
        ("{src}", said.source.to_owned()),
        ("{via}", said.via.to_owned()),
        ("{said}", weekday(said)),
        ("{place}", if said.unplaced { String::new() } else { place(said.language, &said.event.place, random) }),
        ("{time}", if said.undated { String::new() } else { time(said, random) }),
    ];
    let fill = |text: &str| tidy(&slots.iter().fold(text.to_owned(), |text, (slot, with)| text.replace(slot, with)));
    let core = format!("{figure} {noun} {verb}");
    let mut sentence = Sentence { before: fill(before), core, after: fill(after), statement: None };
    elide(&mut sentence);
    capitalise(&mut sentence);
    (sentence, figure)
}

/// A sentence about nothing that is counted.
pub(super) fn filler(language: Language, random: &mut Random) -> String {
    let pack = language.pack();
    let [opening, subject, predicate, tail] =
        [pack.openings, pack.subjects, pack.predicates, pack.tails].map(|list| *random.pick(list));
    format!("{opening}, {subject} {predicate}, {tail}.")
}

fn figure(said: &Said<'_>, random: &mut Random) -> String {
    let pack = said.language.pack();
    let Figure { low, high, approximate } = said.figure;
    let templates = match (low, high) {
        _ if approximate => pack.about,
        (Some(low), Some(high)) if low == high => pack.exact,
        (Some(_), Some(_)) => pack.range,
        (Some(_), None) => pack.floor,
        (None, _) => pack.ceiling,
    };
    let separator = *random.pick(pack.separators);
    let spelled = random.chance(0.5) && (low == high || low.is_none() || high.is_none());
    let number = |value: Option<i64>| {
        let value = value.unwrap_or_default();
        let word = usize::try_from(value - 5).ok().and_then(|at| pack.small.get(at)).filter(|_| spelled);
        word.map_or_else(|| grouped(value, separator), |word| (*word).to_owned())
    };
    random.pick(templates).replace("{a}", &number(low.or(high))).replace("{b}", &number(high))
}

/// The digits of a number in groups of three.
fn grouped(value: i64, separator: &str) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

/// What is counted, in the words of the text.
pub(super) fn noun(said: &Said<'_>, cast: &Cast) -> String {
    let pack = said.language.pack();
    let noun = match (said.group.unit, said.group.civilian) {
        ("vehicle", _) => pack.vehicles,
        ("aircraft", _) => pack.aircraft,
        (_, Some(true)) => pack.civilians,
        _ => pack.soldiers,
    };
    let state = &cast.states[said.group.subject];
    noun.replace("{people}", said.language.of(&state.people_fr, &state.people_en))
}

fn place(language: Language, spot: &Spot, random: &mut Random) -> String {
    let pack = language.pack();
    let template = match spot.precision {
        Precision::Country | Precision::Theatre => pack.country,
        Precision::Region => pack.region,
        Precision::District => pack.district,
        Precision::Locality | Precision::Point => random.pick(pack.village),
    };
    template.replace("{name}", language.of(&spot.fr, &spot.en))
}

/// The day on which it was said, where it is not the day of the article.
fn weekday(said: &Said<'_>) -> String {
    if !(1..7).contains(&(said.published - said.said).get_days()) {
        return String::new();
    }
    day_of_week(said.language, said.said)
}

fn day_of_week(language: Language, day: Date) -> String {
    let at = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
    let name = language.pack().weekdays[at];
    match language {
        Language::French => name.to_owned(),
        Language::English => format!("on {name}"),
    }
}

/// When it happened.
fn time(said: &Said<'_>, random: &mut Random) -> String {
    let (start, end) = (said.event.start, said.event.end);
    let age = (said.published - end).get_days();
    let reading = said.event.measure == Some(Measure::Stock);
    if start == end && !reading && (1..6).contains(&age) && random.chance(0.4) {
        return day_of_week(said.language, start);
    }
    // What was last month needs no year.
    let year = if (0..60).contains(&age) && start.year() == said.published.year() && random.chance(0.5) {
        String::new()
    } else {
        said.language.of(" {y}", ", {y}").replace("{y}", &end.year().to_string())
    };
    let month = |day: Date| {
        let at = usize::try_from(day.month() - 1).unwrap_or_default();
        said.language.pack().months[at]
    };
    let (from, to) = (day_of_month(said.language, start), day_of_month(said.language, end));
    let whole = start.day() == 1 && end == start.last_of_month();
    let bare_year = year.trim_start_matches(',').to_owned();
    match said.language {
        Language::French if reading => format!("au {to} {}{year}", month(end)),
        Language::French if start == end => format!("le {to} {}{year}", month(end)),
        Language::French if whole => format!("en {}{year}", month(end)),
        Language::French if start.month() == end.month() => format!("entre le {from} et le {to} {}{year}", month(end)),
        Language::French => format!("entre le {from} {}{year} et le {to} {}{year}", month(start), month(end)).replacen(
            &year,
            &other_year(&year, start, end),
            1,
        ),
        Language::English if reading => format!("as of {} {to}{year}", month(end)),
        Language::English if start == end => format!("on {} {to}{year}", month(end)),
        Language::English if whole => format!("in {}{bare_year}", month(end)),
        Language::English if start.month() == end.month() => format!("between {} {from} and {to}{year}", month(end)),
        Language::English => format!("between {} {from}{year} and {} {to}{year}", month(start), month(end)).replacen(
            &year,
            &other_year(&year, start, end),
            1,
        ),
    }
}

/// The year of the first day, where the second has another.
fn other_year(year: &str, start: Date, end: Date) -> String {
    year.replace(&end.year().to_string(), &start.year().to_string())
}

fn day_of_month(language: Language, day: Date) -> String {
    match (language, day.day()) {
        (Language::French, 1) => "1er".to_owned(),
        (_, day) => day.to_string(),
    }
}

/// Closes up what empty slots leave.
fn tidy(text: &str) -> String {
    let mut text = text.to_owned();
    for (from, to) in [("  ", " "), (" ,", ","), (" .", ".")] {
        while text.contains(from) {
            text = text.replace(from, to);
        }
    }
    text.trim_start_matches(", ").to_owned()
}

/// French drops the `e` of `que` and `de` before a vowel.
fn elide(sentence: &mut Sentence) {
    if sentence.core.starts_with("de ") && sentence.before.ends_with(" de ") {
        sentence.before.truncate(sentence.before.len() - "de ".len());
    }
    if sentence.core.starts_with(['a', 'e']) {
        for (whole, elided) in [("que ", "qu'"), (" de ", " d'")] {
            if let Some(head) = sentence.before.strip_suffix(whole) {
                sentence.before = format!("{head}{elided}");
            }
        }
    }
}

fn capitalise(sentence: &mut Sentence) {
    let part = if sentence.before.contains(char::is_alphabetic) { &mut sentence.before } else { &mut sentence.core };
    let first = part.char_indices().find(|(_, c)| c.is_alphanumeric());
    if let Some((at, first)) = first {
        part.replace_range(at..at + first.len_utf8(), &first.to_uppercase().collect::<String>());
    }
}
