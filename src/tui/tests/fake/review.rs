//! What the fake collection knows of a session besides answers.

use super::{Fake, TODAY};
use crate::domain::{Fields, Grade, Scale, Settings};
use crate::session::Next;
use crate::session::history::Entry;
use crate::session::reason::Reason;
use crate::tui::runner::Backend;
use crate::tui::screen::Problem;
use crate::tui::screens::review_work::{ReviewBackend, ReviewNews, ReviewWork};

impl ReviewBackend for Fake {
    fn review(&mut self, work: ReviewWork) -> Result<ReviewNews, Problem> {
        Ok(match work {
            ReviewWork::Mark(note) => {
                self.called("mark", format!("mark {note}"))?;
                let card = self.cards.iter().find(|card| card.note == note).unwrap();
                let mut fields = card.fields.clone();
                if fields.is_marked() {
                    fields.tags.retain(|tag| tag != Fields::MARKED);
                } else {
                    fields.tags.push(Fields::MARKED.into());
                }
                let marked = fields.is_marked();
                self.step(super::Step::Edit(note, fields));
                ReviewNews::Marked(marked)
            }
            ReviewWork::History(card) => {
                self.called("history", format!("history {}", self.front(card)))?;
                ReviewNews::History(self.history.clone())
            }
            ReviewWork::Why => {
                self.called("why", "why".into())?;
                let Next { card, counts } = self.next()?;
                let card = card.unwrap();
                ReviewNews::Why(Box::new(Reason {
                    today: TODAY,
                    queue: card.queue,
                    state: card.state,
                    settings: Settings::default(),
                    counts,
                    new_left: Some(8),
                    reviews_left: None,
                }))
            }
            ReviewWork::Note(note) => {
                self.called("note", format!("note {note}"))?;
                let card = self.cards.iter().find(|card| card.note == note).unwrap();
                ReviewNews::Note(note, Box::new(card.fields.clone()))
            }
            ReviewWork::Prospect(_) => {
                self.called("prospect", "prospect".into())?;
                ReviewNews::Prospect(Box::new(self.prospect.clone()))
            }
        })
    }
}

/// Returns what a card looks like that was hard for a while.
pub fn history() -> Vec<Entry> {
    let entry =
        |(ago, kind, raw, interval_d, ease_centi, ms): (i32, &'static str, u8, u32, u32, u32)| {
            Entry {
                day: TODAY.shift(-ago),
                kind,
                grade: Grade::new(raw).map(|grade| (grade, Scale::Four)),
                ms,
                interval_d,
                ease_centi,
            }
        };
    [
        (40, "review", 4, 1, 250, 2_300),
        (39, "review", 4, 6, 250, 1_900),
        (33, "review", 3, 15, 236, 7_000),
        (33, "drill", 4, 15, 236, 1_200),
        (18, "review", 2, 1, 236, 12_000),
        (18, "drill", 2, 1, 236, 3_000),
        (17, "bury", 9, 1, 236, 0),
        (16, "review", 5, 1, 246, 900),
        (15, "review", 4, 6, 246, 1_100),
        (9, "cram", 4, 6, 246, 1_000),
        (9, "review", 4, 15, 246, 1_000),
    ]
    .map(entry)
    .to_vec()
}
