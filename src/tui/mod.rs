//! The full-screen program.
//!
//! [`program::Program`] is the whole state as a value: one open screen (Home, a
//! session, its summary, an import, Browse, Statistics, Settings), and over it the
//! editor or the help page. Each is a [`screens::Page`]. A key becomes an action by
//! the page's keymap, which the configuration may change; `update` answers with what
//! it asks for, [`runner`] carries that out and tells the program what came of it;
//! then the program is drawn. A click presses what was drawn there.
//!
//! What a page lacks once it is drawn (figures, rows, what a search finds) is its
//! wish: the runner fulfils it piece by piece with a look at the keys in between, and
//! a wish that fails is not made again by itself.

pub mod configuration;
pub mod desk;
pub mod keymap;
pub mod look;
pub mod program;
pub mod runner;
pub mod screen;
pub mod screens;
pub mod terminal;
pub mod theme;
pub mod widgets;

#[cfg(test)]
pub(crate) mod tests;

use std::io::stdout;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

pub use look::Look;
use runner::Source as _;
pub use runner::{Backend, Left};
pub use screen::{Problem, Start};

/// What the learner configured about the full-screen program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TuiConfig {
    /// What the learner set about the screens.
    pub look: Look,
    /// Whether clicks and the wheel are taken.
    pub mouse: bool,
    /// What is wrong with the configuration: said on the first screen.
    pub wrong: Option<String>,
}

/// Runs the full-screen program until it is left; the terminal is given back
/// whatever happens.
///
/// # Errors
/// There is no terminal to draw on.
pub fn run(backend: &mut dyn Backend, start: Start, config: &TuiConfig) -> Result<Left, Problem> {
    let no_terminal = |error: std::io::Error| Problem {
        message: format!("cannot use the terminal: {error}"),
        hint: Some("`--plain` works without one".to_owned()),
    };
    let mut events = terminal::Events::listen().map_err(no_terminal)?;
    let guard = terminal::Guard::take().map_err(no_terminal)?;
    if config.look.colors.has_question() {
        events.ask_background().map_err(no_terminal)?;
    }
    events.set_mouse(config.mouse);
    let mut canvas = Terminal::new(CrosstermBackend::new(stdout())).map_err(no_terminal)?;
    let size = canvas.size().map_err(no_terminal)?;
    let size = screen::Size { width: size.width, height: size.height };
    let (mut program, first) = program::Program::new(start, config.look.clone(), size);
    if let Some(words) = &config.wrong {
        program.warn(words);
    }
    let left = runner::run(&mut program, first, backend, &mut events, &mut canvas);
    events.settle(left);
    drop(guard);
    Ok(left)
}
