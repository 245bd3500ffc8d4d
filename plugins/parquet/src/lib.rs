//! A report stage in a shared library: the findings and claims of a report, or all documents and claims of an archive,
//! as Parquet, for DuckDB, pandas and Spark.
//!
//! ```toml
//! [[report]]
//! plugin = "parquet"
//! path = "out/{period}/"
//! ```
//!
//! ```sh
//! recoup store export red-sea --plugin parquet --out archive
//! ```
//!
//! A report becomes `findings.parquet` and `claims.parquet`, an archive `documents.parquet` and `claims.parquet`. Rows are
//! held until a row group is full, then compressed; so memory holds a row group and the files.

mod column;
mod rows;
mod table;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use recoup_plugin::prelude::*;

use rows::ClaimRow;
use table::Table;

export_stages!(Parquet);

/// What a pipeline can set.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, crate = "recoup_plugin::serde")]
pub struct Options {
    /// Rows of a row group: what a program reads at once. One with long texts is closed earlier.
    pub row_group: usize,
    /// Leaves the text of documents out of an archive. The file is much smaller, and no quote can be looked up in it.
    pub without_text: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { row_group: 100_000, without_text: false }
    }
}

/// The stage: its options and its tables so far.
pub struct Parquet {
    options: Options,
    findings: Table<FindingItem>,
    claims: Table<ClaimRow>,
    documents: Table<ArchivedDocument>,
    /// What the files say of themselves.
    about: Option<String>,
    /// The document whose claims follow, without its text; `None` in a report.
    document: Option<ArchivedDocument>,
}

impl Stage for Parquet {
    const NAME: &str = "parquet";
    const SUMMARY: &str = "Writes findings and claims, or a whole archive, as Parquet for DuckDB, pandas and Spark.";
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    type Options = Options;
    type Item = ReportItem;

    fn open(options: Options, _: &Context) -> Result<Self> {
        if options.row_group == 0 {
            return Err(Error::new("a row group needs a row").at_option("row_group").with_help("such as 100000"));
        }
        let limit = options.row_group;
        Ok(Parquet {
            options,
            findings: Table::new("findings", rows::finding_columns(), limit)?,
            claims: Table::new("claims", rows::claim_columns(), limit)?,
            documents: Table::new("documents", rows::document_columns(), limit)?,
            about: None,
            document: None,
        })
    }

    fn process(&mut self, item: ReportItem, _: &mut Out<'_, File>) -> Result<()> {
        match item {
            ReportItem::Head(head) => self.about = Some(about(&head)),
            ReportItem::Finding(item) => {
                self.findings.push(&item)?;
                rows::claims_of(*item).try_for_each(|row| self.claims.push(&row))?;
            }
            ReportItem::Document(document) => self.document(*document)?,
            ReportItem::Claim(claim) => self.claim(*claim)?,
            // Tables hold what is known; how it came about is for the other files of a report.
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_, File>) -> Result<()> {
        let archive = self.document.take().is_some();
        let about = self.about.take();
        if archive {
            out.emit(file("documents.parquet", &self.documents.close(about.clone())?));
        }
        if !archive || self.findings.has_rows() {
            out.emit(file("findings.parquet", &self.findings.close(about.clone())?));
        }
        out.emit(file("claims.parquet", &self.claims.close(about)?));
        Ok(())
    }
}

impl Parquet {
    fn document(&mut self, mut document: ArchivedDocument) -> Result<()> {
        if self.options.without_text {
            document.document.text.clear();
        }
        self.documents.push(&document)?;
        document.document.text.clear();
        self.document = Some(document);
        Ok(())
    }

    /// A claim of an archive stands behind its document, which may be there more than once.
    fn claim(&mut self, claim: Claim) -> Result<()> {
        let carrier = self.document.as_ref().filter(|carrier| carrier.document.id == claim.document);
        self.claims.push(&ClaimRow {
            finding: None,
            position: None,
            document: carrier.map(|carrier| carrier.document.head()),
            taken_in: carrier.map(|carrier| carrier.taken_in),
            read_at: carrier.map(|carrier| carrier.read_at),
            claim,
        })
    }
}

/// Where a table comes from, in JSON: whoever finds the file alone can ask for the rest.
fn about(head: &Head) -> String {
    let archive = head.manifest.archive.as_ref();
    serde_json::json!({
        "pipeline": head.pipeline,
        "period": head.period,
        "version": head.manifest.version,
        "archive": archive,
    })
    .to_string()
}

fn file(name: &str, bytes: &[u8]) -> File {
    File { file: Some(name.to_owned()), body: Body::Base64(STANDARD.encode(bytes)) }
}
