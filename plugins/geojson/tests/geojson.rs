//! The stage through its trait: a recorded stream in, the map that comes out.
#![allow(clippy::unwrap_used)]

use recoup_plugin::Sink;
use recoup_plugin::prelude::*;
use recoup_report_geojson::{GeoJson, Options};
use serde_json::{Value, json};

#[derive(Default)]
struct Written {
    files: Vec<File>,
    remarks: Vec<Diagnostic>,
}

impl Sink<File> for Written {
    fn emit(&mut self, file: File) {
        self.files.push(file);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.remarks.push(diagnostic);
    }
}

fn context() -> Context {
    let theatre = json!({"place": [
        {"id": "nl", "name": "Norland", "precision": "country", "lat": 52.0, "lon": 5.0},
        {"id": "nl-norburg", "name": "Norburg", "precision": "locality", "within": "nl", "lat": 51.5, "lon": 4.25},
        {"id": "nl-umlaut", "name": "Umlaut", "precision": "district", "lat": 151.5, "lon": 4.25},
    ]});
    Context { theatre: serde_json::from_value::<Theatre>(theatre).unwrap().into(), ..Context::default() }
}

fn open(options: Value) -> Result<GeoJson> {
    let options: Options = serde_json::from_value(options).map_err(|why| Error::new(why.to_string()))?;
    GeoJson::open(options, &context())
}

/// The file's name and text, and what was said.
fn map(items: impl IntoIterator<Item = ReportItem>, options: Value) -> (String, String, Vec<Diagnostic>) {
    let mut stage = open(options).unwrap();
    let mut written = Written::default();
    for item in items {
        stage.process(item, &mut Out::new(&mut written)).unwrap();
    }
    stage.finish(&mut Out::new(&mut written)).unwrap();
    match &written.files[..] {
        [File { file: Some(file), body: Body::Text(text) }] => (file.clone(), text.clone(), written.remarks),
        files => panic!("{} files", files.len()),
    }
}

fn stream() -> Vec<ReportItem> {
    include_str!("stream.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Each feature with one member a line, for who reviews.
fn shown(text: &str) -> String {
    format!("{:#}", serde_json::from_str::<Value>(text).unwrap())
}

#[test]
fn each_finding_is_a_feature_with_what_it_rests_on() {
    let (file, text, remarks) = map(stream(), json!({}));
    assert_eq!(file, "findings.geojson");
    insta::assert_snapshot!(shown(&text));
    let said: Vec<&str> = remarks.iter().map(|remark| remark.message.as_str()).collect();
    assert_eq!(said, ["Umlaut, of the finding f_04, is nowhere on earth: latitude 151.5, longitude 4.25"]);
}

#[test]
fn a_minimal_map_without_what_is_nowhere() {
    let (file, text, remarks) = map(stream(), json!({"file": "map.json", "minimal": true, "without_place": "skip"}));
    assert_eq!(file, "map.json");
    insta::assert_snapshot!(text);
    let last = remarks.last().unwrap();
    assert_eq!(
        (last.code.as_str(), last.message.as_str()),
        ("geojson.without_place", "2 findings of which no place has coordinates left out")
    );
}

#[test]
fn a_report_without_findings_is_an_empty_map() {
    let (_, text, _) = map(None, json!({}));
    let empty: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(empty, json!({"type": "FeatureCollection", "features": []}));
}

#[test]
fn options_that_are_none_are_refused() {
    assert_eq!(open(json!({"file": "maps/"})).unwrap_err().path.as_deref(), Some("options.file"));
    assert_eq!(open(json!({"file": " "})).unwrap_err().path.as_deref(), Some("options.file"));
    for options in [json!({"without_places": "null"}), json!({"without_place": null}), json!({"minimal": "yes"})] {
        assert!(open(options.clone()).is_err(), "{options}");
    }
}

/// Findings at any places, some of them nowhere.
mod any {
    use proptest::prelude::*;

    use super::*;

    fn place() -> impl Strategy<Value = Value> {
        let ids = vec![json!(null), json!("nl"), json!("nl-norburg"), json!("nl-umlaut"), json!("nowhere")];
        let precisions = [json!(null), json!("point"), json!("locality"), json!("district"), json!("country")];
        let degrees = || prop_oneof![3 => (-200.0..200.0).prop_map(|d: f64| json!(d)), 1 => Just(json!(null))];
        let fields = (prop::sample::select(ids), prop::sample::select(precisions.to_vec()), degrees(), degrees());
        ("\\PC{0,8}", fields).prop_map(|(name, (id, precision, lat, lon))| {
            json!({"name": name, "id": id, "precision": precision, "lat": lat, "lon": lon})
        })
    }

    fn findings() -> impl Strategy<Value = Vec<ReportItem>> {
        let bound = || prop::option::of(-1e12..1e12_f64);
        let finding = (prop::collection::vec(place(), 0..4), bound(), bound(), "\\PC{0,8}");
        prop::collection::vec(finding, 0..8).prop_map(|findings| {
            let items = findings.into_iter().enumerate().map(|(at, (places, low, high, subject))| {
                json!({"kind": "finding", "claims": [], "documents": [], "finding": {
                    "id": format!("f_{at}"), "indicator": "casualties.killed", "subject": subject, "places": places,
                    "low": low, "high": high, "approximate": false, "derived": {}, "estimates": {},
                    "rule_sensitive": false, "status": "single-source", "independent_origins": 1, "positions": [],
                }})
            });
            items.map(|item| serde_json::from_value(item).unwrap()).collect()
        })
    }

    /// Whether a longitude lies in a box that may run across the line where the date changes.
    fn between(west: f64, lon: f64, east: f64) -> bool {
        if west <= east { west <= lon && lon <= east } else { lon >= west || lon <= east }
    }

    proptest! {
        #[test]
        fn every_map_is_sound(items in findings()) {
            let (_, text, _) = map(items.clone(), json!({}));
            let (_, again, _) = map(items.clone(), json!({}));
            prop_assert_eq!(&text, &again);
            let map: Value = serde_json::from_str(&text).unwrap();
            let features = map["features"].as_array().unwrap();
            let ids: Vec<&str> = features.iter().map(|feature| feature["id"].as_str().unwrap()).collect();
            let want: Vec<String> = (0..items.len()).map(|at| format!("f_{at}")).collect();
            prop_assert_eq!(ids, want);
            let bbox: Option<[f64; 4]> = map.get("bbox").map(|bbox| serde_json::from_value(bbox.clone()).unwrap());
            prop_assert_eq!(bbox.is_some(), features.iter().any(|feature| !feature["geometry"].is_null()));
            for feature in features.iter().filter(|feature| !feature["geometry"].is_null()) {
                prop_assert_eq!(&feature["geometry"]["type"], "Point");
                let [lon, lat]: [f64; 2] = serde_json::from_value(feature["geometry"]["coordinates"].clone()).unwrap();
                prop_assert!((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat));
                for degrees in [lon, lat] {
                    let decimals = degrees.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
                    prop_assert!(decimals <= 6, "{} has {} decimals", degrees, decimals);
                }
                let [west, south, east, north] = bbox.unwrap();
                prop_assert!(between(west, lon, east) && south <= lat && lat <= north);
            }
        }

        #[test]
        fn what_is_left_out_is_what_is_nowhere(items in findings()) {
            let (_, kept, _) = map(items.clone(), json!({}));
            let (_, fewer, remarks) = map(items, json!({"without_place": "skip"}));
            let features = |text: &str| serde_json::from_str::<Value>(text).unwrap()["features"].as_array().unwrap().clone();
            let placed: Vec<Value> = features(&kept).into_iter().filter(|f| !f["geometry"].is_null()).collect();
            prop_assert_eq!(features(&kept).len() > placed.len(), remarks.iter().any(|r| r.code == "geojson.without_place"));
            prop_assert_eq!(features(&fewer), placed);
        }
    }
}
