//! Reads one table of a pipeline's file by its keys; everything that does not fit is a problem with a place.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

use super::keys::{Key, Shape};
use crate::nearest::nearest;
use crate::problem::{Problem, SourceFile};
use crate::spanned::{Mistake, Spanned, Table, Tree};

/// A table of which the keys are known and the values have their shapes. What did not fit is missing here and has
/// been reported.
pub(crate) struct Section<'t> {
    span: Range<usize>,
    entries: BTreeMap<&'static str, &'t Spanned<Tree<'t>>>,
    sections: BTreeMap<&'static str, Vec<Section<'t>>>,
    misfits: Vec<&'static str>,
    unknown: Vec<Unknown<'t>>,
}

/// A key that the section does not have.
#[derive(Clone)]
pub(crate) struct Unknown<'t> {
    pub(crate) name: &'t str,
    pub(crate) span: Range<usize>,
    /// Whether it resembles a key that the section has.
    pub(crate) resembles: bool,
}

/// Collects the problems of one file.
pub(crate) struct Report<'f> {
    pub(crate) file: &'f SourceFile,
    pub(crate) problems: Vec<Problem>,
    /// What is wrong with plugins, which are not the file's own.
    pub(crate) aside: Vec<Problem>,
}

impl Report<'_> {
    /// Reports a problem at a place of the file.
    pub(crate) fn at(&mut self, span: Range<usize>, problem: Problem) {
        self.problems.push(problem.at(self.file, span));
    }

    /// Reports, at a place of the file, what is wrong with a plugin.
    pub(crate) fn broken(&mut self, span: Range<usize>, problem: Problem) {
        self.aside.push(problem.at(self.file, span));
    }

    /// Replaces what was advised on the key at `span`, now that more is known.
    pub(crate) fn advise(&mut self, span: &Range<usize>, help: String) {
        if let Some(problem) = self.problems.iter_mut().find(|problem| problem.span.as_ref() == Some(span)) {
            problem.help = Some(help.into());
        }
    }
}

impl<'t> Section<'t> {
    /// Reads `table`, which stands at `span` and may have `keys`.
    pub(crate) fn read(
        table: &'t Table<'t>,
        span: Range<usize>,
        keys: &'static [Key],
        report: &mut Report<'_>,
    ) -> Self {
        let mut section = Section {
            span,
            entries: BTreeMap::new(),
            sections: BTreeMap::new(),
            misfits: Vec::new(),
            unknown: Vec::new(),
        };
        let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
        for (name, value) in table {
            match keys.iter().find(|key| key.name == name.get_ref()) {
                Some(key) => section.accept(key, value, report),
                None => {
                    let word = name.get_ref();
                    let near = nearest(word, names.iter().copied())
                        .and_then(|near| keys.iter().find(|key| key.name == near))
                        .map(|key| key.name);
                    section.misfits.extend(near);
                    section.unknown.push(Unknown { name: word, span: name.span(), resembles: near.is_some() });
                    report.problems.push(Mistake::unknown_key(word, name.span(), &names).in_file(report.file));
                }
            }
        }
        for key in keys.iter().filter(|key| key.required && !section.has(key.name)) {
            let problem = Problem::new("pipeline::missing_key", format!("`{}` is missing", key.name));
            let label = format!("needs `{}`: {}", key.name, key.shape.expected());
            report.at(section.span.clone(), problem.label(label).help(key.doc));
        }
        section
    }

    fn accept(&mut self, key: &'static Key, value: &'t Spanned<Tree<'t>>, report: &mut Report<'_>) {
        if let (Shape::Tables(keys), Some(tables)) = (key.shape, tables(value)) {
            let sections = tables.into_iter().map(|(table, span)| Section::read(table, span, keys, report));
            self.sections.insert(key.name, sections.collect());
            return;
        }
        if let (Shape::TextOr(keys) | Shape::Table(keys), Some(table)) = (key.shape, value.get_ref().as_table()) {
            self.sections.insert(key.name, vec![Section::read(table, value.span(), keys, report)]);
            return;
        }
        if let Shape::Sections(keys) = key.shape {
            let tables = tables(value);
            if tables.is_none() {
                report.at(value.span(), not_sections(key.name));
            }
            let sections = tables.into_iter().flatten().map(|(table, span)| Section::read(table, span, keys, report));
            self.sections.insert(key.name, sections.collect());
        } else if let Some((span, problem)) = misfit(key, value) {
            self.misfits.push(key.name);
            report.at(span, problem);
        } else {
            self.entries.insert(key.name, value);
        }
    }

    /// Whether the key was written, even if what it holds does not fit.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key) || self.sections.contains_key(key) || self.misfits.contains(&key)
    }

    /// The place of the section: its heading.
    pub(crate) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The keys that it does not have, each of which has been reported.
    pub(crate) fn unknown(&self) -> &[Unknown<'t>] {
        &self.unknown
    }

    /// The value of a key.
    pub(crate) fn value(&self, key: &str) -> Option<&'t Spanned<Tree<'t>>> {
        self.entries.get(key).copied()
    }

    /// A text and its place.
    pub(crate) fn text(&self, key: &str) -> Option<(&'t str, Range<usize>)> {
        let value = self.value(key)?;
        Some((value.get_ref().as_str()?, value.span()))
    }

    /// A day and its place.
    pub(crate) fn day(&self, key: &str) -> Option<(Date, Range<usize>)> {
        let value = self.value(key)?;
        Some((day(value.get_ref())?, value.span()))
    }

    /// A flag and its place.
    pub(crate) fn flag(&self, key: &str) -> Option<(bool, Range<usize>)> {
        let value = self.value(key)?;
        Some((value.get_ref().as_bool()?, value.span()))
    }

    /// One text or several, each with its place.
    pub(crate) fn texts(&self, key: &str) -> Vec<(&'t str, Range<usize>)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let located = |value: &'t Spanned<Tree<'t>>| Some((value.get_ref().as_str()?, value.span()));
        match value.get_ref() {
            Tree::Array(items) => items.iter().filter_map(located).collect(),
            _ => located(value).into_iter().collect(),
        }
    }

    /// The sections under a key, in the order of the file.
    pub(crate) fn sections(&self, key: &str) -> &[Section<'t>] {
        self.sections.get(key).map(Vec::as_slice).unwrap_or_default()
    }
}

fn tables<'t>(value: &'t Spanned<Tree<'t>>) -> Option<Vec<(&'t Table<'t>, Range<usize>)>> {
    let items = value.get_ref().as_array()?;
    items.iter().map(|item| Some((item.get_ref().as_table()?, item.span()))).collect()
}

/// A day, bare or quoted.
fn day(tree: &Tree<'_>) -> Option<Date> {
    let bare = tree.as_datetime().map(ToString::to_string);
    bare.as_deref().or(tree.as_str())?.parse().ok()
}

fn not_sections(name: &str) -> Problem {
    Problem::new("pipeline::wrong_type", format!("`{name}` can stand several times, so its heading has two brackets"))
        .label(format!("expected [[{name}]]"))
        .help(format!("write `[[{name}]]` on a line of its own, and its keys below"))
}

/// What is wrong with the value of a key, if anything, and where.
fn misfit(key: &Key, value: &Spanned<Tree<'_>>) -> Option<(Range<usize>, Problem)> {
    let tree = value.get_ref();
    let fits = match key.shape {
        Shape::Text | Shape::TextOr(_) | Shape::OneOf(_) => tree.is_str(),
        Shape::Texts => match tree.as_array().and_then(|items| items.iter().find(|item| !item.get_ref().is_str())) {
            Some(odd) => return Some((odd.span(), wrong(key, odd.get_ref()))),
            None => tree.is_str() || tree.is_array(),
        },
        Shape::TextLists => {
            let texts = |list: &Spanned<Tree<'_>>| {
                list.get_ref().as_array().is_some_and(|items| items.iter().all(|item| item.get_ref().is_str()))
            };
            match tree.as_array().and_then(|lists| lists.iter().find(|list| !texts(list))) {
                Some(odd) => return Some((odd.span(), wrong(key, odd.get_ref()))),
                None => tree.is_array(),
            }
        }
        Shape::Flag => tree.is_bool(),
        Shape::Day => day(tree).is_some(),
        Shape::FlagOrNone => tree.is_bool() || tree.as_str() == Some("-"),
        Shape::Number => tree.is_integer() || tree.is_float(),
        Shape::Time | Shape::TimeOrPlace => tree.is_str() || tree.is_datetime(),
        Shape::Options | Shape::Table(_) => tree.is_table(),
        Shape::Tables(_) => tables(value).is_some(),
        Shape::Sections(_) => true,
    };
    if !fits {
        return Some((value.span(), wrong(key, tree)));
    }
    let (Shape::OneOf(values), Some(word)) = (key.shape, tree.as_str()) else { return None };
    (!values.contains(&word)).then(|| {
        let problem = Problem::new("pipeline::unknown_value", format!("`{}` cannot be {word:?}", key.name));
        (value.span(), problem.label(format!("expected {}", key.shape.expected())).help(key.doc))
    })
}

fn wrong(key: &Key, found: &Tree<'_>) -> Problem {
    let expected = key.shape.expected();
    let found = match found {
        Tree::String(text) => format!("{text:?}"),
        Tree::Integer(_) | Tree::Float(_) => "a number".to_owned(),
        Tree::Boolean(flag) => flag.to_string(),
        Tree::Datetime(_) => "a date".to_owned(),
        Tree::Array(_) => "a list".to_owned(),
        Tree::Table(_) => "a table".to_owned(),
    };
    Problem::new("pipeline::wrong_type", format!("`{}` must be {expected}, not {found}", key.name))
        .label(format!("expected {expected}"))
}
