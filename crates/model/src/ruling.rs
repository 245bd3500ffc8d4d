//! Rulings: what an analyst decided, why and when. They lie in a file apart from the data and are applied at every run.

use std::borrow::Cow;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use crate::{ContentHasher, Time};

/// One decision, with its reason. On the wire it is flat, as in the file: `reject = ["c_…"]` beside `because`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "FlatRuling", into = "FlatRuling")]
pub struct Ruling {
    /// `r_` and a hash of all else; see [`Ruling::seal`].
    pub id: String,
    /// The day on which it was decided.
    pub date: Date,
    /// Who decided.
    pub author: String,
    /// Why.
    pub because: String,
    /// What was decided.
    pub decision: Decision,
    /// For each target the claims that it stood for on that day. Empty where every target is a claim, a document, a source
    /// or a ruling: ids of findings and positions change as claims come in.
    pub claims: Vec<Vec<String>>,
}

/// What was decided, of which targets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Claims, or all claims of documents, do not count.
    Reject(Vec<String>),
    /// Claims were checked against their source; takes back that they were rejected.
    Accept(Vec<String>),
    /// Claims answer one question.
    Merge(Vec<String>),
    /// Claims answer two questions: those of the first target and those of the second.
    Apart(Vec<String>),
    /// Sources, by canonical id, are one origin.
    Depend(Vec<String>),
    /// Documents were published on a day, or the event of claims took place then.
    SetDate(Vec<String>, Time),
    /// The event of claims took place at a place, by id or name; `None` = nowhere that is known.
    SetPlace(Vec<String>, Option<String>),
    /// Earlier rulings, by id, hold no more.
    Undo(Vec<String>),
}

/// The kinds of decision, by the names that they have in the file.
pub const DECISIONS: [&str; 8] = ["reject", "accept", "merge", "apart", "depend", "set_date", "set_place", "undo"];

/// Words for no place at all.
const NOWHERE: [&str; 2] = ["", "-"];

/// Why some words are no ruling.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRuling {
    /// No decision, or several.
    #[error("a ruling decides one thing, and this one {}: one of {}", match .0 { 0 => "nothing".to_owned(), n => n.to_string() }, DECISIONS.join(", "))]
    Decisions(usize),
    /// `to` is missing, or stands where it means nothing.
    #[error("`to` goes with `set_date` and `set_place`, and must stand there")]
    To,
    /// `to` is no time.
    #[error("`{0}` is no time such as 2025-01-03 or 2025-01-03/2025-01-05")]
    Time(String),
}

impl Decision {
    /// A decision by its name in the file.
    ///
    /// # Errors
    /// [`InvalidRuling`] where there is no such decision, or `to` is not what it needs.
    pub fn new(name: &str, targets: Vec<String>, to: Option<&str>) -> Result<Self, InvalidRuling> {
        let plain = |decision: Decision| if to.is_none() { Ok(decision) } else { Err(InvalidRuling::To) };
        match name {
            "reject" => plain(Decision::Reject(targets)),
            "accept" => plain(Decision::Accept(targets)),
            "merge" => plain(Decision::Merge(targets)),
            "apart" => plain(Decision::Apart(targets)),
            "depend" => plain(Decision::Depend(targets)),
            "undo" => plain(Decision::Undo(targets)),
            "set_date" => {
                let text = to.ok_or(InvalidRuling::To)?;
                let time = Time::from_edtf(text).ok_or_else(|| InvalidRuling::Time(text.to_owned()))?;
                Ok(Decision::SetDate(targets, time))
            }
            "set_place" => {
                let text = to.ok_or(InvalidRuling::To)?;
                Ok(Decision::SetPlace(targets, (!NOWHERE.contains(&text)).then(|| text.to_owned())))
            }
            _ => Err(InvalidRuling::Decisions(0)),
        }
    }

    /// Its name in the file.
    pub fn name(&self) -> &'static str {
        match self {
            Decision::Reject(_) => "reject",
            Decision::Accept(_) => "accept",
            Decision::Merge(_) => "merge",
            Decision::Apart(_) => "apart",
            Decision::Depend(_) => "depend",
            Decision::SetDate(..) => "set_date",
            Decision::SetPlace(..) => "set_place",
            Decision::Undo(_) => "undo",
        }
    }

    /// What it is about, by id.
    pub fn targets(&self) -> &[String] {
        match self {
            Decision::Reject(targets)
            | Decision::Accept(targets)
            | Decision::Merge(targets)
            | Decision::Apart(targets)
            | Decision::Depend(targets)
            | Decision::SetDate(targets, _)
            | Decision::SetPlace(targets, _)
            | Decision::Undo(targets) => targets,
        }
    }

    /// The time or place that it sets, as written; `-` is no place.
    pub fn to(&self) -> Option<&str> {
        match self {
            Decision::SetDate(_, time) => time.edtf(),
            Decision::SetPlace(_, place) => Some(place.as_deref().unwrap_or("-")),
            _ => None,
        }
    }
}

impl Ruling {
    /// Gives the ruling its id, derived from all else.
    pub fn seal(mut self) -> Self {
        let mut hasher = ContentHasher::default()
            .field(self.date.to_string())
            .field(&self.author)
            .field(&self.because)
            .field(self.decision.name())
            .field(self.decision.to().unwrap_or_default());
        for target in self.decision.targets() {
            hasher = hasher.field(target);
        }
        for claims in &self.claims {
            hasher = hasher.field(claims.join("+"));
        }
        self.id = hasher.id("r");
        self
    }

    /// Its targets, each with the claims that it stands for: those noted when it was decided, else the target itself.
    pub fn resolved(&self) -> impl Iterator<Item = (&str, &[String])> {
        let targets = self.decision.targets();
        let claims = |at: usize| self.claims.get(at).filter(|noted| !noted.is_empty());
        let of = move |at: usize| claims(at).map_or(&targets[at..=at], Vec::as_slice);
        (0..targets.len()).map(move |at| (targets[at].as_str(), of(at)))
    }
}

/// A ruling as it is written: one key for the decision.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
struct FlatRuling {
    /// `r_` and a hash of all else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    id: String,
    /// The day on which it was decided.
    date: Date,
    /// Who decided.
    author: String,
    /// Claims or documents that do not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    reject: Option<Vec<String>>,
    /// Claims that were checked against their source; takes back that they were rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    accept: Option<Vec<String>>,
    /// Claims that answer one question.
    #[serde(skip_serializing_if = "Option::is_none")]
    merge: Option<Vec<String>>,
    /// Two targets whose claims answer two questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    apart: Option<Vec<String>>,
    /// Sources that are one origin.
    #[serde(skip_serializing_if = "Option::is_none")]
    depend: Option<Vec<String>>,
    /// Documents of which the day of publication is set, or claims of which the event's time is.
    #[serde(skip_serializing_if = "Option::is_none")]
    set_date: Option<Vec<String>>,
    /// Claims of which the place is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    set_place: Option<Vec<String>>,
    /// Earlier rulings that hold no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    undo: Option<Vec<String>>,
    /// The time or place that is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// For each target the claims that it stood for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    claims: Vec<Vec<String>>,
    /// Why.
    because: String,
}

impl FlatRuling {
    fn decisions(&mut self) -> [(&'static str, &mut Option<Vec<String>>); 8] {
        [
            ("reject", &mut self.reject),
            ("accept", &mut self.accept),
            ("merge", &mut self.merge),
            ("apart", &mut self.apart),
            ("depend", &mut self.depend),
            ("set_date", &mut self.set_date),
            ("set_place", &mut self.set_place),
            ("undo", &mut self.undo),
        ]
    }
}

impl TryFrom<FlatRuling> for Ruling {
    type Error = InvalidRuling;

    fn try_from(mut flat: FlatRuling) -> Result<Self, InvalidRuling> {
        let mut made: Vec<(&str, Vec<String>)> =
            flat.decisions().into_iter().filter_map(|(name, targets)| Some((name, targets.take()?))).collect();
        let (1, Some((name, targets))) = (made.len(), made.pop()) else {
            return Err(InvalidRuling::Decisions(made.len() + usize::from(!made.is_empty())));
        };
        let decision = Decision::new(name, targets, flat.to.as_deref())?;
        let FlatRuling { id, date, author, because, claims, .. } = flat;
        Ok(Ruling { id, date, author, because, decision, claims })
    }
}

impl From<Ruling> for FlatRuling {
    fn from(ruling: Ruling) -> Self {
        let to = ruling.decision.to().map(str::to_owned);
        let Ruling { id, date, author, because, decision, claims } = ruling;
        let mut flat = FlatRuling { id, date, author, because, to, claims, ..FlatRuling::default() };
        for (name, targets) in flat.decisions() {
            if name == decision.name() {
                *targets = Some(decision.targets().to_vec());
            }
        }
        flat
    }
}

impl JsonSchema for Ruling {
    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Ruling")
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        FlatRuling::json_schema(generator)
    }
}

/// A ruling and what came of it in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AppliedRuling {
    /// The ruling.
    pub ruling: Ruling,
    /// How many claims it touches; of a date of documents, their claims. Of an `undo`, none.
    #[serde(default)]
    pub claims: usize,
    /// The targets that are not there: the data has changed, or this run read other articles.
    #[serde(default)]
    pub gone: Vec<String>,
    /// The later ruling that undid it.
    #[serde(default)]
    pub undone_by: Option<String>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const REJECT: &str = r#"{"id":"r_1","date":"2025-03-01","author":"L. Martin","reject":["c_1","f_2"],"claims":[["c_1"],["c_2","c_3"]],"because":"withdrawn"}"#;

    const GIVEN: &str = r#""date":"2025-03-01","author":"L. Martin","because":"misread""#;

    #[test]
    fn a_ruling_is_flat_on_the_wire() {
        let set = r#"{"id":"r_1","date":"2025-03-01","author":"L. Martin","set_date":["c_1"],"to":"2025-01","because":"misread"}"#;
        for text in [REJECT, set] {
            let ruling: Ruling = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&ruling).unwrap(), text);
        }
    }

    #[test]
    fn a_target_stands_for_its_claims() {
        let ruling: Ruling = serde_json::from_str(REJECT).unwrap();
        let resolved: Vec<(&str, usize)> = ruling.resolved().map(|(target, claims)| (target, claims.len())).collect();
        assert_eq!(resolved, [("c_1", 1), ("f_2", 2)]);
        let plain = Ruling { claims: Vec::new(), ..ruling };
        assert_eq!(plain.resolved().last(), Some(("f_2", ["f_2".to_owned()].as_slice())));
    }

    #[test]
    fn what_is_no_decision_is_refused() {
        for (words, want) in [
            (r#""claims":[]"#, "a ruling decides one thing, and this one nothing"),
            (r#""reject":[],"merge":[]"#, "a ruling decides one thing, and this one 2"),
            (r#""reject":[],"to":"2025""#, "`to` goes with `set_date` and `set_place`"),
            (r#""set_date":["c_1"]"#, "`to` goes with `set_date` and `set_place`"),
            (r#""set_date":["c_1"],"to":"soon""#, "`soon` is no time"),
        ] {
            let error = serde_json::from_str::<Ruling>(&format!("{{{GIVEN},{words}}}")).unwrap_err().to_string();
            assert!(error.starts_with(want), "{error}");
        }
    }

    #[test]
    fn the_id_changes_with_every_word() {
        let ruling = serde_json::from_str::<Ruling>(REJECT).unwrap().seal();
        let changed = [
            Ruling { author: "N. Roy".into(), ..ruling.clone() },
            Ruling { because: "misread".into(), ..ruling.clone() },
            Ruling { decision: Decision::Accept(ruling.decision.targets().to_vec()), ..ruling.clone() },
            Ruling { claims: Vec::new(), ..ruling.clone() },
        ];
        for other in changed {
            assert_ne!(other.seal().id, ruling.id);
        }
        assert_eq!(Ruling { id: String::new(), ..ruling.clone() }.seal().id, ruling.id);
    }
}
