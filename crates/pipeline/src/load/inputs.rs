//! Whether the articles that a pipeline names are there.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use recoup_ingest::Fields;

use super::section::{Report, Section};
use crate::Problem;
use crate::inputs;
use crate::pipeline::Input;

/// The inputs of a pipeline. A pattern that matches nothing is a warning: articles may come later, or from the command
/// line.
pub(crate) fn read(file: &Section<'_>, folder: &Path, report: &mut Report<'_>) -> Vec<Input> {
    file.sections("input").iter().map(|section| input(section, folder, report)).collect()
}

fn input(section: &Section<'_>, folder: &Path, report: &mut Report<'_>) -> Input {
    let patterns = section.texts("files");
    for (pattern, span) in &patterns {
        if inputs::matching(folder, pattern).is_ok_and(|files| files.is_empty()) {
            let problem = Problem::new("pipeline::no_file", format!("`{pattern}` matches no file"));
            let help = format!("patterns are relative to the pipeline's folder, {}", shown(folder));
            report.at(span.clone(), problem.label("nothing there").help(help).warning());
        }
    }
    let manifest = section.text("manifest");
    if let Some((name, span)) = &manifest {
        match inputs::manifest(&folder.join(name)) {
            Ok(_) => {}
            Err(inputs::Flawed::Missing(error)) => {
                let problem = Problem::new("pipeline::manifest", format!("cannot read the manifest `{name}`: {error}"));
                let help = format!("the path is relative to the pipeline's folder, {}", shown(folder));
                report.at(span.clone(), problem.label("not readable").help(help));
            }
            Err(inputs::Flawed::Mistakes(problems)) => report.problems.extend(problems),
        }
    }
    Input {
        files: patterns.into_iter().map(|(pattern, _)| pattern.to_owned()).collect(),
        manifest: manifest.map(|(name, _)| PathBuf::from(name)),
        fields: section.sections("fields").first().map(|fields| Arc::new(self::fields(fields))),
        feeds: section.texts("feed").into_iter().map(|(address, _)| address.to_owned()).collect(),
        pages: section.flag("pages").is_some_and(|(pages, _)| pages),
    }
}

fn fields(section: &Section<'_>) -> Fields {
    let field = |key: &str| section.text(key).map(|(name, _)| name.to_owned());
    Fields {
        text: field("text").unwrap_or_default(),
        doc: field("doc"),
        published: field("published"),
        language: field("language"),
        outlet: field("outlet"),
        url: field("url"),
        title: field("title"),
    }
}

fn shown(folder: &Path) -> String {
    if folder.as_os_str().is_empty() { ".".to_owned() } else { folder.display().to_string() }
}
