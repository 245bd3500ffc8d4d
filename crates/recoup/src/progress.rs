//! A progress bar on a terminal, for runs that are long enough to wonder about.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use recoup_pipeline::Progress;

/// A run that ends sooner shows no bar.
const PATIENCE: Duration = Duration::from_secs(2);

/// A bar on stderr; nothing at all where stderr is no terminal.
pub(crate) struct Bar {
    started: Instant,
    shown: Mutex<Option<ProgressBar>>,
}

impl Bar {
    /// A bar that shows itself when the run takes longer than two seconds.
    pub(crate) fn new() -> Self {
        Bar { started: Instant::now(), shown: Mutex::new(None) }
    }

    fn with(&self, change: impl FnOnce(&mut Option<ProgressBar>)) {
        // A poisoned lock means that a worker panicked, and then the bar does not matter any more.
        if let Ok(mut bar) = self.shown.lock() {
            change(&mut bar);
        }
    }
}

impl Progress for Bar {
    fn phase(&self, name: &str, total: usize) {
        self.with(|shown| {
            if let Some(old) = shown.take() {
                old.finish_and_clear();
            }
            let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
            if let Ok(style) = ProgressStyle::with_template("{msg:>10} [{bar:40}] {pos}/{len}") {
                bar.set_style(style.progress_chars("=> "));
            }
            bar.set_message(name.to_owned());
            *shown = Some(bar);
        });
    }

    fn step(&self) {
        self.with(|shown| {
            let Some(bar) = shown else { return };
            if bar.is_hidden() && self.started.elapsed() > PATIENCE {
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            bar.inc(1);
        });
    }

    fn done(&self) {
        self.with(|shown| {
            if let Some(bar) = shown.take() {
                bar.finish_and_clear();
            }
        });
    }
}
