//! The real work of Browse.

use super::Desk;
use crate::app::{App, Bulk, Chosen, Finder, FoundNote, Session};
use crate::clock;
use crate::domain::{Now, Uid};
use crate::error::Error;
use crate::tui::runner::Backend as _;
use crate::tui::screen::Problem;
use crate::tui::screens::browse::{
    BrowseBackend, BrowseNews, BrowseWork, Found, NoteRow, WINDOW, Wanted,
};

/// The index behind the screen; kept when the screen is left, for the next time.
#[derive(Debug, Default)]
pub struct Notes {
    finder: Option<Finder>,
}

/// What the work is done with.
pub struct Tools<'a> {
    /// The collection.
    pub app: &'a App,
    /// The steps that can be taken back.
    pub session: &'a mut Session,
    /// The moment.
    pub now: Now,
    /// How a moment is written for people, date first.
    pub written: fn(i64) -> String,
}

impl Notes {
    /// Does one piece of work.
    ///
    /// # Errors
    /// The store; nothing was done then.
    pub fn work(&mut self, work: BrowseWork, tools: Tools<'_>) -> Result<BrowseNews, Error> {
        let Tools { app, session, now, written } = tools;
        Ok(match work {
            BrowseWork::Search(wanted) => {
                let is_current = match &self.finder {
                    Some(finder) => app.is_current(finder)?,
                    None => false,
                };
                if !is_current {
                    self.finder = Some(app.finder()?);
                }
                self.look(&wanted, app, now, written)?
            }
            BrowseWork::KeepUp(wanted) => {
                let touched = session.take_touched();
                match &mut self.finder {
                    Some(finder) => app.keep_up(finder, &touched)?,
                    None => self.finder = Some(app.finder()?),
                }
                self.look(&wanted, app, now, written)?
            }
            BrowseWork::ReadOn(wanted) => {
                let Some(finder) = &mut self.finder else {
                    return self.told(&wanted, app, written);
                };
                let (count, exact) = (finder.count(), finder.exact());
                app.read_on(finder, &wanted.query, wanted.order, now)?;
                let is_far = count >= wanted.cursor + WINDOW || finder.count() == count;
                if is_far && finder.exact() == exact && !finder.is_whole() {
                    // What was added, if anything, comes after the rows that are known.
                    let (read, all) = finder.progress();
                    return Ok(BrowseNews::Grown { count: finder.count(), read, all });
                }
                self.told(&wanted, app, written)?
            }
            BrowseWork::Rows(cursor) => {
                let (from, rows) = self.rows(cursor, app, written)?;
                BrowseNews::Rows(from, rows)
            }
            BrowseWork::Ids(wanted) => {
                if let Some(finder) = &mut self.finder {
                    // All means all: also what the search has not come to yet.
                    while !finder.is_whole() {
                        app.read_on(finder, &wanted.query, wanted.order, now)?;
                    }
                }
                BrowseNews::Ids(self.finder.iter().flat_map(Finder::ids).collect())
            }
            BrowseWork::History(note) => BrowseNews::History(note, app.histories(note)?),
            BrowseWork::Decks => {
                let decks = app.deck_lines(now.day)?.into_iter().map(|line| line.name.to_string());
                BrowseNews::Decks(decks.collect())
            }
            BrowseWork::Preview(notes, bulk) => {
                let chosen = self.chosen(&notes, &bulk, app)?;
                let preview = app.preview(&chosen, &bulk, now.day)?;
                BrowseNews::Preview(notes, bulk, preview)
            }
            BrowseWork::Do(notes, bulk) => {
                let chosen = self.chosen(&notes, &bulk, app)?;
                let change = app.bulk_in(session, &chosen, &bulk, now)?;
                BrowseNews::Done(bulk, change.notes.len(), change.cards.len())
            }
        })
    }

    fn look(
        &mut self,
        wanted: &Wanted,
        app: &App,
        now: Now,
        written: fn(i64) -> String,
    ) -> Result<BrowseNews, Error> {
        if let Some(finder) = &mut self.finder {
            if wanted.is_from_the_top() {
                finder.begin_anew();
                app.read_on(finder, &wanted.query, wanted.order, now)?;
            } else {
                app.find(finder, &wanted.query, wanted.order, now)?;
            }
        }
        self.told(wanted, app, written)
    }

    /// Returns what there is now, with the rows around the note that is to stay chosen.
    fn told(
        &self,
        wanted: &Wanted,
        app: &App,
        written: fn(i64) -> String,
    ) -> Result<BrowseNews, Error> {
        let Some(finder) = &self.finder else {
            // There is nothing to read on in.
            return Ok(BrowseNews::Found(Found { is_whole: true, ..Found::default() }));
        };
        let last = finder.count().saturating_sub(1);
        let cursor = wanted.keep.and_then(|note| finder.place_of(note));
        let cursor = cursor.unwrap_or_else(|| wanted.cursor.min(last));
        let (from, rows) = self.rows(cursor, app, written)?;
        let (read, all) = finder.progress();
        Ok(BrowseNews::Found(Found {
            count: finder.count(),
            read,
            all,
            is_whole: finder.is_whole(),
            cursor,
            from,
            rows,
        }))
    }

    /// Returns the rows around a place, and the place of the first of them.
    fn rows(
        &self,
        cursor: usize,
        app: &App,
        written: fn(i64) -> String,
    ) -> Result<(usize, Vec<NoteRow>), Error> {
        let Some(finder) = &self.finder else { return Ok((0, Vec::new())) };
        let row = |note: FoundNote| NoteRow { added: written(note.added_ms), note };
        let from = cursor.saturating_sub(WINDOW);
        let rows = app.found(finder, from..cursor + WINDOW)?.into_iter().map(row);
        Ok((from, rows.collect()))
    }

    /// Returns which cards of the notes are meant: of a note that is shown, those that
    /// match what was searched for.
    fn chosen(&self, notes: &[Uid], bulk: &Bulk, app: &App) -> Result<Vec<Chosen>, Error> {
        let all = |note: &Uid| Chosen { note: *note, cards: None };
        match (&self.finder, bulk) {
            (Some(finder), Bulk::Cards(_)) => app.chosen_in(finder, notes),
            _ => Ok(notes.iter().map(all).collect()),
        }
    }
}

impl BrowseBackend for Desk {
    fn browse(&mut self, work: BrowseWork) -> Result<BrowseNews, Problem> {
        let now = self.now();
        let (app, session) = (&self.app, &mut self.session);
        let tools = Tools { app, session, now, written: clock::local_text };
        Ok(self.notes.work(work, tools)?)
    }
}
