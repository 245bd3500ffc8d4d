//! A report stage in a shared library: the findings on a map, as GeoJSON (RFC 7946).
//!
//! ```json
//! {"type": "Feature", "id": "f_01", "geometry": {"type": "Point", "coordinates": [4.25, 51.5]},
//!  "properties": {"indicator": "casualties.killed", "subject": "norland", "low": 30, "high": 40}}
//! ```
//!
//! Each finding is a point at the most precise of its places of which the coordinates are known. How precise that is
//! stands beside it: the point of a country is its middle, and does not say where in it something happened. In a
//! pipeline:
//!
//! ```toml
//! [[report]]
//! plugin = "../../target/plugins/recoup_report_geojson"
//! isolate = false
//! path = "out/{period}.geojson"
//! options = { without_place = "skip" }
//! ```

mod bounds;
mod feature;
mod point;

use std::sync::Arc;

use bounds::Bounds;
use point::Located;
use recoup_plugin::prelude::*;

export_stages!(GeoJson);

/// What a pipeline can set.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, crate = "recoup_plugin::serde")]
pub struct Options {
    /// Name of the file, where the `path` of the report is a folder.
    pub file: String,
    /// Leaves out the claims and documents behind each figure. The file is smaller, and no figure in it can be traced.
    pub minimal: bool,
    /// What becomes of findings of which no place has coordinates.
    pub without_place: WithoutPlace,
}

impl Default for Options {
    fn default() -> Self {
        Options { file: "findings.geojson".to_owned(), minimal: false, without_place: WithoutPlace::Null }
    }
}

/// What becomes of findings of which no place has coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", crate = "recoup_plugin::serde")]
pub enum WithoutPlace {
    /// They are written with `"geometry": null`: in the table of a map program, and not on its map.
    Null,
    /// They are left out, and a remark says how many.
    Skip,
}

/// The stage: its options, what it needs of the context, and the features so far.
#[derive(Debug)]
pub struct GeoJson {
    options: Options,
    theatre: Arc<Theatre>,
    /// The members of the collection that the head gives.
    head: Vec<String>,
    bounds: Bounds,
    features: Vec<String>,
    skipped: usize,
}

impl Stage for GeoJson {
    const NAME: &str = "geojson";
    const SUMMARY: &str = "Writes the findings as points on a map, with what each figure rests on, as GeoJSON.";
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    type Options = Options;
    type Item = ReportItem;

    fn open(options: Options, context: &Context) -> Result<Self> {
        if options.file.trim().is_empty() || options.file.ends_with(['/', '\\']) {
            return Err(Error::new("a file needs a name").at_option("file").with_help("such as \"findings.geojson\""));
        }
        Ok(GeoJson {
            options,
            theatre: context.theatre.clone(),
            head: Vec::new(),
            bounds: Bounds::default(),
            features: Vec::new(),
            skipped: 0,
        })
    }

    fn process(&mut self, item: ReportItem, out: &mut Out<'_, File>) -> Result<()> {
        match item {
            ReportItem::Head(head) => {
                let period = serde_json::json!(head.period);
                self.head =
                    vec![format!("\"name\":{}", serde_json::json!(head.pipeline)), format!("\"period\":{period}")];
            }
            ReportItem::Finding(item) => self.finding(&item, out),
            // A map shows what is known of places; the other files of a report tell the rest.
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_, File>) -> Result<()> {
        if self.skipped > 0 {
            let message = format!("{} of which no place has coordinates left out", findings(self.skipped));
            let remark = Diagnostic::new(Level::Info, "geojson.without_place", message);
            out.report(
                remark.with_help("give their places `lat` and `lon` in the theatre, or set `without_place = \"null\"`"),
            );
        }
        let mut members = vec!["\"type\":\"FeatureCollection\"".to_owned()];
        members.append(&mut self.head);
        members.extend(self.bounds.bbox().map(|bbox| format!("\"bbox\":{}", serde_json::json!(bbox))));
        // A feature a line: what changed between two periods is what `diff` shows.
        let features = std::mem::take(&mut self.features).join(",\n");
        let text = format!("{{{},\n\"features\":[\n{features}\n]}}\n", members.join(",\n"));
        out.emit(File { file: Some(self.options.file.clone()), body: Body::Text(text) });
        Ok(())
    }
}

impl GeoJson {
    fn finding(&mut self, item: &FindingItem, out: &mut Out<'_, File>) {
        let located = Located::of(&item.finding, &self.theatre, |place, lat, lon| {
            out.report(nowhere(&item.finding.id, place, lat, lon));
        });
        match &located {
            Some(located) => self.bounds.add(located.point),
            None if self.options.without_place == WithoutPlace::Skip => {
                self.skipped += 1;
                return;
            }
            None => {}
        }
        self.features.push(feature::feature(item, located.as_ref(), self.options.minimal).to_string());
    }
}

fn findings(number: usize) -> String {
    format!("{number} finding{}", if number == 1 { "" } else { "s" })
}

fn nowhere(finding: &str, place: &str, lat: f64, lon: f64) -> Diagnostic {
    let message = format!("{place}, of the finding {finding}, is nowhere on earth: latitude {lat}, longitude {lon}");
    Diagnostic::new(Level::Warning, "geojson.nowhere", message)
        .with_help("latitudes run from -90 to 90 and longitudes from -180 to 180, in degrees; mend the theatre")
}
