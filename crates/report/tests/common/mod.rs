//! A small report on a war that never was, Norland against Meridia over the Amber valley.

#![allow(dead_code, clippy::unwrap_used)]

use std::sync::Arc;

use recoup_model::{Body, File, ReportItem, Theatre};
use recoup_plugin::{Context, Error, Out, Sink, Stage};
use serde_json::{Value, json};

/// Runs a stage over a stream and gives its files: name and text.
pub(crate) fn files<S: Stage<Item = ReportItem>>(
    options: Value,
    context: &Context,
    items: Vec<ReportItem>,
) -> Result<Vec<(String, String)>, Error> {
    let mut sink = Files::default();
    let mut stage = S::open(serde_json::from_value(options).unwrap(), context)?;
    for item in items {
        stage.process(item, &mut Out::new(&mut sink))?;
    }
    stage.finish(&mut Out::new(&mut sink))?;
    Ok(sink.0)
}

/// An error as the user reads it.
pub(crate) fn told(error: &Error) -> String {
    let path = error.path.as_deref().unwrap_or("no option");
    format!("{}\nat: {path}\nhelp: {}\n", error.message, error.help.as_deref().unwrap_or("none"))
}

#[derive(Default)]
struct Files(Vec<(String, String)>);

impl Sink<File> for Files {
    fn emit(&mut self, file: File) {
        let Body::Text(text) = file.body else { panic!("a report is text") };
        self.0.push((file.file.unwrap(), text));
    }

    fn report(&mut self, diagnostic: recoup_model::Diagnostic) {
        panic!("{}", diagnostic.message);
    }
}

/// The theatre of the sample.
pub(crate) fn context() -> Context {
    let theatre: Theatre = serde_json::from_value(json!({
        "actor": [
            {"id": "norland", "name": "Norland", "name_fr": "Norlande", "side": "north"},
            {"id": "meridia", "name": "Meridia", "name_fr": "Méridie", "side": "south"},
            {"id": "valk", "name": "Valk Legion", "name_fr": "Légion valk", "side": "south"}
        ],
        "place": [{"id": "nl-amberford", "name": "Amberford", "name_fr": "Gué-d’Ambre", "precision": "locality"}],
        "source": [
            {"id": "norland-staff", "name": "Norland’s general staff", "name_fr": "l’état-major norlandais", "actor": "norland"},
            {"id": "red-shield", "name": "Red Shield (NGO)", "name_fr": "Bouclier rouge (ONG)", "reliability": "B"}
        ],
        "indicator": [{"id": "bridges.cut", "name": "Bridges cut", "name_fr": "Ponts coupés", "unit": "bridge"}]
    }))
    .unwrap();
    Context { theatre: Arc::new(theatre), ..Context::default() }
}

/// The stream of the sample report.
pub(crate) fn sample(language: &str) -> Vec<ReportItem> {
    let french = language == "fr";
    let note = |fr: &'static str, en: &'static str| if french { fr } else { en };
    let mut items = vec![head(language)];
    items.extend([killed(&note), sent(), agreement(), refused(), unverified(), bridges()].map(|mut item| {
        item["kind"] = json!("finding");
        item
    }));
    items.extend(changes());
    items.extend([
        json!({"kind": "source", "id": "valley-post", "name": "Valley Post", "role": "outlet", "reliability": "C", "total": 3, "in_period": 2, "newest": "2031-03-15", "new": true}),
        json!({"kind": "source", "id": "red-shield", "name": "Red Shield (NGO)", "role": "origin", "reliability": "B", "total": 2, "in_period": 2, "newest": "2031-03-15"}),
        json!({"kind": "source", "id": "coast-radio", "name": "Coast | Radio", "role": "outlet", "reliability": "F", "total": 1200, "in_period": 0, "newest": "2031-02-20", "rhythm_days": 1.5}),
        json!({"kind": "source", "id": "hill-herald", "name": "Hill Herald", "role": "outlet", "reliability": "F", "total": 9, "in_period": 0, "in_previous": 3, "newest": "2031-03-09", "rhythm_days": 2, "missing": true}),
        json!({"kind": "set_aside", "origin": "articles/broken.html", "code": "parse.cut", "reason": "The page ends inside a tag.", "help": "Fetch it again."}),
        json!({"kind": "set_aside", "origin": "articles/[x](javascript:1).txt", "code": "parse.not_text", "reason": "No stage reads this.", "help": null}),
    ]);
    items.into_iter().map(|item| serde_json::from_value(item).unwrap()).collect()
}

fn head(language: &str) -> Value {
    let hashed = |name: &str, byte: &str| json!({"name": name, "sha256": byte.repeat(32)});
    json!({
        "kind": "head", "pipeline": "amber valley", "language": language,
        "period": {"start": "2031-03-10", "end": "2031-03-16"}, "previous": "2031-03-09", "newest": "2031-03-15",
        "documents": 6, "undated": ["leaflet"], "claims": 10,
        "copies": [{"documents": ["d_post", "d_echo"], "lag_days": [2]}],
        "method": [
            {"stage": "parse", "name": "text", "summary": "Reads plain text.", "version": "0.1.0", "options": "{}"},
            {"stage": "extract", "name": "drones", "summary": "Reads drones.", "version": "2.0.0", "options": "{\"mark\":\"`\"}"}
        ],
        "manifest": {
            "version": "0.1.0", "pipeline": hashed("pipeline.toml", "0a"),
            "inputs": [hashed("articles/post_1.txt", "1b")], "packs": [hashed("theatre/places.toml", "2c")], "plugins": [hashed("drones", "3d")]
        }
    })
}

fn killed(note: &dyn Fn(&'static str, &'static str) -> &'static str) -> Value {
    json!({
        "finding": {
            "id": "f_killed", "indicator": "casualties.killed", "subject": "norland", "object": null, "unit": "person", "measure": "increment",
            "places": [{"name": "Amber Ford", "id": "nl-amberford", "precision": "locality", "lat": 1.5, "lon": 2.5}],
            "time": {"start": "2031-03-12", "end": "2031-03-13"},
            "low": 20, "best": 80, "high": 120, "approximate": true,
            "derived": {"low": 25, "high": null, "chain": ["c_part"]},
            "estimates": {"conservative": 20, "most_supported": 80, "freshest": 80}, "rule_sensitive": true,
            "status": "disputed", "independent_origins": 3,
            "positions": [
                position("p_meridia", &["meridia"], Some(100), Some(120), "asserted", Some("2031-03-13"), "D4", true, &["c_meridia"], &["d_post"], None),
                position("p_staff", &["norland-staff"], Some(20), Some(35), "asserted", Some("2031-03-13"), "D4", true, &["c_staff", "c_part"], &["d_post", "d_echo"], None),
                position("p_shield", &["red-shield"], Some(80), Some(80), "hedged", Some("2031-03-15"), "B2", false, &["c_shield"], &["d_herald"], None),
                position("p_shield_old", &["red-shield"], Some(60), None, "hedged", Some("2031-03-13"), "B3", false, &["c_shield_old"], &["d_echo"], Some("p_shield")),
            ],
            "disagreements": [
                {"class": "genuine", "between": ["p_meridia", "p_staff"], "within_document": true, "note": note("Les intervalles ne se touchent pas.", "The intervals do not meet.")},
                {"class": "hedge", "between": ["p_shield", "p_staff"], "within_document": false, "note": ""}
            ],
            "lineage": {"merged_from": ["f_old_1", "f_old_2"], "split_from": null}
        },
        "claims": [
            claim("c_meridia", "post", "d_post", 40, "between 100 and 120 invaders died", "casualties.killed", Some(("meridia", "Meridia"))),
            claim("c_staff", "post", "d_post", 210, "20 to 35 soldiers fell", "casualties.killed", Some(("norland-staff", "General Staff"))),
            claim("c_part", "echo", "d_echo", 88, "25 of them at the ford", "casualties.killed", Some(("norland-staff", "General Staff"))),
            claim("c_shield", "herald", "d_herald", 12, "around 80 bodies may have been found", "casualties.killed", Some(("red-shield", "Red Shield"))),
            claim("c_shield_old", "echo", "d_echo", 300, "at least 60", "casualties.killed", Some(("red-shield", "Red Shield"))),
        ],
        "documents": [document("post"), document("echo"), document("herald")]
    })
}

/// Two figures of one unnamed outlet, the later of which replaces the earlier.
fn sent() -> Value {
    json!({
        "finding": {
            "id": "f_sent", "indicator": "forces.sent", "subject": "meridia+valk", "object": "norland", "unit": "person", "measure": "cumulative",
            "places": [], "time": {"start": null, "end": "2031-03-01"},
            "low": 1500, "best": null, "high": null, "approximate": false,
            "derived": {"low": null, "high": null}, "estimates": {"conservative": 1500, "most_supported": null, "freshest": 1500}, "rule_sensitive": false,
            "status": "single-source", "independent_origins": 1,
            "positions": [
                position("p_sent", &[], Some(1500), None, "planned", None, "F6", false, &["c_sent"], &["d_leaflet"], None),
                position("p_sent_old", &[], Some(1000), None, "planned", None, "F6", false, &["c_sent_old"], &["d_leaflet"], Some("p_sent"))
            ]
        },
        "claims": [
            claim("c_sent", "leaflet", "d_leaflet", 0, "1,500 more will cross", "forces.sent", None),
            claim("c_sent_old", "leaflet", "d_leaflet", 90, "first we said 1,000", "forces.sent", None)
        ],
        "documents": [document("leaflet")]
    })
}

fn agreement() -> Value {
    json!({
        "finding": {
            "id": "f_truce", "indicator": "agreement.signed", "subject": "norland", "object": "meridia", "unit": null, "measure": null,
            "places": [], "time": null, "low": null, "best": null, "high": null, "approximate": false,
            "derived": {"low": null, "high": null}, "estimates": {"conservative": null, "most_supported": null, "freshest": null}, "rule_sensitive": false,
            "status": "disputed", "independent_origins": 1,
            "positions": [
                position("p_truce_m", &["meridia"], None, None, "asserted", Some("2031-03-14"), "D3", false, &["c_truce_m"], &["d_herald"], None),
                position("p_truce_n", &["norland"], None, None, "denied", Some("2031-03-15"), "D5", false, &["c_truce_n"], &["d_herald"], None),
            ]
        },
        "claims": [
            claim("c_truce_m", "herald", "d_herald", 500, "a truce has been signed", "agreement.signed", Some(("meridia", "Meridia"))),
            claim("c_truce_n", "herald", "d_herald", 560, "no paper bears our name", "agreement.signed", Some(("norland", "Norland"))),
        ],
        "documents": [document("herald")]
    })
}

fn refused() -> Value {
    json!({
        "finding": {
            "id": "f_legion", "indicator": "forces.present", "subject": "valk", "object": null, "unit": "person", "measure": null,
            "places": [], "time": null, "low": null, "best": null, "high": null, "approximate": false,
            "derived": {"low": null, "high": null}, "estimates": {"conservative": null, "most_supported": null, "freshest": null}, "rule_sensitive": false,
            "status": "unconfirmed", "independent_origins": 0,
            "positions": [position("p_legion", &["meridia"], None, None, "unconfirmed", Some("2031-03-15"), "D6", true, &["c_legion"], &["d_herald"], None)]
        },
        "claims": [claim("c_legion", "herald", "d_herald", 700, "would not be drawn on the Legion", "forces.present", Some(("meridia", "Meridia")))],
        "documents": [document("herald")]
    })
}

fn unverified() -> Value {
    json!({
        "finding": {
            "id": "f_check", "indicator": "verification.unavailable", "subject": null, "object": null, "unit": null, "measure": null,
            "places": [], "time": null, "low": null, "best": null, "high": null, "approximate": false,
            "derived": {"low": null, "high": null}, "estimates": {"conservative": null, "most_supported": null, "freshest": null}, "rule_sensitive": false,
            "status": "single-source", "independent_origins": 1,
            "positions": [position("p_check", &["herald"], None, None, "asserted", Some("2031-03-15"), "C6", false, &["c_check"], &["d_herald"], None)]
        },
        "claims": [claim("c_check", "herald", "d_herald", 900, "we could not reach the ford to count", "verification.unavailable", None)],
        "documents": [document("herald")]
    })
}

/// An indicator of the theatre, from an article that tries to be more than text.
fn bridges() -> Value {
    json!({
        "finding": {
            "id": "f_bridges", "indicator": "bridges.cut", "subject": null, "object": null, "unit": "bridge", "measure": "stock",
            "places": [], "time": null, "low": 2, "best": 2, "high": 2, "approximate": false,
            "derived": {"low": null, "high": null}, "estimates": {"conservative": 2, "most_supported": 2, "freshest": 2}, "rule_sensitive": false,
            "status": "single-source", "independent_origins": 1,
            "positions": [position("p_bridges", &["b-evil-b"], Some(2), Some(2), "asserted", Some("2031-03-11"), "F6", false, &["c_bridges"], &["d_evil"], None)]
        },
        "claims": [claim("c_bridges", "evil", "d_evil", 5, "=HYPERLINK(\"http://x\")|*two*\n# bridges [here](javascript:alert(1)) <script>", "bridges.cut", Some(("b-evil-b", "- <b>Evil</b>")))],
        "documents": [document("evil")]
    })
}

fn changes() -> Vec<Value> {
    let sent = sent()["finding"].clone();
    let (mut fewer, mut old) = (sent.clone(), bridges()["finding"].clone());
    fewer["low"] = json!(1000);
    fewer["positions"] = json!([sent["positions"][1]]);
    fewer["positions"][0]["superseded_by"] = Value::Null;
    old["id"] = json!("f_gone");
    old["positions"][0]["claims"] = json!(["c_gone"]);
    let truce = agreement()["finding"].clone();
    let killed = killed(&|_, english| english)["finding"].clone();
    let mut single = killed.clone();
    single["status"] = json!("single-source");
    let same = refused()["finding"].clone();
    let change = |change: &str, before: Value, after: Value, coverage_only: bool| {
        let id = if after.is_null() { before["id"].clone() } else { after["id"].clone() };
        json!({"kind": "change", "change": change, "finding": id, "before": before, "after": after, "coverage_only": coverage_only})
    };
    vec![
        change("raised", fewer, sent, false),
        change("status", single, killed, false),
        change("withdrawn", old, Value::Null, false),
        change("new", Value::Null, truce, true),
        change("unchanged", same.clone(), same, false),
    ]
}

#[expect(clippy::too_many_arguments, reason = "a row of a table")]
fn position(
    id: &str,
    origin: &[&str],
    low: Option<u32>,
    high: Option<u32>,
    stance: &str,
    reported: Option<&str>,
    grade: &str,
    interested: bool,
    claims: &[&str],
    relayed_by: &[&str],
    superseded_by: Option<&str>,
) -> Value {
    json!({
        "id": id, "origin": origin, "low": low, "high": high, "approximate": id == "p_shield", "stance": stance, "reported": reported,
        "grade": grade, "interested": interested, "claims": claims, "relayed_by": relayed_by, "superseded_by": superseded_by
    })
}

fn claim(
    id: &str,
    doc: &str,
    document: &str,
    start: usize,
    quote: &str,
    indicator: &str,
    source: Option<(&str, &str)>,
) -> Value {
    let sources: Vec<Value> =
        source.map(|(id, name)| json!({"id": id, "name": name, "cue": null})).into_iter().collect();
    let mut claim = json!({
        "id": id, "doc": doc, "document": document, "span": {"start": start, "end": start + quote.len()}, "quote": quote,
        "indicator": indicator, "subject": "norland", "sources": sources, "stance": "asserted", "rule": "en/test"
    });
    if id == "c_shield" {
        claim["via"] = json!([{"id": "mara-lind", "name": "Mara Lind", "cue": "citing"}]);
        claim["stance"] = json!("hedged");
        claim["quantity"] = json!({"low": 80, "high": 80, "approximate": true, "unit": "person", "item": "bodies", "text": "around 80"});
        claim["places"] = json!([
            {"name": "Amber Ford", "id": "nl-amberford", "precision": "locality", "lat": null, "lon": null},
            {"name": "the marsh", "id": null, "precision": null, "lat": null, "lon": null}
        ]);
        claim["time"] = json!({"start": "2031-03-12", "end": "2031-03-13", "text": "on the night to Thursday"});
        claim["inherited"] = json!(["time"]);
    }
    claim
}

fn document(doc: &str) -> Value {
    let (outlet, url, published) = match doc {
        "post" => (
            json!("Valley Post"),
            json!("https://valley.example/a_b"),
            json!({"date": "2031-03-13", "from": "sidecar"}),
        ),
        "echo" => (json!("Echo"), Value::Null, json!({"date": "2031-03-15", "from": "dateline"})),
        "herald" => (json!("Herald"), Value::Null, json!({"date": "2031-03-15", "from": "metadata"})),
        "evil" => {
            (json!("- <b>Evil</b>"), json!("javascript:alert(1)"), json!({"date": "2031-03-11", "from": "file_name"}))
        }
        _ => (Value::Null, Value::Null, Value::Null),
    };
    json!({"id": format!("d_{doc}"), "doc": doc, "outlet": outlet, "url": url, "path": null, "language": "en", "published": published, "title": null})
}
