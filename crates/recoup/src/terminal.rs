//! What the terminal can show, and how errors look on it.

use std::io::{self, IsTerminal as _};

use miette::MietteHandlerOpts;

use crate::args::Color;

/// Wider lines are hard to read even where there is room.
pub(crate) const WIDTH: usize = 100;

/// Makes every error of this process a picture of the place it is about, no wider than [`WIDTH`].
pub(crate) fn render_errors(color: Color) {
    let colors = colors_stderr(color);
    // Fails only where a handler is set already, and this is the only place that sets one.
    let _ = miette::set_hook(Box::new(move |_| {
        let options = MietteHandlerOpts::new().width(WIDTH).terminal_links(false).unicode(true).color(colors);
        Box::new(options.force_graphical(true).build())
    }));
}

/// Whether stdout takes colour.
pub(crate) fn colors_stdout(color: Color) -> bool {
    colors(color, io::stdout().is_terminal())
}

/// Whether stderr takes colour.
pub(crate) fn colors_stderr(color: Color) -> bool {
    colors(color, io::stderr().is_terminal())
}

/// NO_COLOR counts when it is not empty: <https://no-color.org>.
fn colors(color: Color, is_terminal: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}
