//! `cargo xtask verbs`: builds the tables of verb forms of the language packs from published lexicons.
//!
//! The packages are fetched by hand, by name and version, and unpacked into one folder:
//!
//! ```sh
//! npm pack french-verbs-lefff@3.4.0 && tar xzf french-verbs-lefff-3.4.0.tgz
//! pip download --no-deps lemminflect==0.2.3 && unzip lemminflect-0.2.3-py3-none-any.whl
//! cargo xtask verbs --from .
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use flate2::read::GzDecoder;
use sha2::{Digest as _, Sha256};

use crate::chore::{ChoreError, at, workspace};

/// Forms of a verb, as bits: what the table says of a word.
mod form {
    pub(super) const INFINITIVE: u64 = 1;
    pub(super) const PRESENT: u64 = 2;
    pub(super) const IMPERFECT: u64 = 4;
    pub(super) const PAST: u64 = 8;
    pub(super) const FUTURE: u64 = 16;
    pub(super) const CONDITIONAL: u64 = 32;
    pub(super) const PARTICIPLE: u64 = 64;
    pub(super) const GERUND: u64 = 128;
    /// The present is that of several (*attaquent*), which no noun or adjective looks like.
    pub(super) const PLURAL: u64 = 256;
}

/// The file of a package, and the digest of the one that the packs were built from.
struct Source {
    path: &'static str,
    sha256: &'static str,
}

const FRENCH: Source = Source {
    path: "package/dist/conjugations.json",
    sha256: "1fd9c01b2012009c3147e64d495ea95f3c5157b90f3cce3d45c66d490cbe2589",
};
const ENGLISH: Source = Source {
    path: "lemminflect/resources/infl_lu.csv.gz",
    sha256: "8c44bd5bec62488bef043f98b0cab022a431d6cb03954864ea70334530908ba7",
};

const USAGE: &str = "verbs takes --from FOLDER, where the packages are unpacked; its source says which";

pub(crate) fn run(flags: &[&str]) -> Result<(), ChoreError> {
    let ["--from", folder] = flags else { return Err(ChoreError::Usage(USAGE.to_owned())) };
    let folder = Path::new(folder);
    write("fr", &french(&read(folder, &FRENCH)?)?)?;
    write("en", &english(&read(folder, &ENGLISH)?)?)
}

fn read(folder: &Path, source: &Source) -> Result<Vec<u8>, ChoreError> {
    let path = folder.join(source.path);
    let bytes = fs::read(&path).map_err(at(&path))?;
    let digest = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    if digest == source.sha256 {
        Ok(bytes)
    } else {
        Err(garbled(source, format!("its SHA-256 is {digest}, not {}", source.sha256)))
    }
}

fn garbled(source: &Source, reason: String) -> ChoreError {
    ChoreError::Garbled { program: source.path.to_owned(), reason }
}

type Forms = BTreeMap<String, u64>;

/// The forms of a verb, six persons by tense.
type Paradigm = BTreeMap<String, Option<Vec<Option<String>>>>;

/// The third persons, 'nous' of the present, and the forms without a person.
fn french(bytes: &[u8]) -> Result<Forms, ChoreError> {
    let verbs: BTreeMap<String, Paradigm> =
        serde_json::from_slice(bytes).map_err(|e| garbled(&FRENCH, e.to_string()))?;
    /// Place in the row of the six persons.
    const SINGULAR: usize = 2;
    const WE: usize = 3;
    const PLURAL: usize = 5;
    let mut forms = Forms::new();
    let mut add = |word: Option<&Option<String>>, bits: u64| {
        if let Some(word) = word.and_then(Option::as_ref).filter(|w| *w != "NA" && w.chars().all(char::is_alphabetic)) {
            *forms.entry(word.to_lowercase()).or_default() |= bits;
        }
    };
    for tenses in verbs.values() {
        let row = |tense: &str| tenses.get(tense).and_then(Option::as_ref).map_or(&[][..], Vec::as_slice);
        for (tense, bits) in [
            ("P", form::PRESENT),
            ("S", form::PRESENT),
            ("I", form::IMPERFECT),
            ("J", form::PAST),
            ("F", form::FUTURE),
            ("C", form::CONDITIONAL),
        ] {
            let persons = row(tense);
            let plural = if bits == form::PRESENT { bits | form::PLURAL } else { bits };
            add(persons.get(SINGULAR), bits);
            add(persons.get(PLURAL), plural);
            if tense == "P" {
                add(persons.get(WE), plural);
            }
        }
        for (tense, bits) in [("K", form::PARTICIPLE), ("G", form::GERUND), ("W", form::INFINITIVE)] {
            row(tense).iter().for_each(|word| add(Some(word), bits));
        }
    }
    Ok(forms)
}

/// Lines `lemma,verb,past,participle,gerund,present`; a participle that is not given is the past.
fn english(bytes: &[u8]) -> Result<Forms, ChoreError> {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).map_err(|e| garbled(&ENGLISH, e.to_string()))?;
    let mut forms = Forms::new();
    for line in text.lines() {
        let [lemma, "verb", past, participle, gerund, present] = line.split(',').collect::<Vec<_>>()[..] else {
            continue;
        };
        let participle = if participle.is_empty() { past } else { participle };
        for (words, bits) in [
            (lemma, form::INFINITIVE | form::PRESENT),
            (past, form::PAST),
            (participle, form::PARTICIPLE),
            (gerund, form::GERUND),
            (present, form::PRESENT),
        ] {
            for word in words.split('/').filter(|w| !w.is_empty() && w.chars().all(char::is_alphabetic)) {
                *forms.entry(word.to_lowercase()).or_default() |= bits;
            }
        }
    }
    Ok(forms)
}

fn write(language: &str, forms: &Forms) -> Result<(), ChoreError> {
    let path = workspace().join(format!("crates/language/data/{language}/verbs.fst"));
    let map = fst::Map::from_iter(forms.iter().map(|(word, bits)| (word, *bits)))
        .map_err(|e| ChoreError::Garbled { program: format!("the forms of `{language}`"), reason: e.to_string() })?;
    fs::write(&path, map.as_fst().as_bytes()).map_err(at(&path))?;
    println!("{}: {} forms, {} bytes", path.display(), map.len(), map.as_fst().as_bytes().len());
    Ok(())
}
