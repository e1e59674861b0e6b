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
mod import_changes;
mod import_details;
pub mod import_options;
mod import_options_view;
pub mod import_plan;
pub mod import_rows;
pub mod import_split;
mod import_split_view;
mod import_table;
pub mod import_triage;
mod import_triage_view;
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
use crate::domain::Field;

/// What a screen asks of the program.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Work for the runner.
    Do(Effect),
    /// The import screen.
    Import,
    /// The import of the new files of the inbox.
    Inbox,
    /// The editor of the note on the screen.
    Edit,
    /// The editor of a row that is not imported yet.
    EditRow,
    /// Another text for that row.
    ChangeRow(Vec<(Field, String)>),
    /// Say this above the footer.
    Say(String),
    /// Say above the footer that this cannot be.
    Complain(String),
    /// Leave this screen.
    Leave,
}

/// Returns where a list of `rows` starts when `height` of them are drawn around `cursor`.
pub(crate) fn list_top(cursor: usize, rows: usize, height: usize) -> usize {
    cursor.saturating_sub(height / 2).min(rows.saturating_sub(height))
}
