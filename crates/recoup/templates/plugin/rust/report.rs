//! A report stage of recoup: a table with a line for each finding.

use recoup_plugin::prelude::*;

export_stages!(@TYPE@);

/// What a pipeline can set.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, crate = "recoup_plugin::serde")]
pub struct Options {
    /// Leaves out what fewer independent origins say.
    minimum_origins: usize,
}

pub struct @TYPE@(Options, String);

impl Stage for @TYPE@ {
    const NAME: &str = "@NAME@";
    const SUMMARY: &str = "Writes a table with a line for each finding.";
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    type Options = Options;
    type Item = ReportItem;

    fn open(options: Options, _: &Context) -> Result<Self> {
        Ok(@TYPE@(options, "indicator;subject;low;high\n".to_owned()))
    }

    fn process(&mut self, item: ReportItem, _: &mut Out<'_, File>) -> Result<()> {
        let ReportItem::Finding(item) = item else { return Ok(()) };
        let Finding { indicator, subject, low, high, independent_origins, .. } = item.finding;
        if independent_origins >= self.0.minimum_origins {
            let [low, high] = [low, high].map(|n| n.map(|n| n.to_string()).unwrap_or_default());
            self.1 += &format!("{indicator};{};{low};{high}\n", subject.unwrap_or_default());
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_, File>) -> Result<()> {
        out.emit(File { file: Some("@NAME@.csv".to_owned()), body: Body::Text(self.1.clone()) });
        Ok(())
    }
}
