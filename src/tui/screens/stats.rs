//! Statistics: sheets of figures, for one deck or all, over a range of days.
//!
//! What is new in the log is counted slice by slice before the figures are put
//! together, with a look at the keys between two slices.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Ask, Page, leeches, stats_view};
use crate::app::Progress;
use crate::domain::DeckName;
use crate::session::outlook::Outlook;
use crate::session::stats::{Request, Statistics};
use crate::tui::Look;
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::screen::{Effect, Moment, Problem, Size};

/// What the screen needs looked up or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatsWork {
    /// The figures, or a slice of the counting that they need first.
    Load(Request),
    /// What the coming year brings of a deck, or of all; or a slice of it.
    Foresee(Option<DeckName>),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum StatsNews {
    /// A slice was counted; there is more.
    Counting(Progress),
    /// The figures, and the decks that can be chosen.
    Loaded(Request, Box<Statistics>, Vec<DeckName>),
    /// Some days were lived through; there are more.
    Foreseeing(Progress),
    /// What the coming year brings.
    Foreseen(Box<Outlook>),
}

/// Where the screen's work is done.
pub trait StatsBackend {
    /// Does one piece of work; a change is durable when this returns.
    ///
    /// # Errors
    /// What went wrong; nothing was done then.
    fn stats(&mut self, work: StatsWork) -> Result<StatsNews, Problem>;
}

/// One part of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sheet {
    /// Today, the streak and the calendar.
    #[default]
    Overview,
    /// What comes due.
    Forecast,
    /// Reviews and time.
    Reviews,
    /// What was remembered.
    Retention,
    /// The cards as they are.
    Cards,
    /// What the coming year brings.
    Outlook,
}

impl Sheet {
    /// All of them, in their order.
    pub const ALL: [Self; 6] = [
        Self::Overview,
        Self::Forecast,
        Self::Reviews,
        Self::Retention,
        Self::Cards,
        Self::Outlook,
    ];

    /// Returns its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Forecast => "Forecast",
            Self::Reviews => "Reviews",
            Self::Retention => "Retention",
            Self::Cards => "Cards",
            Self::Outlook => "Outlook",
        }
    }
}

/// The ranges, shortest first: days, or all.
const RANGES: [Option<u32>; 5] = [Some(7), Some(30), Some(90), Some(365), None];

/// The state of the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Stats {
    /// What is shown or about to be.
    pub request: Request,
    /// The figures, once they are there.
    pub found: Option<Box<Statistics>>,
    /// What the coming year brings, once it is there.
    pub outlook: Option<Box<Outlook>>,
    /// How far counting, or foreseeing, has come, while it lasts.
    pub progress: Option<Progress>,
    /// Whether the figures are those of the request, or could not be had.
    pub settled: bool,
    /// Whether the outlook is that of the deck, or could not be had.
    pub foreseen: bool,
    /// The part that is open.
    pub sheet: Sheet,
    /// Rows above the first one shown.
    pub scroll: usize,
    decks: Vec<DeckName>,
}

impl Default for Stats {
    fn default() -> Self {
        Self {
            request: Request { deck: None, days: Some(30) },
            found: None,
            outlook: None,
            progress: None,
            settled: false,
            foreseen: false,
            sheet: Sheet::Overview,
            scroll: 0,
            decks: Vec::new(),
        }
    }
}

/// Returns what comes `step` places after an item of a ring.
fn turned<T: PartialEq + Clone>(ring: &[T], now: &T, step: isize) -> Option<T> {
    let at = ring.iter().position(|item| item == now).unwrap_or(0);
    let length = isize::try_from(ring.len()).ok()?;
    let next = (isize::try_from(at).ok()? + step).checked_rem_euclid(length)?;
    ring.get(usize::try_from(next).ok()?).cloned()
}

impl Stats {
    /// Takes what came of work.
    pub fn told(&mut self, news: StatsNews) -> Option<Ask> {
        match news {
            StatsNews::Counting(progress) | StatsNews::Foreseeing(progress) => {
                self.progress = Some(progress);
            }
            StatsNews::Loaded(request, found, decks) if request == self.request => {
                self.found = Some(found);
                self.decks = decks;
                self.progress = None;
                self.settled = true;
            }
            StatsNews::Foreseen(outlook) if outlook.deck == self.request.deck => {
                self.outlook = Some(outlook);
                self.progress = None;
                self.foreseen = true;
            }
            // Something else was chosen meanwhile.
            StatsNews::Loaded(..) | StatsNews::Foreseen(_) => {}
        }
        None
    }

    fn turn_sheet(&mut self, step: isize) {
        if let Some(sheet) = turned(&Sheet::ALL, &self.sheet, step) {
            self.sheet = sheet;
            self.scroll = 0;
        }
    }

    fn turn_range(&mut self, step: isize) {
        if let Some(days) = turned(&RANGES, &self.request.days, step) {
            self.request.days = days;
            self.settled = false;
        }
    }

    fn turn_deck(&mut self, step: isize) {
        let all = std::iter::once(None).chain(self.decks.iter().cloned().map(Some));
        if let Some(deck) = turned(&all.collect::<Vec<_>>(), &self.request.deck, step) {
            self.request.deck = deck;
            self.settled = false;
            self.foreseen = false;
            self.scroll = 0;
        }
    }

    /// Returns how many rows the sheet has beyond those that are shown at once.
    fn hidden(&self, size: Size) -> usize {
        stats_view::rows(self, size).saturating_sub(stats_view::room(size))
    }
}

impl Page for Stats {
    fn keymap(&self) -> Keymap {
        tables::STATS
    }

    fn can(&self, action: Action, size: Size) -> bool {
        match action {
            Action::Back
            | Action::Reload
            | Action::NextSheet
            | Action::PreviousSheet
            | Action::NextRange
            | Action::PreviousRange => true,
            Action::Leeches => self.found.as_ref().is_some_and(|found| found.cards.leeches > 0),
            Action::NextDeck | Action::PreviousDeck => !self.decks.is_empty(),
            Action::Up | Action::PageUp | Action::First => self.scroll > 0,
            Action::Down | Action::PageDown | Action::Last => self.scroll < self.hidden(size),
            _ => false,
        }
    }

    fn update(&mut self, action: Action, Moment { size, .. }: Moment<'_>) -> Option<Ask> {
        let page = stats_view::room(size).saturating_sub(1).max(1);
        let hidden = self.hidden(size);
        match action {
            Action::Back => return Some(Ask::Leave),
            Action::Reload => {
                self.settled = false;
                self.foreseen = false;
                return Some(Ask::Say("Read anew.".to_owned()));
            }
            Action::Leeches => return Some(Ask::Find(leeches(self.request.deck.as_ref()))),
            Action::NextSheet => self.turn_sheet(1),
            Action::PreviousSheet => self.turn_sheet(-1),
            Action::NextRange => self.turn_range(1),
            Action::PreviousRange => self.turn_range(-1),
            Action::NextDeck => self.turn_deck(1),
            Action::PreviousDeck => self.turn_deck(-1),
            Action::Up => self.scroll = self.scroll.min(hidden).saturating_sub(1),
            Action::Down => self.scroll = (self.scroll + 1).min(hidden),
            Action::PageUp => self.scroll = self.scroll.min(hidden).saturating_sub(page),
            Action::PageDown => self.scroll = (self.scroll + page).min(hidden),
            Action::First => self.scroll = 0,
            Action::Last => self.scroll = hidden,
            _ => {}
        }
        None
    }

    fn view(&self, size: Size, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        stats_view::view(self, size, frame, area, look);
    }

    fn wish(&self) -> Option<Effect> {
        let work = if !self.settled {
            StatsWork::Load(self.request.clone())
        } else if self.sheet == Sheet::Outlook && !self.foreseen {
            StatsWork::Foresee(self.request.deck.clone())
        } else {
            return None;
        };
        Some(Effect::Stats(work))
    }

    fn failed(&mut self) {
        // What was wished for last is what failed.
        self.foreseen |= self.settled;
        self.settled = true;
        self.progress = None;
    }
}

#[cfg(test)]
#[path = "stats_tests.rs"]
mod tests;
