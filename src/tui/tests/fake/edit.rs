//! The editor of the collection in memory.

use super::Fake;
use crate::app::{Added, Twins};
use crate::domain::text::fold;
use crate::domain::{Uid, cloze};
use crate::tui::screen::Problem;
use crate::tui::screens::edit::{EditBackend, EditNews, EditWork, Offers};

impl EditBackend for Fake {
    fn write(&mut self, work: EditWork) -> Result<EditNews, Problem> {
        Ok(match work {
            EditWork::Offers => {
                let decks = self.home.decks.iter().map(|line| line.name.clone()).collect();
                let tags = self.cards.iter().flat_map(|card| card.fields.tags.clone()).collect();
                EditNews::Offers(Offers { decks, tags })
            }
            EditWork::Twins(typed) => {
                self.called("twins", format!("twins of {}", typed.front))?;
                let has_front = |card: &&crate::session::Shown| {
                    fold(&card.fields.front) == fold(&typed.front) && Some(card.note) != typed.note
                };
                let others = self.cards.iter().filter(has_front);
                let backs: Vec<String> = others.map(|card| card.fields.back.clone()).collect();
                let elsewhere = match typed.front.as_str() {
                    "动词" => vec![(super::deck("Français::Verbes"), "verbe".to_owned())],
                    _ => Vec::new(),
                };
                let count = backs.len();
                EditNews::Twins(typed, Twins { count, backs, elsewhere, is_whole: true })
            }
            EditWork::Add(deck, fields) => {
                self.called("add", format!("add {} = {} to {deck}", fields.front, fields.back))?;
                let gaps = cloze::numbers(&fields.front).len();
                let cards = if gaps == 0 { 2 } else { gaps };
                EditNews::Added(Added::new(Uid([7; 16]), deck, cards, Vec::new()))
            }
            EditWork::TakeBack(added) => {
                self.called("take back", format!("take back from {}", added.deck))?;
                EditNews::TakenBack
            }
        })
    }
}
