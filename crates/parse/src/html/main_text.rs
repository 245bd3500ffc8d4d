//! The main text of a page: the library says which words are of it, the page itself in what paragraphs they stand.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ego_tree::NodeId;
use foldhash::{HashSet, HashSetExt as _};
use recoup_model::{BlockKind, fold};
use scraper::Html;
use trafilatura::HtmlDateMode;

use super::units::Unit;

/// Words of the runs by which a unit is found again in what the library gives.
const RUN: usize = 4;
/// Hundredths of its runs that a unit of the main text has in common with it.
const SHARED: usize = 60;
/// Hundredths of the text of the page under which the quick way of the library has missed something.
const QUICK_SHARE: usize = 25;
/// Bytes under which it has.
const QUICK_LENGTH: usize = 500;
/// Shortest paragraph, in bytes, that belongs to the text because of where it stands.
const STANDING: usize = 80;
/// Hundredths of the words of a description that stand in the paragraph it was taken from.
const DESCRIBED: usize = 75;

/// The runs of words of a text.
struct Runs {
    runs: HashSet<u64>,
    lines: HashSet<String>,
}

impl Runs {
    fn of(text: &str) -> Self {
        let mut found = Runs { runs: HashSet::new(), lines: HashSet::new() };
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').collect();
        found.runs.extend(words.windows(RUN).map(hash));
        found.lines.extend(text.lines().map(fold).filter(|line| !line.is_empty()));
        found
    }

    /// Hundredths of the runs of some words that are among these.
    fn share(&self, words: &[String]) -> usize {
        if words.len() < RUN {
            return if self.lines.contains(&words.join(" ")) { 100 } else { 0 };
        }
        let all = words.windows(RUN);
        let count = all.len();
        all.filter(|run| self.runs.contains(&hash(run))).count() * 100 / count
    }
}

fn hash<W: AsRef<str>>(words: &[W]) -> u64 {
    words
        .iter()
        .flat_map(|word| word.as_ref().bytes().chain([b' ']))
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What the library takes for the main text; `None` where it finds none, or stumbles.
///
/// Its quick way is as good as its thorough one on most pages, at half the cost.
fn selected(page: &Html, length: usize) -> Option<String> {
    let html = page.html();
    let quick = extract(&html, false);
    let found = quick.as_ref().map_or(0, String::len);
    if found >= QUICK_LENGTH && found * 100 >= length * QUICK_SHARE {
        return quick;
    }
    extract(&html, true).or(quick)
}

fn extract(html: &str, thorough: bool) -> Option<String> {
    let mut options = trafilatura::Options::default().with_fallback(thorough).with_exclude_comments(true);
    options.html_date_mode = HtmlDateMode::Disabled;
    // The library is not ours, and pages are hostile: a page on which it panics is one that it cannot read.
    let result = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(html, &options)));
    result.ok()?.ok().map(|found| found.content_text).filter(|text| !text.trim().is_empty())
}

/// What the page says of its article elsewhere.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known<'a> {
    pub(crate) title: Option<&'a str>,
    /// The descriptions for other programs, which mostly repeat the lead.
    pub(crate) descriptions: &'a [String],
}

/// The main text of a page.
#[derive(Debug, Default)]
pub(crate) struct MainText {
    /// By number, in order.
    pub(crate) chosen: Vec<usize>,
    /// Whether the lead that the page describes is among them; `None` where the page describes none that it prints.
    pub(crate) lead: Option<bool>,
    /// Whether the lead had to be put back.
    pub(crate) lead_restored: bool,
}

/// Which of `units` are the main text of a pruned page.
pub(crate) fn main_text(page: &Html, units: &[Unit], known: Known<'_>) -> MainText {
    let length = units.iter().map(|unit| unit.text.len()).sum();
    let Some(text) = selected(page, length) else { return MainText::default() };
    let runs = Runs::of(&text);
    let mut is_chosen: Vec<bool> = units.iter().map(|unit| runs.share(&unit.words) >= SHARED).collect();
    fill_gaps(page, units, &mut is_chosen);
    add_opening(units, &mut is_chosen, known.title);
    let described = described(units, known.descriptions);
    let lead_restored = described.is_some_and(|at| !std::mem::replace(&mut is_chosen[at], true));
    strip_edges(units, &mut is_chosen, known.title, described);
    let mut chosen: Vec<usize> = (0..units.len()).filter(|&at| is_chosen[at]).collect();
    if let Some(lead) = described.filter(|_| lead_restored) {
        chosen.retain(|&at| at != lead);
        chosen.insert(0, lead);
    }
    MainText { lead: described.map(|at| is_chosen[at]), chosen, lead_restored }
}

/// Takes in what stands between two chosen units and is no paragraph, where nothing else stands in its box: the library
/// drops captions, and headings and lists of some pages.
fn fill_gaps(page: &Html, units: &[Unit], is_chosen: &mut [bool]) {
    let chosen: Vec<usize> = (0..units.len()).filter(|&at| is_chosen[at]).collect();
    for pair in chosen.windows(2).filter(|pair| pair[1] - pair[0] > 1) {
        let shared = common_ancestor(page, units[pair[0]].node, units[pair[1]].node);
        let boxes: Vec<Option<NodeId>> =
            (pair[0] + 1..pair[1]).map(|at| box_under(page, units[at].node, shared)).collect();
        let mut start = pair[0] + 1;
        for group in boxes.chunk_by(|a, b| a == b && a.is_some()) {
            let these = start..start + group.len();
            start = these.end;
            let kind = units[these.start].kind;
            let alike = units[these.clone()].iter().all(|unit| unit.kind == kind && !unit.is_linked());
            let long = kind != BlockKind::Paragraph || group.len() == 1 && units[these.start].text.len() >= STANDING;
            if alike && long && group[0].is_some() {
                is_chosen[these].fill(true);
            }
        }
    }
}

fn common_ancestor(page: &Html, a: NodeId, b: NodeId) -> Option<NodeId> {
    let above = |id| page.tree.get(id).into_iter().flat_map(|node| std::iter::once(node).chain(node.ancestors()));
    let of_a: HashSet<NodeId> = above(a).map(|node| node.id()).collect();
    above(b).map(|node| node.id()).find(|id| of_a.contains(id))
}

/// The child of `shared` in which `node` stands; `None` where it stands elsewhere.
fn box_under(page: &Html, node: NodeId, shared: Option<NodeId>) -> Option<NodeId> {
    let mut at = page.tree.get(node)?;
    if Some(at.id()) == shared {
        return shared;
    }
    loop {
        let parent = at.parent()?;
        if Some(parent.id()) == shared {
            return Some(at.id());
        }
        at = parent;
    }
}

/// Takes in the paragraphs between the headline and the first chosen unit.
fn add_opening(units: &[Unit], is_chosen: &mut [bool], title: Option<&str>) {
    let Some(first) = is_chosen.iter().position(|&chosen| chosen) else { return };
    let title = title.map(fold).unwrap_or_default();
    let Some(head) = units[..first].iter().rposition(|unit| !title.is_empty() && unit.words.join(" ") == title) else {
        return;
    };
    for at in head + 1..first {
        let unit = &units[at];
        is_chosen[at] = unit.text.len() >= STANDING && unit.linked == 0 && unit.kind != BlockKind::ListItem;
    }
}

/// The unit that a description of the page was taken from.
fn described(units: &[Unit], descriptions: &[String]) -> Option<usize> {
    let best = |description: &String| {
        let words: HashSet<String> = fold(description).split(' ').map(str::to_owned).collect();
        if words.len() < 6 {
            return None;
        }
        let share = |unit: &Unit| {
            let own: HashSet<&str> = unit.words.iter().map(String::as_str).collect();
            words.iter().filter(|word| own.contains(word.as_str())).count() * 100 / words.len()
        };
        let scored = units.iter().enumerate().filter(|(_, unit)| unit.words.len() >= 6 && !unit.is_linked());
        scored.map(|(at, unit)| (share(unit), at)).filter(|&(share, _)| share >= DESCRIBED).min_by_key(|&(_, at)| at)
    };
    descriptions.iter().find_map(best).map(|(_, at)| at)
}

/// Leaves out the headline and the lines of date and author above the text, which are read as such, and links below it.
fn strip_edges(units: &[Unit], is_chosen: &mut [bool], title: Option<&str>, lead: Option<usize>) {
    let title = title.map(fold).unwrap_or_default();
    let is_prose = |unit: &Unit| unit.text.len() >= STANDING && unit.words.join(" ") != title;
    let chosen: Vec<usize> = (0..units.len()).filter(|&at| is_chosen[at] && Some(at) != lead).collect();
    for &at in chosen.iter().take_while(|&&at| !is_prose(&units[at])) {
        let text = &units[at].text;
        let is_line = units[at].kind == BlockKind::Paragraph && !text.ends_with(['.', '!', '?', ':', '»', '”']);
        if units[at].words.join(" ") == title || is_line && has_year(text) {
            is_chosen[at] = false;
        }
    }
    for &at in chosen.iter().rev().take_while(|&&at| units[at].text.len() < STANDING) {
        if units[at].is_linked() {
            is_chosen[at] = false;
        }
    }
}

/// Whether a short line names a year, as lines of date do.
fn has_year(line: &str) -> bool {
    let digits = line.split(|c: char| !c.is_ascii_digit());
    digits.filter(|digits| digits.len() == 4).any(|year| year.starts_with("19") || year.starts_with("20"))
}
