//! `[[test]]`: what a text should yield.

use std::ops::Range;

use jiff::civil::Date;
use recoup_model::Time;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::keys::{EXPECT, TEST};
use super::section::{Report, Section};
use crate::Problem;
use crate::spanned::{Spanned, Tree, to_json};
use crate::test::{Expected, Figure, Place, Slot, Test};

/// How an empty slot is written.
const NONE: &str = "-";

/// The tests of a pipeline whose file has this text.
pub(crate) fn read(file: &Section<'_>, text: &str, report: &mut Report<'_>) -> Vec<Test> {
    let tests = file.sections("test").iter().enumerate();
    tests.filter_map(|(index, section)| test(section, index, text, report)).collect()
}

fn test(section: &Section<'_>, index: usize, file: &str, report: &mut Report<'_>) -> Option<Test> {
    let claims = section.sections("expect").iter().map(|claim| expected(claim, report)).collect();
    // Without a text nothing can be tested, which has been reported.
    let (text, _) = section.text("text")?;
    let name = section.text("name").map(|(name, _)| name.trim()).filter(|name| !name.is_empty());
    Some(Test {
        name: name.map_or_else(|| format!("test {}", index + 1), str::to_owned),
        text: text.to_owned(),
        language: section.text("language").map(|(language, _)| language.to_owned()),
        published: section.value("published").and_then(day),
        expect: section.has("expect").then_some(claims),
        expect_text: section.text("expect_text").map(|(text, _)| text.to_owned()),
        place: Place {
            expect_text: section.text("expect_text").map(|(_, span)| span),
            end: TEST.iter().filter_map(|key| section.value(key.name)).map(|value| value.span().end).max()?,
            inline: file.as_bytes().get(section.span().start) == Some(&b'{'),
        },
    })
}

fn expected(section: &Section<'_>, report: &mut Report<'_>) -> Expected {
    let slots = EXPECT.iter().filter_map(|key| slot(key.name, section, report));
    Expected { slots: slots.collect() }
}

fn slot(name: &str, section: &Section<'_>, report: &mut Report<'_>) -> Option<Slot> {
    let value = section.value(name)?;
    let text = || section.text(name).map(|(text, _)| text.to_owned());
    let unless_none = || text().map(|text| Some(text).filter(|text| text != NONE));
    let texts = || section.texts(name).into_iter().map(|(text, _)| text.to_owned()).filter(|text| text != NONE);
    let json = to_json(value.get_ref());
    Some(match name {
        "quote" => Slot::Quote(text()?),
        "indicator" => Slot::Indicator(text()?),
        "figure" => Slot::Figure(figure(&text()?, value.span(), report)?),
        "low" => Slot::Low(json.as_f64()),
        "high" => Slot::High(json.as_f64()),
        "approximate" => Slot::Approximate(json.as_bool()?),
        "unit" => Slot::Unit(unless_none()?),
        "item" => Slot::Item(unless_none()?),
        "subject" => Slot::Subject(unless_none()?),
        "object" => Slot::Object(unless_none()?),
        "places" => Slot::Places(texts().collect()),
        "time" => Slot::Time(time(json.as_str()?, value.span(), report)?),
        "reported" => Slot::Reported(Some(day(value)?)),
        "sources" => Slot::Sources(texts().collect()),
        "via" => Slot::Via(texts().collect()),
        "stance" => Slot::Stance(word(json)?),
        "measure" if json == NONE => Slot::Measure(None),
        "measure" => Slot::Measure(Some(word(json)?)),
        "civilian" => Slot::Civilian(json.as_bool()),
        "part_of" => Slot::PartOf(json.as_bool()?),
        "inherited" => Slot::Inherited(texts().collect()),
        _ => return None,
    })
}

/// One of the values that the key allows.
fn word<T: DeserializeOwned>(json: Value) -> Option<T> {
    serde_json::from_value(json).ok()
}

fn day(value: &Spanned<Tree<'_>>) -> Option<Date> {
    to_json(value.get_ref()).as_str()?.parse().ok()
}

fn figure(text: &str, span: Range<usize>, report: &mut Report<'_>) -> Option<Option<Figure>> {
    if text == NONE {
        return Some(None);
    }
    let figure = Figure::read(text);
    if figure.is_none() {
        let problem = Problem::new("pipeline::figure", format!("`{text}` is no figure"));
        let help = "`30` is a point, `30..` at least, `..30` at most, `10000..12000` from and to, each with `~` behind \
                    where the text says about; `-` is no figure";
        report.at(span, problem.label("expected such as \"30..\"").help(help));
    }
    figure.map(Some)
}

fn time(text: &str, span: Range<usize>, report: &mut Report<'_>) -> Option<Option<Time>> {
    if text == NONE {
        return Some(None);
    }
    let time = Time::from_edtf(text);
    if time.is_none() {
        let problem = Problem::new("pipeline::time", format!("`{text}` is no time"));
        let help = "write a day, a month or a year, or an interval of them, open with `..`: `2024-12-16`, `2024-12`, \
                    `2024-12-14/2024-12-15`, `../2024-12-31`; `-` is no time";
        report.at(span, problem.label("expected such as \"2024-12-16\"").help(help));
    }
    time.map(Some)
}
