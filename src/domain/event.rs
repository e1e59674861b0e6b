//! What happened to a card: the append-only truth from which its state follows.

use std::str::FromStr;

use super::{Day, Grade, Scale, Uid};

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its id; the same event read twice is one event.
    pub id: Uid,
    /// The card it speaks of.
    pub card: Uid,
    /// Wall-clock time in Unix milliseconds, for display and statistics.
    pub at_ms: i64,
    /// Minutes east of UTC of the local clock.
    pub offset_min: i32,
    /// The study day.
    pub day: Day,
    /// Hybrid logical clock in milliseconds: never less than that of an event seen before.
    pub hlc: i64,
    /// The device that wrote it.
    pub device: String,
    /// Its number on that device.
    pub seq: i64,
    /// What happened.
    pub action: Action,
}

impl Event {
    /// Returns the total order in which a log is folded.
    #[must_use]
    pub fn order(&self) -> (i64, &str, i64, Uid) {
        (self.hlc, &self.device, self.seq, self.id)
    }
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A counted answer to a new or due card.
    Review(Answer),
    /// A repetition in the same-day drill; moves no schedule.
    Drill(Answer),
    /// Practice ahead of time; moves no schedule.
    Cram(Answer),
    /// Takes another event back; an undo of an undo is a redo.
    Undo {
        /// The event taken back.
        voids: Uid,
    },
    /// Makes the card new again.
    Reset,
    /// Moves the due day, and nothing else.
    SetDue {
        /// The new due day.
        due: Day,
    },
    /// Hides the card for one study day.
    Bury {
        /// That day.
        day: Day,
    },
    /// Takes the card out of every queue.
    Suspend {
        /// Why.
        cause: Cause,
    },
    /// Puts it back; `Cause::User` lifts any suspension, another only its own.
    Unsuspend {
        /// Which suspension is lifted.
        cause: Cause,
    },
    /// A schedule brought along from another program.
    Base(Base),
    /// An answer given in another program: for statistics only.
    Imported(Answer),
}

impl Action {
    /// Returns the name used in files.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Review(_) => "review",
            Self::Drill(_) => "drill",
            Self::Cram(_) => "cram",
            Self::Undo { .. } => "undo",
            Self::Reset => "reset",
            Self::SetDue { .. } => "set-due",
            Self::Bury { .. } => "bury",
            Self::Suspend { .. } => "suspend",
            Self::Unsuspend { .. } => "unsuspend",
            Self::Base(_) => "base",
            Self::Imported(_) => "imported",
        }
    }

    /// Returns the answer, if a learner gave one here.
    #[must_use]
    pub const fn answer(&self) -> Option<Answer> {
        match self {
            Self::Review(answer) | Self::Drill(answer) | Self::Cram(answer) => Some(*answer),
            _ => None,
        }
    }
}

/// A graded answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The raw grade.
    pub grade: Grade,
    /// The buttons it was chosen from.
    pub scale: Scale,
    /// Time from the front to the answer in milliseconds; 0 where unknown.
    pub ms: u32,
    /// Days added to the due day by load balancing, never to the interval.
    pub due_offset: i32,
}

/// A schedule taken over as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base {
    /// Passes in a row.
    pub repetitions: u32,
    /// Ease in hundredths.
    pub ease_centi: u32,
    /// Interval in days.
    pub interval_d: u32,
    /// The day it comes due.
    pub due: Day,
    /// Lapses so far.
    pub lapses: u32,
}

/// Why a card is suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The learner said so.
    User,
    /// Its row left the deck file.
    Prune,
    /// It is a leech.
    Leech,
}

impl Cause {
    /// Returns the name used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Prune => "prune",
            Self::Leech => "leech",
        }
    }
}

impl FromStr for Cause {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::User, Self::Prune, Self::Leech]
            .into_iter()
            .find(|cause| cause.name() == text)
            .ok_or_else(|| format!("`{text}` is no cause (user, prune, leech)"))
    }
}
