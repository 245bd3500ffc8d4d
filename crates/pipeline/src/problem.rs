//! What is wrong with a file that the user wrote, and where.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

pub use miette::Severity;

/// A text file of the user's, as it is shown in diagnostics: the name that the user knows it by, and its text.
pub type SourceFile = Arc<NamedSource<String>>;

/// One mistake, or one remark, with its place in a file of the user's.
#[derive(Debug, Clone)]
pub struct Problem {
    /// Stable code, such as `pipeline::unknown_key`.
    pub code: Cow<'static, str>,
    /// What is wrong, one sentence.
    pub message: String,
    /// The file it stands in; `None` where the file itself cannot be read.
    pub file: Option<SourceFile>,
    /// Bytes of the file, half open.
    pub span: Option<Range<usize>>,
    /// What to print under the carets: what was expected there.
    pub label: Option<Box<str>>,
    /// What to do.
    pub help: Option<Box<str>>,
    /// Whether it stops the pipeline ([`Severity::Error`]) or not.
    pub severity: Severity,
}

impl Problem {
    /// An error without a place.
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Problem {
            code: code.into(),
            message: message.into(),
            file: None,
            span: None,
            label: None,
            help: None,
            severity: Severity::Error,
        }
    }

    /// The same at a place of a file.
    pub fn at(mut self, file: &SourceFile, span: Range<usize>) -> Self {
        self.file = Some(Arc::clone(file));
        self.span = Some(span);
        self
    }

    /// The same with the words under the carets.
    pub fn label(mut self, label: impl Into<Box<str>>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same with what to do.
    pub fn help(mut self, help: impl Into<Box<str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same as a warning.
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    fn position(&self) -> (Option<&str>, Option<usize>) {
        (self.file.as_ref().map(|f| f.name()), self.span.as_ref().map(|s| s.start))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

impl Diagnostic for Problem {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|h| Box::new(h) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.file.as_deref().map(|f| f as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.span.clone()?;
        let label =
            LabeledSpan::new_primary_with_span(self.label.as_deref().map(str::to_owned), (span.start, span.len()));
        Some(Box::new(std::iter::once(label)))
    }
}

/// Everything that is wrong with a pipeline, errors before warnings, each in the order of the files.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    errors: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        let list = if problem.severity == Severity::Error { &mut self.errors } else { &mut self.warnings };
        let at = list.partition_point(|other| other.position() <= problem.position());
        list.insert(at, problem);
    }

    /// What stops the pipeline.
    pub fn errors(&self) -> &[Problem] {
        &self.errors
    }

    /// What does not stop it.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// Whether something stops the pipeline.
    pub fn is_fatal(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Errors, then warnings.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.errors.iter().chain(&self.warnings)
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        let mut problems = Problems::default();
        problems.push(problem);
        problems
    }
}

impl Extend<Problem> for Problems {
    fn extend<T: IntoIterator<Item = Problem>>(&mut self, iter: T) {
        iter.into_iter().for_each(|problem| self.push(problem));
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.errors.len(), self.warnings.len()) {
            (0, warnings) => write!(f, "{}", count(warnings, "warning")),
            (errors, 0) => write!(f, "{}", count(errors, "mistake")),
            (errors, warnings) => write!(f, "{}, {}", count(errors, "mistake"), count(warnings, "warning")),
        }
    }
}

fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

impl std::error::Error for Problems {}

impl Diagnostic for Problems {
    fn severity(&self) -> Option<Severity> {
        Some(if self.is_fatal() { Severity::Error } else { Severity::Warning })
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.iter().map(|p| p as &dyn Diagnostic)))
    }
}
