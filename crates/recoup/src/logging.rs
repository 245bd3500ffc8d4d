//! Log lines on stderr.

use std::io;
use std::sync::OnceLock;

use tracing_subscriber::EnvFilter;

use crate::args::{Global, LogFormat};
use crate::failure::Failure;
use crate::terminal;

/// The environment variable that filters the log more finely than -v and -q.
const VARIABLE: &str = "RECOUP_LOG";

/// What was asked for.
static FORMAT: OnceLock<LogFormat> = OnceLock::new();

/// Whether programs read the log.
pub(crate) fn is_json() -> bool {
    FORMAT.get() == Some(&LogFormat::Json)
}

/// Starts logging, once, before any work. -v and -q go before RECOUP_LOG.
///
/// # Errors
/// RECOUP_LOG cannot be read as a filter.
pub(crate) fn start(global: &Global) -> Result<(), Failure> {
    let filter = match (global.quiet, global.verbose) {
        (true, _) => EnvFilter::new("error"),
        (false, 0) => from_environment()?,
        (false, 1) => EnvFilter::new("info"),
        (false, 2) => EnvFilter::new("debug"),
        (false, _) => EnvFilter::new("trace"),
    };
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    let _ = FORMAT.set(global.log_format);
    match global.log_format {
        // A person at a terminal knows what time it is.
        LogFormat::Human => {
            lines.without_time().with_target(false).with_ansi(terminal::colors_stderr(global.color)).init();
        }
        LogFormat::Json => lines.json().flatten_event(true).init(),
    }
    Ok(())
}

fn from_environment() -> Result<EnvFilter, Failure> {
    let value = std::env::var(VARIABLE).unwrap_or_default();
    if value.is_empty() {
        return Ok(EnvFilter::new("warn"));
    }
    EnvFilter::builder().parse(&value).map_err(|error| Failure::LogFilter { reason: error.to_string(), value })
}
