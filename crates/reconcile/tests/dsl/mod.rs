//! Claims as one line each, and findings as a reader sees them.
//!
//! ```text
//! language en
//! actor sudan side=sudan en=Sudanese
//! source sudan-mod kind=government actor=sudan reliability=D
//! place sd-kassala in=sd names=Kassala
//! document A outlet=Gazette published=2025-03-02
//! copies A B
//! together 1 2
//! apart 1,2 3
//! depend navy harbour-police
//! ---
//! A 2025-03-02 sudan-mod casualties.killed sudan 12.. @Kassala [2025-03-01/2025-03-01] increment civilians
//! ```
//! A claim is: document, day of saying, speakers (`a+b`, `-` for the outlet), indicator, subject (`>object`), figure
//! (`12`, `12..`, `..12`, `10..12`, `~` for about, `-` for none), and any of `@place`, `[start/end]`, a stance, a measure,
//! `civilians`, `soldiers`, `unit=`, `part=` (number of the whole's line), `via=`, `quote=`, `former`. Claims are numbered from 1.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use recoup_model::{Claim, CopyGroup, Diagnostic, DocumentHead, Finding, Position, Theatre};
use recoup_plugin::{Context, GroupRulings, Out, ReportContext, Sink, Stage};
use recoup_reconcile::{Intervals, Options, groups_united};
use serde_json::{Map, Value, json};

/// What a case describes.
pub(crate) struct Case {
    pub(crate) context: Context,
    pub(crate) claims: Vec<Claim>,
    pub(crate) head: String,
    pub(crate) source: String,
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n{}", self.source)
    }
}

pub(crate) fn parse(text: &str) -> Case {
    let (head, body) = text.split_once("---\n").unwrap_or(("", text));
    let mut theatre: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    let mut documents: BTreeMap<String, DocumentHead> = BTreeMap::new();
    let mut copies = Vec::new();
    let mut language = "en".to_owned();
    let mut rulings = GroupRulings::default();
    let ids = |numbers: &str| numbers.split(',').map(|n| format!("c_{n:0>2}")).collect::<Vec<_>>();
    for line in head.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let mut words = line.split(' ');
        let (kind, name) = (words.next().unwrap(), words.next().unwrap());
        let pairs: BTreeMap<&str, &str> = words.clone().filter_map(|w| w.split_once('=')).collect();
        match kind {
            "language" => language = name.to_owned(),
            "together" => rulings.together.push(line.split(' ').skip(1).flat_map(ids).collect()),
            "apart" => rulings.apart.push([ids(name), ids(words.next().unwrap())]),
            "depend" => rulings.one_origin.push(line.split(' ').skip(1).map(str::to_owned).collect()),
            "copies" => copies.push(CopyGroup {
                documents: [name].into_iter().chain(words).map(document_id).collect(),
                lag_days: Vec::new(),
            }),
            "document" => {
                let head = document(name, &pairs);
                documents.insert(head.id.clone(), head);
            }
            _ => theatre.entry(kind).or_default().push(entry(name, &pairs)),
        }
    }
    let claims: Vec<Claim> =
        body.lines().filter(|l| !l.is_empty()).enumerate().map(|(at, line)| claim(at + 1, line)).collect();
    Case {
        context: Context {
            theatre: Arc::new(serde_json::from_value::<Theatre>(json!(theatre)).unwrap()),
            documents: Arc::new(documents.into_values().collect()),
            copies: Arc::new(copies),
            report: ReportContext { language, ..ReportContext::default() },
            rulings: Arc::new(rulings),
        },
        claims,
        head: head.to_owned(),
        source: body.to_owned(),
    }
}

fn document_id(name: &str) -> String {
    format!("d_{name}")
}

fn document(name: &str, pairs: &BTreeMap<&str, &str>) -> DocumentHead {
    let published = pairs.get("published").map(|date| json!({"date": date, "from": "sidecar"}));
    let title = pairs.get("title").map(|title| title.replace('_', " "));
    serde_json::from_value(json!({
        "id": document_id(name), "doc": name, "outlet": pairs.get("outlet"), "published": published, "title": title,
    }))
    .unwrap()
}

fn entry(name: &str, pairs: &BTreeMap<&str, &str>) -> Value {
    let mut entry = Map::from_iter([("id".to_owned(), json!(name))]);
    for (key, value) in pairs {
        let names: Vec<&str> = value.split(',').collect();
        let (key, value) = match *key {
            "en" => ("demonyms", json!({"en": names})),
            "in" => ("within", json!(value)),
            "names" => ("names", json!(names)),
            other => (other, json!(value.replace('_', " "))),
        };
        entry.insert(key.to_owned(), value);
    }
    Value::Object(entry)
}

fn claim(number: usize, line: &str) -> Claim {
    let mut words = line.split_whitespace();
    let mut next = || words.next().unwrap();
    let (document, reported, speakers, indicator, actors, figure) = (next(), next(), next(), next(), next(), next());
    let speaker = |id: &str| json!({"id": id, "name": id, "cue": null});
    let known = |text: &str| (text != "-").then(|| text.to_owned());
    let (subject, object) = actors.split_once('>').map_or((actors, None), |(s, o)| (s, Some(o)));
    let mut claim = json!({
        "id": format!("c_{number:02}"), "doc": document, "document": document_id(document), "reported": known(reported),
        "indicator": indicator, "span": {"start": number * 100, "end": number * 100 + line.len()}, "quote": line,
        "subject": known(subject), "object": object, "quantity": quantity(figure), "stance": "asserted", "rule": "case",
        "sources": known(speakers).map_or(vec![], |s| s.split('+').map(speaker).collect()),
    });
    let mut places = Vec::new();
    for word in words {
        match word {
            "asserted" | "hedged" | "denied" | "unconfirmed" | "planned" => claim["stance"] = json!(word),
            "stock" | "cumulative" | "increment" => claim["measure"] = json!(word),
            "civilians" => claim["civilian"] = json!(true),
            "soldiers" => claim["civilian"] = json!(false),
            "former" => claim["rule"] = json!("case/former-count"),
            _ => match word.split_at(1) {
                ("@", place) => places.push(json!({"name": place.replace('_', " "), "id": null})),
                ("[", days) => claim["time"] = time(days.trim_end_matches(']')),
                _ => {
                    let (key, value) = word.split_once('=').unwrap();
                    match key {
                        "unit" => claim["quantity"]["unit"] = json!(value),
                        "part" => claim["part_of"] = json!(format!("c_{value:0>2}")),
                        "quote" => {
                            claim["span"]["end"] = json!(number * 100 + value.len());
                            claim["quote"] = json!(value.replace('_', " "));
                        }
                        "via" => claim["via"] = json!([speaker(value)]),
                        _ => panic!("{word}"),
                    }
                }
            },
        }
    }
    claim["places"] = json!(places);
    serde_json::from_value(claim).unwrap()
}

fn quantity(figure: &str) -> Value {
    let (text, approximate) = figure.strip_suffix('~').map_or((figure, false), |t| (t, true));
    let number = |t: &str| t.parse::<f64>().ok();
    let (low, high) = text.split_once("..").map_or((number(text), number(text)), |(l, h)| (number(l), number(h)));
    if figure == "-" {
        Value::Null
    } else {
        json!({"low": low, "high": high, "approximate": approximate, "unit": "person"})
    }
}

fn time(days: &str) -> Value {
    let (start, end) = days.split_once('/').unwrap();
    let day = |text: &str| (text != "..").then(|| text.to_owned());
    json!({"start": day(start), "end": day(end)})
}

#[derive(Default)]
struct Collected(Vec<Finding>, Vec<String>);

impl Sink<Finding> for Collected {
    fn emit(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.1.push(diagnostic.message);
    }
}

/// The findings of some claims, group by group.
#[allow(dead_code)] // `intervals` renders them with what is said beside.
pub(crate) fn findings(claims: Vec<Claim>, context: &Context) -> Vec<Finding> {
    concluded(claims, context).0
}

fn concluded(claims: Vec<Claim>, context: &Context) -> (Vec<Finding>, Vec<String>) {
    let mut sink = Collected::default();
    for group in groups_united(claims, &context.rulings.together) {
        let mut stage = Intervals::open(Options::default(), context).unwrap();
        for claim in group {
            stage.process(claim, &mut Out::new(&mut sink)).unwrap();
        }
        stage.finish(&mut Out::new(&mut sink)).unwrap();
    }
    (sink.0, sink.1)
}

/// The theatre, the claims, numbered, then the findings.
#[allow(dead_code)] // `invariants` looks at findings alone.
pub(crate) fn render(case: &Case) -> String {
    let mut out = case.head.clone();
    for (at, line) in case.source.lines().filter(|l| !l.is_empty()).enumerate() {
        writeln!(out, "{:>2}  {line}", at + 1).unwrap();
    }
    let (findings, contradictions) = concluded(case.claims.clone(), &case.context);
    for finding in findings {
        out.push('\n');
        render_finding(&finding, &mut out);
    }
    for line in contradictions {
        write!(out, "\nwarning: {line}\n").unwrap();
    }
    out
}

fn render_finding(f: &Finding, out: &mut String) {
    let number = |v: Option<f64>| v.map_or("-".to_owned(), |v| v.to_string());
    let actors = [&f.subject, &f.object].into_iter().flatten().cloned().collect::<Vec<_>>().join(" > ");
    let places: Vec<&str> = f.places.iter().map(|p| p.name.as_str()).collect();
    let day = |d: Option<jiff::civil::Date>| d.map_or("..".to_owned(), |d| d.to_string());
    let time = f.time.map_or(String::new(), |t| format!("  [{}/{}]", day(t.start), day(t.end)));
    let place = if places.is_empty() { String::new() } else { format!("  @{}", places.join(", ")) };
    writeln!(out, "{} {actors}{place}{time}", f.indicator).unwrap();
    let status = serde_json::to_value(f.status).unwrap();
    let about = if f.approximate { " (about)" } else { "" };
    writeln!(
        out,
        "   low {}  best {}  high {}{about}   {}, independent origins: {}",
        number(f.low),
        number(f.best),
        number(f.high),
        status.as_str().unwrap(),
        f.independent_origins
    )
    .unwrap();
    if f.rule_sensitive {
        let e = &f.estimates;
        let (a, b, c) = (number(e.conservative), number(e.most_supported), number(e.freshest));
        writeln!(out, "   sensitive to the rule: conservative {a}, most supported {b}, freshest {c}").unwrap();
    }
    if !f.derived.chain.is_empty() {
        let chain: Vec<&str> = f.derived.chain.iter().map(|c| short(c)).collect();
        let (low, high) = (number(f.derived.low), number(f.derived.high));
        writeln!(out, "   derived: low {low}, high {high}, from claims {}", chain.join(", ")).unwrap();
    }
    let label: BTreeMap<&str, String> =
        f.positions.iter().zip('a'..).map(|(p, letter)| (p.id.as_str(), letter.to_string())).collect();
    for p in &f.positions {
        writeln!(out, "   {} {}", label[p.id.as_str()], render_position(p, &label)).unwrap();
    }
    for d in &f.disagreements {
        let class = serde_json::to_value(d.class).unwrap();
        let between: Vec<&str> = d.between.iter().map(|id| label[id.as_str()].as_str()).collect();
        let within = if d.within_document { ", one document" } else { "" };
        writeln!(out, "   {} {}{within}: {}", between.join("-"), class.as_str().unwrap(), d.note).unwrap();
    }
}

fn render_position(p: &Position, label: &BTreeMap<&str, String>) -> String {
    let figure = match (p.low, p.high) {
        (None, None) => String::new(),
        (Some(low), Some(high)) if low == high => format!(" {low}"),
        (low, high) => {
            let end = |v: Option<f64>| v.map_or(String::new(), |v| v.to_string());
            format!(" {}..{}", end(low), end(high))
        }
    };
    let who = if p.origin.is_empty() { "the outlet".to_owned() } else { p.origin.join("+") };
    let about = if p.approximate { "~" } else { "" };
    let stance = serde_json::to_value(p.stance).unwrap();
    let said = p.reported.map_or("undated".to_owned(), |d| d.to_string());
    let interested = if p.interested { ", interested" } else { "" };
    let claims: Vec<&str> = p.claims.iter().map(|c| short(c)).collect();
    let documents: Vec<&str> = p.relayed_by.iter().map(|d| short(d)).collect();
    let replaced = p.superseded_by.as_ref().map_or(String::new(), |by| {
        format!(", superseded by {}", label.get(by.as_str()).map_or("another finding", String::as_str))
    });
    format!(
        "{who}{figure}{about} {}, {said}, {}{interested}; claims {}; in {}{replaced}",
        stance.as_str().unwrap(),
        p.grade,
        claims.join(", "),
        documents.join(", ")
    )
}

fn short(id: &str) -> &str {
    id.split_once('_').map_or(id, |(_, rest)| rest.trim_start_matches('0'))
}
