//! Templates: compiled strictly, rendered with limits, their errors told with the line.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, ValueKind};
use minijinja::{AutoEscape, Environment, ErrorKind, Output, UndefinedBehavior, Value};
use recoup_plugin::{Error, Result};
use serde::Serialize;

use crate::md;

/// The built-in template and its parts.
pub(crate) const TEMPLATES: [(&str, &str); 12] = [
    (ROOT, include_str!("../../templates/report.md.jinja")),
    ("head.md.jinja", include_str!("../../templates/head.md.jinja")),
    ("changes.md.jinja", include_str!("../../templates/changes.md.jinja")),
    ("corrections.md.jinja", include_str!("../../templates/corrections.md.jinja")),
    ("figures.md.jinja", include_str!("../../templates/figures.md.jinja")),
    ("statements.md.jinja", include_str!("../../templates/statements.md.jinja")),
    ("replaced.md.jinja", include_str!("../../templates/replaced.md.jinja")),
    ("unverified.md.jinja", include_str!("../../templates/unverified.md.jinja")),
    ("silent.md.jinja", include_str!("../../templates/silent.md.jinja")),
    ("method.md.jinja", include_str!("../../templates/method.md.jinja")),
    ("notes.md.jinja", include_str!("../../templates/notes.md.jinja")),
    ("annex.md.jinja", include_str!("../../templates/annex.md.jinja")),
];

const ROOT: &str = "report.md.jinja";

/// What one rendering may spend in steps of work or pieces of 64 bytes: so much at least, and so much more for each item of
/// the report. The built-in template takes a fiftieth of it.
const FUEL: u64 = 1 << 21;
const FUEL_PER_ITEM: u64 = 1 << 13;

/// How deep macros and inclusions may nest.
const DEPTH: usize = 64;

/// The template of a report: the built-in one, or a team's own.
#[derive(Debug)]
pub(super) struct Template {
    given: Option<(String, String)>,
}

impl Template {
    pub(super) fn built_in() -> Self {
        Template { given: None }
    }

    /// A template of one's own: its name, as errors tell it, and its source.
    pub(super) fn given(name: String, source: String) -> Self {
        Template { given: Some((name, source)) }
    }

    /// Compiles the template.
    ///
    /// # Errors
    /// It does not compile.
    pub(super) fn check(&self) -> Result<()> {
        self.environment().map(drop)
    }

    /// Renders a report of so many items.
    ///
    /// # Errors
    /// The template names what is not there, or goes on without end.
    pub(super) fn render(&self, view: &impl Serialize, items: usize) -> Result<String> {
        let mut environment = self.environment()?;
        environment.set_fuel(Some(FUEL_PER_ITEM.saturating_mul(items as u64).saturating_add(FUEL)));
        let template = environment.get_template(self.name()).map_err(|why| self.broken(&why))?;
        template.render(Serde(view)).map_err(|why| self.broken(&why))
    }

    fn name(&self) -> &str {
        self.given.as_ref().map_or(ROOT, |(name, _)| name)
    }

    fn environment(&self) -> Result<Environment<'_>> {
        let mut environment = Environment::new();
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        environment.set_syntax(syntax.map_err(|why| self.broken(&why))?);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_recursion_limit(DEPTH);
        environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
        environment.set_formatter(|out, _, value| print(out, value));
        for (name, source) in TEMPLATES {
            environment.add_template(name, source).map_err(|why| self.broken(&why))?;
        }
        if let Some((name, source)) = &self.given {
            environment.add_template(name, source).map_err(|why| self.broken(&why))?;
        }
        Ok(environment)
    }

    fn broken(&self, why: &minijinja::Error) -> Error {
        let why = innermost(why);
        let name = why.name().unwrap_or(self.name());
        let line = why.line().map(|line| format!(", line {line}")).unwrap_or_default();
        let detail = match (why.kind(), why.detail()) {
            (ErrorKind::OutOfFuel, _) => {
                "it does more work than any report needs; is there a loop in a loop?".to_owned()
            }
            (kind, None) => kind.to_string(),
            (kind, Some(detail)) => format!("{kind}: {detail}"),
        };
        let error = Error::new(format!("template `{name}`{line}: {detail}"));
        let error = if self.given.is_some() { error.at_option("template") } else { error };
        match self.line_of(name, why.line()) {
            Some(line) => error.with_help(format!("the line reads `{line}`")),
            None => error,
        }
    }

    fn line_of(&self, name: &str, line: Option<usize>) -> Option<&str> {
        let (_, source) = self.given.as_ref().filter(|(given, _)| given == name)?;
        source.lines().nth(line?.checked_sub(1)?).map(str::trim)
    }
}

/// The mistake itself, where it was made in an included template.
fn innermost(error: &minijinja::Error) -> &minijinja::Error {
    let cause = std::error::Error::source(error).and_then(|cause| cause.downcast_ref());
    cause.map_or(error, innermost)
}

/// Prints a value: what is not Markdown already is text, and what is null is nothing.
fn print(out: &mut Output<'_>, value: &Value) -> Result<(), minijinja::Error> {
    match value.kind() {
        ValueKind::None => Ok(()),
        ValueKind::Number => write!(out, "{value}").map_err(Into::into),
        _ if value.is_safe() => write!(out, "{value}").map_err(Into::into),
        _ => out.write_str(&md::escape(&value.to_string())).map_err(Into::into),
    }
}
