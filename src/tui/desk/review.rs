//! The real work of a session besides answers.

use super::Desk;
use crate::session::Next;
use crate::tui::screen::Problem;
use crate::tui::screens::review_work::{ReviewBackend, ReviewNews, ReviewWork};

impl ReviewBackend for Desk {
    fn review(&mut self, work: ReviewWork) -> Result<ReviewNews, Problem> {
        let now = self.clock.now();
        Ok(match work {
            ReviewWork::Mark(note) => {
                ReviewNews::Marked(self.app.mark_in(&mut self.session, note, now)?)
            }
            ReviewWork::History(card) => ReviewNews::History(self.app.card_history(card)?),
            ReviewWork::Why => {
                let Next { card, counts } = self.app.next(&self.session, now)?;
                let card = card.ok_or_else(|| Problem::new("no card is shown any more"))?;
                ReviewNews::Why(Box::new(self.app.why(&self.session, &card, counts, now)?))
            }
            ReviewWork::Note(note) => ReviewNews::Note(note, Box::new(self.app.note_fields(note)?)),
            ReviewWork::Prospect(request) => {
                ReviewNews::Prospect(Box::new(self.app.prospect(&request, now)?))
            }
        })
    }
}
