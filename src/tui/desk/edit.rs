//! The real work of the editor.

use super::Desk;
use crate::app::FrontMemory;
use crate::tui::runner::Backend;
use crate::tui::screen::Problem;
use crate::tui::screens::edit::{EditBackend, EditNews, EditWork, Offers};

impl EditBackend for Desk {
    fn write(&mut self, work: EditWork) -> Result<EditNews, Problem> {
        let now = self.now();
        Ok(match work {
            EditWork::Offers => {
                let (decks, tags) = (self.app.deck_names()?, self.app.tags_in_use()?);
                // What is remembered of fronts is of use to one editor only.
                self.fronts = FrontMemory::default();
                EditNews::Offers(Offers { decks, tags })
            }
            EditWork::Twins(typed) => {
                let twins = self.app.twins(&mut self.fronts, &typed)?;
                EditNews::Twins(typed, twins)
            }
            EditWork::Add(deck, fields) => {
                let added = self.app.write_note(deck, *fields, now)?;
                self.session.touch_note(added.note);
                EditNews::Added(added)
            }
            EditWork::TakeBack(added) => {
                self.app.unwrite_note(&added, now)?;
                self.session.touch_note(added.note);
                EditNews::TakenBack
            }
        })
    }
}
