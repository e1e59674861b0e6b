//! The columns of the list: which are shown, how wide, what stands in them.

use super::browse::NoteRow;
use crate::app::{Column, FoundCard, Order};
use crate::domain::{Day, cloze, safe};
use crate::tui::keymap::Action;

/// All columns in the order in which they are chosen.
const ALL: [Column; 11] = [
    Column::Found,
    Column::Front,
    Column::Back,
    Column::Reading,
    Column::Deck,
    Column::Tags,
    Column::Due,
    Column::Interval,
    Column::Ease,
    Column::Lapses,
    Column::Added,
];

/// The columns besides front and back, by how much they are missed where there is
/// little room.
const BY_NEED: [Column; 8] = [
    Column::Due,
    Column::Deck,
    Column::Interval,
    Column::Tags,
    Column::Reading,
    Column::Lapses,
    Column::Ease,
    Column::Added,
];

/// The least cells of front and back each.
const LEAST: usize = 14;

/// Cells between two columns.
pub const GAP: usize = 2;

/// Which columns are shown, and by which the list is sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnsPage {
    /// The chosen line.
    pub cursor: usize,
    /// The columns that are not wanted.
    left_out: Vec<Column>,
    /// The order of the list.
    pub order: Order,
}

/// Returns the name of a column.
#[must_use]
pub const fn name(column: Column) -> &'static str {
    match column {
        Column::Found => "as found",
        Column::Front => "front",
        Column::Back => "back",
        Column::Reading => "reading",
        Column::Deck => "deck",
        Column::Tags => "tags",
        Column::Due => "due",
        Column::Interval => "interval",
        Column::Ease => "ease",
        Column::Lapses => "lapses",
        Column::Added => "added",
    }
}

/// Returns what a column holds, and how it sorts.
const fn about(column: Column) -> &'static str {
    match column {
        Column::Found => "exact matches first, then as they were added",
        Column::Front => "what is asked",
        Column::Back => "what is to be remembered",
        Column::Reading => "how the front is pronounced",
        Column::Deck => "the deck, with those above it",
        Column::Tags => "labels; notes without one come last",
        Column::Due => "the first due day of its cards; new ones come last",
        Column::Interval => "the shortest interval of its cards, in days",
        Column::Ease => "the lowest ease of its cards",
        Column::Lapses => "the most lapses of its cards",
        Column::Added => "the day it was added",
    }
}

/// Returns the cells of a column other than front and back.
const fn cells(column: Column) -> usize {
    match column {
        Column::Deck | Column::Tags => 16,
        Column::Reading => 14,
        Column::Due | Column::Added => 10,
        Column::Interval => 8,
        Column::Lapses => 6,
        Column::Ease => 5,
        Column::Found | Column::Front | Column::Back => 0,
    }
}

/// Whether what a column holds stands at its right end.
#[must_use]
pub const fn is_number(column: Column) -> bool {
    matches!(column, Column::Interval | Column::Ease | Column::Lapses)
}

/// Whether a list can be without a column: front and back are always shown.
const fn can_leave_out(column: Column) -> bool {
    cells(column) > 0
}

impl ColumnsPage {
    /// Returns each column, what it is, whether it is wanted (front and back always
    /// are), and whether it has the cursor.
    pub fn lines(&self) -> impl Iterator<Item = (Column, &'static str, Option<bool>, bool)> {
        ALL.into_iter().enumerate().map(|(nth, column)| {
            let shown = can_leave_out(column).then(|| !self.left_out.contains(&column));
            (column, about(column), shown, nth == self.cursor)
        })
    }

    fn chosen(&self) -> Column {
        ALL.get(self.cursor).copied().unwrap_or_default()
    }

    /// Whether `action` does something now.
    #[must_use]
    pub fn can(&self, action: Action) -> bool {
        match action {
            Action::Tick => can_leave_out(self.chosen()),
            Action::Up | Action::First => self.cursor > 0,
            Action::Down | Action::Last => self.cursor + 1 < ALL.len(),
            Action::Accept | Action::Back => true,
            _ => false,
        }
    }

    /// Applies an action that is possible.
    pub fn update(&mut self, action: Action) {
        let column = self.chosen();
        match action {
            Action::Up => self.cursor = self.cursor.saturating_sub(1),
            Action::Down => self.cursor = (self.cursor + 1).min(ALL.len() - 1),
            Action::First => self.cursor = 0,
            Action::Last => self.cursor = ALL.len() - 1,
            Action::Accept => {
                let descending = self.order.column == column && !self.order.descending;
                self.order = Order { column, descending };
            }
            Action::Tick => {
                if self.left_out.contains(&column) {
                    self.left_out.retain(|other| *other != column);
                } else {
                    self.left_out.push(column);
                }
            }
            _ => {}
        }
    }

    /// Returns the names of the columns that are wanted and do not fit.
    #[must_use]
    pub fn hidden(&self, room: usize) -> Vec<&'static str> {
        let shown = self.layout(room);
        let is_hidden = |column: &&Column| {
            can_leave_out(**column)
                && !self.left_out.contains(column)
                && shown.iter().all(|(other, _)| other != *column)
        };
        ALL.iter().filter(is_hidden).map(|column| name(*column)).collect()
    }

    /// Returns the columns that fit, in their order, with their cells.
    #[must_use]
    pub fn layout(&self, room: usize) -> Vec<(Column, usize)> {
        let sorted = BY_NEED.into_iter().filter(|column| *column == self.order.column);
        let others = BY_NEED
            .into_iter()
            .filter(|column| *column != self.order.column && !self.left_out.contains(column));
        let mut shown = Vec::new();
        let mut left = room.saturating_sub(2 * LEAST + GAP);
        for column in sorted.chain(others) {
            let needed = cells(column) + GAP;
            // What comes first of a narrow list is its text.
            let kept = if shown.is_empty() { 0 } else { room / 6 };
            if needed + kept > left {
                break;
            }
            left -= needed;
            shown.push(column);
        }
        let used: usize = shown.iter().map(|column| cells(*column) + GAP).sum();
        let texts = room.saturating_sub(used + GAP);
        let front = texts * 2 / 5;
        let width = |column: Column| match column {
            Column::Front => front,
            Column::Back => texts - front,
            other => cells(other),
        };
        let is_shown = |column: &Column| {
            matches!(column, Column::Front | Column::Back) || shown.contains(column)
        };
        ALL.into_iter().filter(is_shown).map(|column| (column, width(column))).collect()
    }
}

/// Returns what stands in a column; the due day of a note is that of its first card
/// to come.
#[must_use]
pub fn text(column: Column, row: &NoteRow) -> String {
    let fields = &row.note.fields;
    let cards = &row.note.cards;
    let number = |n: Option<u32>| n.map_or_else(String::new, |n| n.to_string());
    let answered = || cards.iter().filter(|card| card.state.due.is_some());
    match column {
        Column::Found => String::new(),
        Column::Front => cloze::plain(&fields.front).into_owned(),
        Column::Back => fields.back.clone(),
        Column::Reading => fields.reading.clone(),
        Column::Deck => row.note.deck.clone(),
        Column::Tags => fields.tags.join(" "),
        Column::Due => due(cards),
        Column::Interval => number(answered().map(|card| card.state.interval_d).min()),
        Column::Ease => {
            let ease = answered().map(|card| card.state.ease_centi).min();
            ease.map_or_else(String::new, |ease| format!("{}.{:02}", ease / 100, ease % 100))
        }
        Column::Lapses => number(answered().map(|card| card.state.lapses).max()),
        Column::Added => safe::line(&row.added).chars().take(10).collect(),
    }
}

fn due(cards: &[FoundCard]) -> String {
    if !cards.is_empty() && cards.iter().all(|card| card.state.suspended.is_some()) {
        return "suspended".to_owned();
    }
    let active = cards.iter().filter(|card| card.state.suspended.is_none());
    match active.filter_map(|card| card.state.due).min() {
        Some(day) => day.to_string(),
        None => "new".to_owned(),
    }
}

/// Whether a card of the note waits to be answered.
#[must_use]
pub fn is_due(cards: &[FoundCard], today: Day) -> bool {
    cards
        .iter()
        .any(|card| card.state.is_active(today) && card.state.due.is_some_and(|due| due <= today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_shown_where_front_and_back_have_room_beside_it() {
        let page = ColumnsPage::default();
        let names = |page: &ColumnsPage, room: usize| -> Vec<&str> {
            page.layout(room).into_iter().map(|(column, _)| name(column)).collect()
        };
        assert_eq!(names(&page, 36), ["front", "back"]);
        assert_eq!(names(&page, 76), ["front", "back", "deck", "due"]);
        let wide = names(&page, 200);
        assert_eq!(wide.len(), 10, "{wide:?}");
        for room in 30..220 {
            let columns = page.layout(room);
            let used = columns.iter().map(|(_, cells)| cells).sum::<usize>();
            assert_eq!(used + GAP * (columns.len() - 1), room, "{columns:?}");
            let texts = columns.iter().filter(|(c, _)| matches!(c, Column::Front | Column::Back));
            assert!(room < 40 || texts.clone().all(|(_, cells)| *cells >= 11), "{columns:?}");
        }
    }

    #[test]
    fn a_column_that_is_sorted_by_is_shown_even_where_it_was_left_out() {
        let mut page = ColumnsPage { cursor: 10, ..ColumnsPage::default() };
        page.update(Action::Tick);
        let has = |page: &ColumnsPage| page.layout(76).iter().any(|(c, _)| *c == Column::Added);
        assert!(!has(&page));
        page.update(Action::Accept);
        assert!(has(&page) && !page.order.descending);
        page.update(Action::Accept);
        assert!(page.order.descending, "again: the other way");
    }
}
