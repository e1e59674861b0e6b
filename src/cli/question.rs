//! Asking before something is done.

use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;

use super::{Desk, Result};
use crate::error::Error;

/// Whether somebody is there to answer.
pub fn can_ask(desk: &Desk<'_>) -> bool {
    !desk.out.is_json() && std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Asks; only a yes is one.
pub fn confirmed(desk: &mut Desk<'_>, question: &str) -> Result<bool> {
    desk.out.raw(&format!("{question} [y/N] "))?;
    desk.out.flush()?;
    let mut line = String::new();
    let failed = |source| Error::File { path: PathBuf::from("-"), source };
    std::io::stdin().lock().read_line(&mut line).map_err(failed)?;
    Ok(matches!(line.trim().to_lowercase().as_str(), "y" | "yes"))
}
