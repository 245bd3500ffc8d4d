//! Pages that are no article, or not all of one.

use recoup_model::{Diagnostic, Level, fold};
use serde::Deserialize;

use super::metadata::Metadata;
use super::units::Unit;

const SOURCE: &str = include_str!("../../data/pages.toml");

/// Words from which on a page is read whatever its title says.
const ARTICLE: usize = 120;
/// Words under which nothing is an article.
const FEWEST: usize = 20;
/// Words of a text that may still be the opening of a page of lists.
const LISTING: usize = 150;
/// Teasers from which on a page is a list of articles.
const TEASERS: usize = 5;
/// Different words of consent that make a text one about cookies.
const CONSENT: usize = 3;
/// Units below the text in which what stands in place of the rest is looked for.
const BELOW: usize = 6;

/// The cues of the data file, folded.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageCues {
    error: Vec<String>,
    consent: Vec<String>,
    paywall: Vec<String>,
    /// See the data file.
    pub(crate) live: Vec<String>,
}

impl PageCues {
    /// The cues that come with the program.
    ///
    /// # Errors
    /// A data file that is no valid TOML, or lacks a list.
    pub(crate) fn built_in() -> Result<Self, toml::de::Error> {
        toml::from_str(SOURCE)
    }
}

/// Whether one of the cues stands in a folded text.
pub(crate) fn says(folded: &str, cues: &[String]) -> bool {
    count(folded, cues) > 0
}

fn count(folded: &str, cues: &[String]) -> usize {
    let padded = format!(" {folded} ");
    cues.iter().filter(|cue| padded.contains(&format!(" {cue} "))).count()
}

/// What is known of a page when it is judged.
pub(crate) struct Case<'a> {
    pub(crate) metadata: &'a Metadata,
    /// All units of the page.
    pub(crate) units: &'a [Unit],
    /// Those of the main text.
    pub(crate) chosen: &'a [usize],
    pub(crate) teasers: usize,
}

impl Case<'_> {
    fn words(&self) -> usize {
        self.chosen.iter().map(|&at| self.units[at].words.len()).sum()
    }

    fn text(&self, units: impl Iterator<Item = usize>) -> String {
        units.filter_map(|at| self.units.get(at)).map(|unit| unit.words.join(" ")).collect::<Vec<_>>().join(" ")
    }

    fn heads(&self) -> String {
        let title = self.metadata.page_title.as_deref().unwrap_or_default();
        let heading = self.metadata.title.as_deref().unwrap_or_default();
        fold(&format!("{title} . {heading}"))
    }

    /// The text and what stands right below it.
    fn text_and_below(&self) -> String {
        let last = self.chosen.iter().copied().max().map_or(0, |last| last + 1);
        self.text(self.chosen.iter().copied().chain(last..last + BELOW))
    }
}

/// Why a page is set aside, if it is.
pub(crate) fn refusal(case: &Case<'_>, cues: &PageCues) -> Option<Diagnostic> {
    let words = case.words();
    let aside =
        |code: &str, message: String, help: &str| Some(Diagnostic::new(Level::Error, code, message).with_help(help));
    let main = || case.text(case.chosen.iter().copied());
    if words < ARTICLE && says(&case.heads(), &cues.error) {
        let title = case.metadata.page_title.as_deref().or(case.metadata.title.as_deref()).unwrap_or_default();
        return aside("html.error_page", format!("the page tells of an error: `{title}`"), "Fetch the article again.");
    }
    let consent = count(&if words < FEWEST { case.text(0..case.units.len().min(200)) } else { main() }, &cues.consent);
    if words < ARTICLE && consent >= CONSENT {
        return aside(
            "html.cookie_wall",
            "the page asks for consent to cookies, and the article is not in it".to_owned(),
            "Save the page again after the question is answered.",
        );
    }
    if words < ARTICLE && (case.metadata.linked.is_closed || says(&case.text_and_below(), &cues.paywall)) {
        return aside(
            "html.paywall",
            format!("the article is for subscribers, and {words} words of it are in the page"),
            "Save the page again as a subscriber, or set `paywall_stubs = true` to read what there is.",
        );
    }
    let is_list = !case.metadata.is_article && case.teasers >= TEASERS && words < LISTING;
    if words < FEWEST || is_list {
        let what = if is_list || case.teasers >= TEASERS {
            "the page lists articles and is none"
        } else {
            "no article was found in the page"
        };
        return aside(
            "html.no_article",
            what.to_owned(),
            "Leave the page out of the input, or save the article itself.",
        );
    }
    None
}
