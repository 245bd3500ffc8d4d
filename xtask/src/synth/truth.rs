//! What is known of a set: the files beside it that a program under test is not shown.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use jiff::civil::Date;
use recoup_model::Measure;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::article::Article;
use super::event::{Event, Question};
use crate::chore::{ChoreError, at};

/// One line of `truth.jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct TrueQuestion {
    pub(super) id: String,
    pub(super) indicator: String,
    pub(super) subject: String,
    pub(super) object: Option<String>,
    pub(super) unit: String,
    pub(super) measure: Option<Measure>,
    /// Id in the theatre.
    pub(super) place: String,
    pub(super) start: Date,
    pub(super) end: Date,
    pub(super) value: i64,
    /// The question whose scope holds this one, of the same indicator.
    pub(super) within: Option<String>,
    pub(super) claims: Vec<String>,
    pub(super) independent_origins: usize,
    /// Whose claims they are.
    pub(super) origins: Vec<TrueOrigin>,
    /// Claims with a figure that is wrong.
    pub(super) mistakes: Vec<String>,
    /// Claims with a figure that their own origin replaced later.
    pub(super) superseded: Vec<String>,
    /// Whether the figure of every claim that is not superseded holds the value.
    pub(super) bracketed: bool,
}

/// An origin with its claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TrueOrigin {
    pub(super) origin: String,
    pub(super) claims: Vec<String>,
}

/// One line of `statements.jsonl`: what an article says, for claims that somebody else extracts from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct TrueStatement {
    pub(super) id: String,
    pub(super) doc: String,
    pub(super) indicator: String,
    pub(super) low: Option<i64>,
    pub(super) high: Option<i64>,
    pub(super) quote: String,
    /// Whom the sentence quotes; null is the article's own voice.
    pub(super) source: Option<String>,
    /// Whom it has the quote from.
    pub(super) via: Option<String>,
}

/// One line of `copies.jsonl`: documents of one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Copies {
    pub(super) documents: Vec<String>,
}

/// What a line says of its question's place in the world.
pub(super) struct Identity<'t> {
    pub(super) id: String,
    pub(super) subject: &'t str,
    pub(super) object: Option<&'t str>,
    pub(super) unit: &'t str,
    pub(super) within: Option<String>,
}

/// The truth of one question of an event; `ids` names the claims of each article. `None` where nothing is said on it.
pub(super) fn truth(
    identity: Identity<'_>,
    event: &Event,
    (at, question): (usize, Question),
    articles: &[Article],
    ids: &[Vec<String>],
) -> Option<TrueQuestion> {
    let said: Vec<_> = (articles.iter().zip(ids))
        .flat_map(|(article, ids)| article.statements.iter().zip(ids))
        .filter(|(statement, _)| statement.question == at)
        .collect();
    if said.is_empty() {
        return None;
    }
    // An origin's last version that was printed, with its figure.
    let mut last: BTreeMap<&str, (usize, super::figure::Figure)> = BTreeMap::new();
    let mut origins: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (statement, id) in &said {
        origins.entry(&statement.origin).or_default().push((*id).clone());
        let newest = last.entry(&statement.origin).or_insert((statement.version, statement.figure));
        if statement.version > newest.0 {
            *newest = (statement.version, statement.figure);
        }
    }
    let replaced = |s: &super::article::Statement| {
        last.get(s.origin.as_str()).is_some_and(|(version, figure)| *version > s.version && *figure != s.figure)
    };
    let ids_where = |test: &dyn Fn(&super::article::Statement) -> bool| -> Vec<String> {
        said.iter().filter(|(statement, _)| test(statement)).map(|(_, id)| (*id).clone()).collect()
    };
    Some(TrueQuestion {
        id: identity.id,
        indicator: question.indicator.to_owned(),
        subject: identity.subject.to_owned(),
        object: identity.object.map(str::to_owned),
        unit: identity.unit.to_owned(),
        measure: event.measure,
        place: event.place.id.clone(),
        start: event.start,
        end: event.end,
        value: question.value,
        within: identity.within,
        claims: ids_where(&|_| true),
        independent_origins: origins.len(),
        mistakes: ids_where(&|s| s.mistake),
        superseded: ids_where(&replaced),
        bracketed: said.iter().all(|(s, _)| replaced(s) || s.figure.holds(question.value)),
        origins: (origins.into_iter())
            .map(|(origin, claims)| TrueOrigin { origin: origin.to_owned(), claims })
            .collect(),
    })
}

/// The lines of a file of JSON Lines.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, ChoreError> {
    let mut out = Vec::new();
    for (number, line) in BufReader::new(File::open(path).map_err(at(path))?).lines().enumerate() {
        let line = line.map_err(at(path))?;
        if line.trim().is_empty() {
            continue;
        }
        let read = serde_json::from_str(&line).map_err(|error| ChoreError::Input {
            path: path.to_owned(),
            reason: format!("line {}: {error}", number + 1),
        })?;
        out.push(read);
    }
    Ok(out)
}
