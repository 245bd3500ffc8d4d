//! One sentence on each disagreement, in the language of the report.

use recoup_model::{DisagreementClass as Class, Stance};

use crate::bound::Bound;
use crate::days::Days;
use crate::disagree::counts_otherwise;
use crate::origin::Origins;
use crate::position::Draft;
use crate::scope::is_reading;

/// Words the notes of one report.
pub(crate) struct Notes<'o> {
    pub(crate) origins: &'o Origins<'o>,
    pub(crate) french: bool,
}

impl Notes<'_> {
    /// What differs between the two positions.
    pub(crate) fn sentence(&self, class: Class, a: &Draft<'_>, b: &Draft<'_>) -> String {
        let (a_who, b_who) = (self.who(a), self.who(b));
        let (a_says, b_says) = (self.says(a), self.says(b));
        let (a_when, b_when) = (self.when(a.days), self.when(b.days));
        let (denier, holder) = if a.stance == Stance::Denied { (&a_who, &b_who) } else { (&b_who, &a_who) };
        if class == Class::Hedge && a.origin.ids == b.origin.ids {
            let who = upper(&a_who);
            return if self.french {
                format!("{who} : la même déclaration est donnée comme un fait et avec réserve.")
            } else {
                format!("{who}: the same statement is given as a fact and with a reserve.")
            };
        }
        if class == Class::Definition && counts_otherwise(a, b) && !a.origin.is_certainly(&b.origin) {
            let read = |d: &Draft<'_>| d.statements.iter().all(|s| is_reading(s));
            let (now, now_says, all, all_says) =
                if read(a) { (&a_who, &a_says, &b_who, &b_says) } else { (&b_who, &b_says, &a_who, &a_says) };
            let now = upper(now);
            return if self.french {
                format!("{now} donne l'état d'un jour, {now_says} ; {all} un cumul, {all_says}.")
            } else {
                format!("{now} gives the state of a day, {now_says}; {all} a total over time, {all_says}.")
            };
        }
        if class == Class::Definition && !a.origin.is_certainly(&b.origin) {
            let civilians = |d: &Draft<'_>| d.statements.iter().all(|s| s.claim.civilian == Some(true));
            let (part, part_says, whole, whole_says) =
                if civilians(a) { (&a_who, &a_says, &b_who, &b_says) } else { (&b_who, &b_says, &a_who, &a_says) };
            let part = upper(part);
            return if self.french {
                format!("{part} compte les civils, {part_says} ; {whole} ne dit pas qui il compte, {whole_says}.")
            } else {
                format!("{part} counts civilians, {part_says}; {whole} does not say who is counted, {whole_says}.")
            };
        }
        if class == Class::Definition && a.reported != b.reported {
            let who = upper(&a_who);
            return if self.french {
                format!("{who} : un cumul qui baisse, {a_says} puis {b_says} ; corrigé, ou compté autrement.")
            } else {
                format!("{who}: a count that falls, {a_says} and then {b_says}; corrected, or counted otherwise.")
            };
        }
        let (surer, hedger) = if a.stance == Stance::Asserted { (&a_who, &b_who) } else { (&b_who, &a_who) };
        if self.french {
            match class {
                Class::Genuine => format!("Les chiffres s'excluent : {a_says} ({a_who}) contre {b_says} ({b_who})."),
                Class::Denial => format!("{} dément ce qu'affirme {holder}.", upper(denier)),
                Class::Date => format!("Les dates s'excluent : {a_when} ({a_who}) contre {b_when} ({b_who})."),
                Class::Period => {
                    format!("Les périodes diffèrent et s'emboîtent : {a_when} ({a_who}), {b_when} ({b_who}).")
                }
                Class::Hedge => format!("{} l'affirme, {hedger} le donne avec réserve.", upper(surer)),
                Class::Place => format!("Les lieux diffèrent : {} ({a_who}), {} ({b_who}).", places(a), places(b)),
                Class::Attribution => {
                    format!("Le même chiffre est attribué à {a_who} et à {b_who} : {a_says}, {b_says}.")
                }
                Class::Headline => format!("Le titre et le corps de l'article diffèrent : {a_says}, {b_says}."),
                Class::BoundCompatible => format!("Les bornes se recoupent : {a_says} ({a_who}), {b_says} ({b_who})."),
                Class::Stale => format!("Relevés à des dates éloignées : {a_says} ({a_when}), {b_says} ({b_when})."),
                Class::Definition => {
                    format!("{} donne deux chiffres le même jour : {a_says} et {b_says}.", upper(&a_who))
                }
                Class::Scope => {
                    format!("L'un compte une partie de ce que compte l'autre : {a_says} ({a_who}), {b_says} ({b_who}).")
                }
            }
        } else {
            match class {
                Class::Genuine => {
                    format!("The figures exclude each other: {a_says} ({a_who}) against {b_says} ({b_who}).")
                }
                Class::Denial => format!("{} denies what {holder} states.", upper(denier)),
                Class::Date => format!("The dates exclude each other: {a_when} ({a_who}) against {b_when} ({b_who})."),
                Class::Period => format!("The periods differ and are nested: {a_when} ({a_who}), {b_when} ({b_who})."),
                Class::Hedge => format!("{} states it, {hedger} gives it with a reserve.", upper(surer)),
                Class::Place => format!("The places differ: {} ({a_who}), {} ({b_who}).", places(a), places(b)),
                Class::Attribution => format!("One figure is credited to {a_who} and to {b_who}: {a_says}, {b_says}."),
                Class::Headline => format!("The headline and the body of the article differ: {a_says}, {b_says}."),
                Class::BoundCompatible => format!("The bounds meet: {a_says} ({a_who}), {b_says} ({b_who})."),
                Class::Stale => format!("Readings of distant dates: {a_says} ({a_when}), {b_says} ({b_when})."),
                Class::Definition => format!("{} gives two figures on one day: {a_says} and {b_says}.", upper(&a_who)),
                Class::Scope => {
                    format!("One counts a part of what the other counts: {a_says} ({a_who}), {b_says} ({b_who}).")
                }
            }
        }
    }

    fn who(&self, draft: &Draft<'_>) -> String {
        if draft.origin.ids.is_empty() {
            return if self.french { "l'article" } else { "the article" }.to_owned();
        }
        let written = |id: &String| {
            let sources = draft.statements.iter().flat_map(|s| s.claim.sources.iter().chain(&s.claim.via));
            sources.filter(|source| source.id == *id).map(|source| source.name.clone()).next()
        };
        let name =
            |id: &String| self.origins.name(id, self.french).or_else(|| written(id)).unwrap_or_else(|| id.clone());
        draft.origin.ids.iter().map(name).collect::<Vec<String>>().join(", ")
    }

    fn says(&self, draft: &Draft<'_>) -> String {
        let Some(bound) = draft.bound else { return if self.french { "sans chiffre" } else { "no figure" }.to_owned() };
        self.bound(bound)
    }

    fn bound(&self, bound: Bound) -> String {
        let number = |v: f64| self.number(v);
        let words = match (bound.low, bound.high, self.french) {
            (Some(low), Some(high), _) if low == high => number(low),
            (Some(low), Some(high), true) => format!("{} à {}", number(low), number(high)),
            (Some(low), Some(high), false) => format!("{} to {}", number(low), number(high)),
            (Some(low), None, true) => format!("au moins {}", number(low)),
            (Some(low), None, false) => format!("at least {}", number(low)),
            (None, Some(high), true) => format!("au plus {}", number(high)),
            (None, Some(high), false) => format!("at most {}", number(high)),
            (None, None, _) => String::new(),
        };
        match (bound.approximate, self.french) {
            (false, _) => words,
            (true, true) => format!("environ {words}"),
            (true, false) => format!("about {words}"),
        }
    }

    /// Groups of three digits, by a narrow no-break space in French and a comma in English.
    fn number(&self, value: f64) -> String {
        let text = value.to_string();
        let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
        let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
        let mut out = sign.to_owned();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(if self.french { '\u{202f}' } else { ',' });
            }
            out.push(digit);
        }
        if let Some(fraction) = fraction {
            out.push(if self.french { ',' } else { '.' });
            out.push_str(fraction);
        }
        out
    }

    fn when(&self, days: Option<Days>) -> String {
        match (days.and_then(|d| d.start), days.and_then(|d| d.end), self.french) {
            (Some(start), Some(end), _) if start == end => start.to_string(),
            (Some(start), Some(end), _) => format!("{start}/{end}"),
            (Some(start), None, true) => format!("depuis le {start}"),
            (Some(start), None, false) => format!("since {start}"),
            (None, Some(end), true) => format!("jusqu'au {end}"),
            (None, Some(end), false) => format!("until {end}"),
            (None, None, true) => "sans date".to_owned(),
            (None, None, false) => "undated".to_owned(),
        }
    }
}

fn places(draft: &Draft<'_>) -> String {
    let mut names: Vec<&str> =
        draft.statements.iter().flat_map(|s| &s.claim.places).map(|place| place.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

fn upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
