//! How well claims are found: claims against a gold file, in which people wrote down what an article claims.
//!
//! Claims are matched with the gold by document, indicator and words, one to one; then each slot is compared.

mod distractors;
mod gold;
mod json;
mod matching;
mod names;
mod numbers;
mod print;
mod read;
mod slots;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use self::distractors::{Distractor, Taken};
use self::gold::{Entry, Texts};
use self::matching::Matched;
use self::numbers::{Group, Judged, Numbers};

pub(crate) use self::print::{Listing, print, to_json};
pub(crate) use self::read::ScoreError;

/// What is to be compared, and with the help of which files.
pub(crate) struct Question<'q> {
    /// The gold file.
    pub(crate) gold: &'q Path,
    /// The claims; `-` is stdin.
    pub(crate) claims: &'q Path,
    /// `None` = the one beside the gold, if there is one.
    pub(crate) manifest: Option<&'q Path>,
    /// Names that hold for several gold files. `None` = names.json beside the gold, or in the folder above.
    pub(crate) names: Option<&'q Path>,
    /// Further names.
    pub(crate) aliases: &'q [PathBuf],
    /// Figures that are no claim.
    pub(crate) distractors: Option<&'q Path>,
    /// Whether the further answers of the gold do not count.
    pub(crate) primary_only: bool,
}

/// Everything that was read.
pub(crate) struct Material {
    gold: Vec<Entry>,
    claims: Vec<Entry>,
    distractors: Option<Vec<Distractor>>,
    languages: BTreeMap<String, String>,
    /// Whether articles were there to find the quotes in.
    verbatim: bool,
}

impl Material {
    /// Reads all files.
    ///
    /// # Errors
    /// [`ScoreError`] with the file and the line.
    pub(crate) fn read(question: &Question<'_>) -> Result<Material, ScoreError> {
        let beside = |name: &str| Some(question.gold.with_file_name(name)).filter(|path| path.is_file());
        let above = || {
            let folder = question.gold.with_file_name("");
            Some(folder.join("..").join("names.json")).filter(|path| path.is_file())
        };
        let general = question.names.map(Path::to_owned).or_else(|| beside("names.json")).or_else(above);
        let own = [beside("sources.json"), beside("places.json")].into_iter().flatten();
        let paths: Vec<PathBuf> = general.into_iter().chain(own).chain(question.aliases.iter().cloned()).collect();
        let names = read::names(&paths)?;
        let mut gold = read::gold(question.gold, &names, !question.primary_only)?;
        let mut claims = read::claims(question.claims, &names)?;
        let manifest = question.manifest.map(Path::to_owned).or_else(|| beside("manifest.toml"));
        let manifest = manifest.map(|path| read::manifest(&path)).transpose()?.unwrap_or_default();
        let distractors = question.distractors.map(read::distractors).transpose()?;
        let texts = Texts(manifest.texts);
        gold::align(&gold, &mut claims);
        texts.locate(&mut gold);
        texts.locate(&mut claims);
        let verbatim = !texts.0.is_empty();
        Ok(Material { gold, claims, distractors, languages: manifest.languages, verbatim })
    }
}

/// Claims compared with the gold.
pub(crate) struct Scored<'m> {
    material: &'m Material,
    matched: Matched<'m>,
    judged: Vec<Judged<'m>>,
    numbers: Numbers,
    taken: Option<Taken>,
}

/// By what claims are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Document,
    Indicator,
    Language,
    Tag,
}

impl Key {
    /// The heading of its table.
    fn name(self) -> &'static str {
        match self {
            Key::Document => "document",
            Key::Indicator => "indicator",
            Key::Language => "language",
            Key::Tag => "tag",
        }
    }
}

impl<'m> Scored<'m> {
    /// Compares.
    pub(crate) fn of(material: &'m Material) -> Scored<'m> {
        let matched = matching::matched(&material.gold, &material.claims);
        let judged = numbers::judge(&matched);
        let numbers = Numbers::new(&material.gold, &material.claims, &matched, &judged, material.verbatim);
        let taken = material.distractors.as_ref().map(|distractors| {
            let unexplained = judged.iter().filter(|j| !j.it.is_right(slots::Slot::Figure)).map(|j| j.claim);
            let all = matched.spurious.iter().copied().chain(unexplained);
            let suspects: Vec<&Entry> = all.filter(|claim| claim.figures[0].is_some()).collect();
            distractors::taken(distractors, &suspects)
        });
        Scored { material, matched, judged, numbers, taken }
    }

    /// F1 of finding a claim at all.
    pub(crate) fn detection_f1(&self) -> f64 {
        self.numbers.detection.f1
    }

    /// F1 of finding it with every slot right.
    pub(crate) fn strict_f1(&self) -> f64 {
        self.numbers.strict.f1
    }

    /// The counts of each group.
    fn groups(&self, key: Key) -> BTreeMap<String, Group> {
        let language = |entry: &Entry| self.material.languages.get(&entry.doc).map_or("?", String::as_str).to_owned();
        numbers::groups(&self.material.gold, &self.judged, &self.matched.spurious, |entry| match key {
            Key::Document => vec![entry.doc.clone()],
            Key::Indicator => vec![entry.indicator.clone()],
            Key::Language => vec![language(entry)],
            Key::Tag => entry.tags.clone(),
        })
    }

    /// Lines of the gold that no claim was matched with.
    fn missed(&self) -> impl Iterator<Item = &'m Entry> {
        let found = |entry: &&Entry| self.judged.iter().any(|j| std::ptr::eq(j.gold, *entry));
        self.material.gold.iter().filter(|entry| !entry.optional).filter(move |entry| !found(entry))
    }
}
