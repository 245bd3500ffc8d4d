//! `recoup init`: the beginning of a pipeline, ready to run.

use std::io::Write;
use std::path::{Path, PathBuf};

use recoup_model::slug;

use super::fresh;
use crate::args::{InitArgs, Language};
use crate::failure::{Exit, Failure};
use crate::words;

const PIPELINE: &str = include_str!("../../templates/pipeline.toml");

const THEATRE: [(&str, &str); 4] = [
    ("theatre/actors.toml", include_str!("../../templates/theatre/actors.toml")),
    ("theatre/indicators.toml", include_str!("../../templates/theatre/indicators.toml")),
    ("theatre/places.toml", include_str!("../../templates/theatre/places.toml")),
    ("theatre/sources.toml", include_str!("../../templates/theatre/sources.toml")),
];

const ARTICLE_FR: (&str, &str) = ("articles/mokha.txt", include_str!("../../templates/articles/mokha.fr.txt"));
const ARTICLE_EN: (&str, &str) = ("articles/mocha.txt", include_str!("../../templates/articles/mocha.en.txt"));

pub(crate) fn run(args: &InitArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (language, article) = match args.language {
        Language::Fr => ("fr", ARTICLE_FR),
        Language::En => ("en", ARTICLE_EN),
    };
    let pipeline = PIPELINE.replace("NAME", &name(&args.folder)).replace("LANGUAGE", language);
    let mut files = vec![("pipeline.toml", pipeline.as_str())];
    files.extend(THEATRE);
    files.push(article);

    let targets: Vec<PathBuf> = files.iter().map(|(file, _)| args.folder.join(file)).collect();
    fresh::all_new(&targets, "name another folder, such as `recoup init my-theatre`")?;
    for ((_, text), target) in files.iter().zip(&targets) {
        fresh::write(target, text)?;
    }

    writeln!(out, "Written:")?;
    for target in &targets {
        writeln!(out, "  {}", words::path(target))?;
    }
    let folder = args.folder.display();
    writeln!(out, "\nNow run it, and read the report in {}:", words::path(&args.folder.join("out")))?;
    writeln!(out, "  recoup run {folder}")?;
    writeln!(out, "\nThen put your own articles in place of the invented one, and change the theatre to fit them;")?;
    writeln!(out, "`recoup check {folder}` says whether it still holds together.")?;
    Ok(Exit::Done)
}

/// The pipeline is called as its folder is.
fn name(folder: &Path) -> String {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name = folder.file_name().map(|name| slug(&name.to_string_lossy())).unwrap_or_default();
    if name.is_empty() { "my-theatre".to_owned() } else { name }
}
