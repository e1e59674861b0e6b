//! What the learner sees before a session, and what a session is asked for.

use super::Counts;
use crate::domain::{Day, DeckName, Uid};
use crate::sched::backlog::Outlook;

/// A deck in the overview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeckLine {
    /// Full name.
    pub name: DeckName,
    /// Notes in it and below it.
    pub notes: u32,
    /// What is still to do in it today.
    pub counts: Counts,
}

/// An import in the overview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportLine {
    /// When it was, as local text: `2026-11-23 09:12`.
    pub at: String,
    /// The file, as it was given.
    pub path: String,
    /// The deck that took it.
    pub deck: String,
    /// Notes it added.
    pub added: u32,
    /// Notes it changed.
    pub updated: u32,
    /// Whether it was taken back.
    pub undone: bool,
}

/// Cards that were due before today and are not answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// How many there are.
    pub overdue: u32,
    /// Due cards that are answered a day, where it is known, and what follows from it.
    pub pace: Option<(u32, Outlook)>,
    /// What it comes from.
    pub origin: Origin,
}

/// How a backlog stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// It came day by day.
    #[default]
    Days,
    /// A vacation lies some days back at most, and no plan is in force.
    Vacation,
    /// It is worked off by a plan: the pace is the plan's.
    Plan,
}

impl Backlog {
    /// Returns it as a line: `312 overdue, 40 a day: clear on 1 Dec`.
    #[must_use]
    pub fn words(&self, today: Day) -> String {
        let overdue = self.overdue;
        match (self.origin, self.pace) {
            (Origin::Plan, Some((pace, outlook))) => {
                format!("catching up: {pace} a day, {}", outlook_words(outlook, today))
            }
            (Origin::Vacation, _) => {
                format!("{overdue} overdue after the vacation: `termdeck catch-up` spreads them")
            }
            (_, Some((pace, outlook))) => {
                format!("{overdue} overdue, {pace} a day: {}", outlook_words(outlook, today))
            }
            (_, None) => format!("{overdue} overdue"),
        }
    }
}

/// Says what becomes of a backlog: `clear on 1 Dec`.
#[must_use]
pub fn outlook_words(outlook: Outlook, today: Day) -> String {
    match outlook {
        Outlook::Clear { in_days: 0 } => "clear today".to_owned(),
        Outlook::Clear { in_days } => {
            format!("clear on {}", date_words(today.plus(in_days), today))
        }
        Outlook::Grows { a_day: 0 } => "it does not shrink".to_owned(),
        Outlook::Grows { a_day } => format!("grows by {a_day} a day"),
    }
}

/// Says which day it is: `1 Dec`, with the year where it is another one.
#[must_use]
pub fn date_words(day: Day, today: Day) -> String {
    let (from, date) = (today.date(), day.date());
    let same_year = from.format("%Y").to_string() == date.format("%Y").to_string();
    date.format(if same_year { "%-d %b" } else { "%-d %b %Y" }).to_string()
}

/// What is special about a study day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It is one of a vacation that lasts until this day.
    Vacation(Day),
    /// There is a backlog.
    Backlog(Backlog),
}

impl Notice {
    /// Returns it as a line.
    #[must_use]
    pub fn words(&self, today: Day) -> String {
        match self {
            Self::Vacation(last) => {
                format!("on vacation until {}: all of it can wait", date_words(*last, today))
            }
            Self::Backlog(backlog) => backlog.words(today),
        }
    }
}

/// The overview of a collection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// The study day it was made on.
    pub today: Day,
    /// The decks, parents before their children.
    pub decks: Vec<DeckLine>,
    /// What is still to do today in all of them.
    pub total: Counts,
    /// The newest imports, newest first.
    pub imports: Vec<ImportLine>,
    /// Study days in a row with an answer, up to today or yesterday.
    pub streak: u32,
    /// Cards that come due on today and each of the six days after it; what is
    /// overdue is not among today's.
    pub week: [u32; 7],
    /// What is special about the day.
    pub notice: Option<Notice>,
}

/// Which cards a session takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those of every deck.
    #[default]
    All,
    /// Those of one deck and the decks below it.
    Deck(DeckName),
    /// Those of these notes.
    Notes(Vec<Uid>),
}

/// Which of the scope's cards are practised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pick {
    /// All, those that come due soonest first.
    #[default]
    Soonest,
    /// So many of those that are known worst.
    Weakest(u32),
}

/// What a session is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionRequest {
    /// The cards.
    pub scope: Scope,
    /// Whether answers are typed.
    pub typed: bool,
    /// Whether it is practice that changes no schedule.
    pub cram: bool,
    /// Which cards are practised.
    pub pick: Pick,
    /// New cards it offers, in place of what is left of the day's limits.
    pub new: Option<u32>,
    /// Cards it offers in all, the drill aside.
    pub limit: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backlog_says_when_it_is_clear() {
        let today: Day = "2026-11-23".parse().unwrap();
        let clear = |in_days| Some((40, Outlook::Clear { in_days }));
        let grows = |a_day| Some((40, Outlook::Grows { a_day }));
        let cases = [
            (None, "312 overdue"),
            (clear(0), "312 overdue, 40 a day: clear today"),
            (clear(8), "312 overdue, 40 a day: clear on 1 Dec"),
            (clear(60), "312 overdue, 40 a day: clear on 22 Jan 2027"),
            (grows(5), "312 overdue, 40 a day: grows by 5 a day"),
            (grows(0), "312 overdue, 40 a day: it does not shrink"),
        ];
        let origin = Origin::Days;
        for (pace, words) in cases {
            assert_eq!(Backlog { overdue: 312, pace, origin }.words(today), words);
        }
    }

    #[test]
    fn what_is_special_about_a_day_is_one_line() {
        let today: Day = "2026-11-23".parse().unwrap();
        let pace = Some((40, Outlook::Clear { in_days: 8 }));
        let backlog = |origin| Notice::Backlog(Backlog { overdue: 312, pace, origin });
        let cases = [
            (backlog(Origin::Plan), "catching up: 40 a day, clear on 1 Dec"),
            (
                backlog(Origin::Vacation),
                "312 overdue after the vacation: `termdeck catch-up` spreads them",
            ),
            (
                Notice::Vacation("2027-01-03".parse().unwrap()),
                "on vacation until 3 Jan 2027: all of it can wait",
            ),
        ];
        for (notice, words) in cases {
            assert_eq!(notice.words(today), words);
        }
    }
}
