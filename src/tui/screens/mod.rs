//! The screens: state and `update` in one file, `view` in another.
//!
//! A screen is asked which actions it `can` do now; dispatch and footer both
//! obey, so the footer cannot name what does not work. `update` changes state
//! and answers with an [`Ask`]; it does no I/O and knows no clock.

pub mod edit;
mod edit_view;
pub mod help;
mod help_view;
pub mod home;
mod home_view;
pub mod import;
pub mod import_rows;
mod import_view;
pub mod review;
mod review_body;
mod review_buttons;
mod review_view;
pub mod summary;
mod summary_view;

pub(super) use edit_view::view as draw_edit;
pub(super) use help_view::view as draw_help;
pub(super) use home_view::view as draw_home;
pub(super) use import_view::view as draw_import;
pub(super) use review_view::view as draw_review;
pub(super) use summary_view::view as draw_summary;

use super::screen::Effect;

/// What a screen asks of the program.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Work for the runner.
    Do(Effect),
    /// The import screen.
    Import,
    /// The editor of the note on the screen.
    Edit,
    /// Say this above the footer.
    Say(String),
    /// Leave this screen.
    Leave,
}

/// Returns where a list of `rows` starts when `height` of them are drawn around `cursor`.
pub(crate) fn list_top(cursor: usize, rows: usize, height: usize) -> usize {
    cursor.saturating_sub(height / 2).min(rows.saturating_sub(height))
}
