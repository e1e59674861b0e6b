//! Browse of the collection in memory: a real one, so that what is found is found.

use super::{Fake, TODAY};
use crate::app::{App, ImportOptions, Input, Query, Session};
use crate::config::Config;
use crate::domain::{Field, Grade, Now, Uid};
use crate::tui::desk::browse::{Notes as Index, Tools};
use crate::tui::runner::Backend as _;
use crate::tui::screen::{Problem, Undone};
use crate::tui::screens::browse::{BrowseBackend, BrowseNews, BrowseWork};

const DECK: &str = "front\tback\treading\ttags\texample\n\
    人工智能\tartificial intelligence\tréngōng zhìnéng\tai policy\t人工智能正在改变我们的生活。\n\
    国家安全\tnational security\tguójiā ānquán\tpolicy\t\n\
    可持续发展\tsustainable development\t\tpolicy\t\n\
    中国特色社会主义\tsocialism with Chinese characteristics, as the reports call it\t\t\t\n\
    高铁\thigh-speed rail\tgāotiě\trail\t\n";

/// A day on which each card is answered, and how.
const GRADES: [u8; 5] = [4, 3, 5, 2, 4];

/// A collection, the steps taken in it, and the index of its notes.
pub struct Notes {
    pub app: App,
    session: Session,
    index: Index,
}

fn at(day: i32) -> Now {
    let day = TODAY.shift(day);
    Now { at_ms: i64::from(day.0) * 86_400_000 + 43_200_000, offset_min: 0, day }
}

impl Notes {
    pub fn new() -> Self {
        let app = App::in_memory(Config::default(), at(-30)).unwrap();
        let input = Input { path: "Chinese.tsv", bytes: DECK.as_bytes() };
        let plan = app.plan(input, &ImportOptions::default(), &()).unwrap();
        let done = app.apply(&plan, at(-30), &()).unwrap();
        let notes = Self { app, session: Session::default(), index: Index::default() };
        notes.learn(done.notes[0], &GRADES);
        notes.learn(done.notes[1], &[4]);
        notes
    }

    /// Adds notes to another deck.
    pub fn add(&self, rows: impl Iterator<Item = (String, String)>) {
        let rows: String = rows.map(|(front, back)| front + "\t" + &back + "\n").collect();
        let input = Input { path: "Words.tsv", bytes: rows.as_bytes() };
        let plan = self.app.plan(input, &ImportOptions::default(), &()).unwrap();
        self.app.apply(&plan, at(-1), &()).unwrap();
    }

    /// Lets the last note of the deck be forgotten until it is a leech.
    pub fn add_leech(&self) {
        let last = self.app.search(&Query::parse("高铁").unwrap(), None, at(0)).unwrap().1;
        self.learn(last[0].id, &[4, 2].repeat(8));
    }

    /// Answers a note's first card whenever it is due.
    fn learn(&self, note: Uid, grades: &[u8]) {
        let mut day = -30;
        for grade in grades {
            let history = self.app.histories(note).unwrap();
            let due = history[0].state.due.map_or(day, |due| due.since(TODAY));
            day = due;
            let (card, grade) = (history[0].card.to_string(), Grade::new(*grade).unwrap());
            self.app.answer(&card, grade, 2_500, false, at(day)).unwrap();
        }
    }

    pub fn undo(&mut self, now: Now) -> Result<Option<Undone>, Problem> {
        Ok(self.app.undo_step(&mut self.session, now)?)
    }

    pub fn redo(&mut self, now: Now) -> Result<Option<Undone>, Problem> {
        Ok(self.app.redo_step(&mut self.session, now)?)
    }

    pub fn edit(
        &mut self,
        note: Uid,
        changes: &[(Field, String)],
        now: Now,
    ) -> Result<bool, Problem> {
        Ok(self.app.edit_in(&mut self.session, note, changes, now)?)
    }
}

/// Returns the day of a moment, wherever the tests run.
fn written(at_ms: i64) -> String {
    crate::domain::Day((at_ms / 86_400_000) as i32).to_string()
}

impl BrowseBackend for Fake {
    fn browse(&mut self, work: BrowseWork) -> Result<BrowseNews, Problem> {
        let now = self.now();
        let name = match &work {
            BrowseWork::Search(_) => "search",
            BrowseWork::Do(..) => "do",
            BrowseWork::Preview(..) => "preview",
            _ => "browse",
        };
        self.called(name, name.to_owned())?;
        let Notes { app, session, index } = &mut self.notes;
        Ok(index.work(work, Tools { app, session, now, written })?)
    }
}
