//! What a card's log says about it.

use super::{Cause, Day, Grade, Memory};

/// The ease of a new card: 2.50.
pub const NEW_EASE_CENTI: u32 = 250;

/// Lapses with which a card becomes a leech, and after how many more it does so again.
pub const LEECH_LAPSES: u32 = 8;
const LEECH_LAPSES_MORE: u32 = 4;

/// Reviews in a row at the lowest ease with which a card becomes a leech.
pub const LEECH_RUN: u32 = 3;

/// The state of a card: the fold over its events, cached in the store.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct State {
    /// Passes in a row (SM-2's n).
    pub repetitions: u32,
    /// SM-2's ease factor in hundredths: 250 is 2.50. Never below 130.
    pub ease_centi: u32,
    /// Planned days between the last counted review and `due`.
    pub interval_d: u32,
    /// The day it comes due; `None` for a new card.
    pub due: Option<Day>,
    /// Failed reviews after a pass.
    pub lapses: u32,
    /// Why it is suspended, if it is.
    pub suspended: Option<Cause>,
    /// The study day on which it is hidden, if it was buried.
    pub buried: Option<Day>,
    /// The study day of the first counted review.
    pub first: Option<Day>,
    /// The study day of the last counted review.
    pub last: Option<Day>,
    /// The best grade on that day, drill included: below the drill's bar it comes again.
    pub best: Option<Grade>,
    /// Hybrid logical clock of the last answer, for the order of the drill.
    pub tried_hlc: i64,
    /// The newest day seen in its log; later events never count as earlier.
    pub newest: Option<Day>,
    /// Reviews in a row that left the ease at its floor.
    pub floor_run: u32,
    /// What FSRS holds of it; `None` under SM-2 and for a new card.
    pub memory: Option<Memory>,
}

impl State {
    /// A card that was never answered.
    pub const NEW: Self = Self {
        repetitions: 0,
        ease_centi: NEW_EASE_CENTI,
        interval_d: 0,
        due: None,
        lapses: 0,
        suspended: None,
        buried: None,
        first: None,
        last: None,
        best: None,
        tried_hlc: 0,
        newest: None,
        floor_run: 0,
        memory: None,
    };

    /// Whether a cached state is the one that its log gives, perhaps on another machine.
    #[must_use]
    pub fn agrees_with(&self, cached: &Self) -> bool {
        let is_near = match (&self.memory, &cached.memory) {
            (Some(memory), Some(cached)) => memory.is_near(cached),
            (memory, cached) => memory == cached,
        };
        is_near && Self { memory: None, ..*self } == Self { memory: None, ..*cached }
    }

    /// Whether it is hidden on `today` because it was buried.
    #[must_use]
    pub fn is_buried(&self, today: Day) -> bool {
        self.buried == Some(today)
    }

    /// Whether it can be shown on `today` at all.
    #[must_use]
    pub fn is_active(&self, today: Day) -> bool {
        self.suspended.is_none() && !self.is_buried(today)
    }

    /// Whether it keeps being forgotten: 8 lapses, or the ease at its floor
    /// for three reviews in a row.
    #[must_use]
    pub const fn is_leech(&self) -> bool {
        self.leech_level() > 0
    }

    /// Returns how often it became a leech: at 8 lapses, with every 4 more, and at
    /// the third review in a row that left the ease at its floor.
    #[must_use]
    pub const fn leech_level(&self) -> u32 {
        let by_lapses = match self.lapses.checked_sub(LEECH_LAPSES) {
            Some(more) => more / LEECH_LAPSES_MORE + 1,
            None => 0,
        };
        by_lapses + (self.floor_run >= LEECH_RUN) as u32
    }

    /// Whether the card became a leech, or did so once more, since it was in the state
    /// `before`.
    #[must_use]
    pub const fn is_leech_anew(&self, before: &Self) -> bool {
        self.leech_level() > before.leech_level()
    }
}
