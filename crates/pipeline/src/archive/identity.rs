//! Who reads and who weighs, as hashes: what a store keeps is known by who made it.

use sha2::{Digest as _, Sha256};

use crate::StageInfo;
use crate::pipeline::{Form, Pipeline};
use recoup_plugin::Kind;

/// Everything that what is read hangs on: code, packs, theatre, parse and extract stages with their options.
pub(super) fn reader(pipeline: &Pipeline) -> Vec<(String, String)> {
    let mut parts = vec![("code".to_owned(), env!("RECOUP_READS").to_owned())];
    parts.extend(pipeline.vocabulary.iter().map(|pack| (pack.name.clone(), pack.sha256.clone())));
    let reads = |stage: &StageInfo| matches!(stage.manifest.kind, Kind::Parse | Kind::Extract);
    parts.extend(pipeline.stages().iter().filter(|stage| reads(stage)).map(part));
    parts
}

/// Everything that what is weighed hangs on, beside the claims.
pub(super) fn weigher(pipeline: &Pipeline) -> [u8; 32] {
    let mut parts = vec![
        ("code".to_owned(), env!("RECOUP_WEIGHS").to_owned()),
        // Differences are put into words where they are found.
        ("language".to_owned(), pipeline.language.clone()),
    ];
    parts.extend(pipeline.vocabulary.iter().map(|pack| (pack.name.clone(), pack.sha256.clone())));
    parts.extend(pipeline.stages().iter().filter(|stage| stage.manifest.kind == Kind::Reconcile).map(part));
    Sha256::digest(serde_json::to_vec(&parts).unwrap_or_default()).into()
}

fn part(stage: &StageInfo) -> (String, String) {
    let files: Vec<String> = match &stage.form {
        Form::BuiltIn => Vec::new(),
        Form::Library { sha256, .. } => vec![sha256.clone()],
        Form::Program { command, files } => {
            command.iter().cloned().chain(files.iter().map(|file| file.sha256.clone())).collect()
        }
    };
    let manifest = &stage.manifest;
    let name = format!("{} {} {}", manifest.kind, manifest.name, manifest.version);
    (name, format!("{} {}", stage.options, files.join(" ")))
}
