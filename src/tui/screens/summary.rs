//! Summary: what a session came to, or that nothing was due, and what can come next.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::review_work::{ReviewNews, ReviewWork};
use super::{Ask, Hit, Page, summary_lines, summary_view};
use crate::domain::{Fields, Uid};
use crate::session::Counts;
use crate::session::home::SessionRequest;
use crate::session::prospect::{Offer, Prospect};
use crate::session::summary::Summary;
use crate::tui::Look;
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::screen::{Effect, Moment, Size, Words};

/// How many of the hardest cards are named.
const HARDEST: usize = 5;

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SummaryScreen {
    /// The answers of the session.
    pub summary: Summary,
    /// What is still to do today in what the session covered.
    pub left: Counts,
    /// What the session was asked for.
    pub request: SessionRequest,
    /// What can come next, when it is known.
    pub prospect: Option<Box<Prospect>>,
    /// The chosen one of the lines that do something.
    pub chosen: Option<usize>,
    /// Lines scrolled past, while none is chosen.
    pub scroll: usize,
    /// The note in the editor, as it was.
    editing: Option<(Uid, Box<Fields>)>,
    /// Whether that note was changed since it was read.
    is_stale: bool,
    /// Whether what can come next could not be found.
    gave_up: bool,
}

/// What a line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// It goes on with what is left.
    Rest(String),
    /// It starts another session.
    Offer(Offer),
    /// It shows a note in the editor.
    Note {
        /// The note.
        note: Uid,
        /// What was asked.
        question: String,
        /// What was to be remembered.
        answer: String,
    },
}

impl SummaryScreen {
    /// Returns the summary of a session that was asked for like this.
    #[must_use]
    pub fn new(request: SessionRequest, summary: Summary, left: Counts) -> Self {
        Self { summary, left, request, ..Self::default() }
    }

    /// Returns the lines that do something, in their order.
    #[must_use]
    pub fn targets(&self) -> Vec<Target> {
        let offers = self.prospect.iter().flat_map(|prospect| prospect.offers());
        let hardest = self.summary.hardest(HARDEST).into_iter().map(|done| Target::Note {
            note: done.note,
            question: done.question.clone(),
            answer: done.answer.clone(),
        });
        let rest = match self.left {
            left if left.total() == 0 => None,
            left if self.request.cram => Some(format!("{} to practise", left.total())),
            left => Some(left.words()),
        };
        let rest = rest.map(Target::Rest).into_iter();
        rest.chain(offers.map(Target::Offer)).chain(hardest).collect()
    }

    /// Whether what can come next is still being looked for.
    #[must_use]
    pub fn is_looking(&self) -> bool {
        self.prospect.is_none() && !self.gave_up
    }

    /// Takes what came of work.
    pub fn told(&mut self, news: ReviewNews) -> Option<Ask> {
        match news {
            ReviewNews::Prospect(prospect) => {
                self.prospect = Some(prospect);
                // Where there was nothing to do, what there is instead is at hand.
                if self.summary.done.is_empty() && !self.targets().is_empty() {
                    self.chosen = Some(0);
                }
                None
            }
            ReviewNews::Note(note, fields) if self.is_stale => {
                self.is_stale = false;
                if let Some((_, before)) = self.editing.take() {
                    self.summary.rewrite(note, &before, &fields);
                }
                None
            }
            ReviewNews::Note(note, fields) => {
                self.editing = Some((note, fields.clone()));
                Some(Ask::Edit(note, fields))
            }
            ReviewNews::Marked(_) | ReviewNews::History(_) | ReviewNews::Why(_) => None,
        }
    }

    /// Returns the target behind a digit.
    fn numbered(&self, digit: char) -> Option<Target> {
        let nth = digit.to_digit(10)?.checked_sub(1)?;
        self.targets().into_iter().nth(nth as usize)
    }

    fn chosen_target(&self) -> Option<Target> {
        self.targets().into_iter().nth(self.chosen?)
    }

    fn start(&self, target: Target) -> Ask {
        Ask::Do(match target {
            Target::Rest(_) => Effect::Start(self.request.clone()),
            Target::Offer(offer) => Effect::Start(offer.request(&self.request)),
            Target::Note { note, .. } => Effect::Review(ReviewWork::Note(note)),
        })
    }

    /// Returns whether anything can be practised, as far as it is known.
    fn can_practise(&self) -> bool {
        self.prospect.as_ref().is_none_or(|prospect| prospect.ahead > 0)
    }
}

impl Page for SummaryScreen {
    fn keymap(&self) -> Keymap {
        if self.chosen.is_some() { tables::CHOSEN } else { tables::SUMMARY }
    }

    fn can(&self, action: Action, size: Size) -> bool {
        let targets = self.targets().len();
        let is_last = self.chosen.is_some_and(|at| at + 1 >= targets);
        match action {
            Action::Back | Action::Undo => true,
            Action::Practise => self.can_practise(),
            Action::Review => self.left.total() > 0,
            Action::Line(digit) => self.numbered(digit).is_some(),
            Action::Accept => self.chosen_target().is_some(),
            Action::Edit => matches!(self.chosen_target(), Some(Target::Note { .. })),
            Action::First => self.chosen.is_some_and(|at| at > 0),
            Action::Last => self.chosen.is_some() && !is_last,
            Action::Up | Action::PageUp => self.chosen.is_some() || self.scroll > 0,
            Action::Down if targets > 0 => !is_last,
            Action::PageDown if self.chosen.is_some() => !is_last,
            Action::Down | Action::PageDown => self.scroll < summary_lines::overflow(self, size),
            _ => false,
        }
    }

    fn update(&mut self, action: Action, Moment { size, .. }: Moment<'_>) -> Option<Ask> {
        let last = self.targets().len().saturating_sub(1);
        let overflow = summary_lines::overflow(self, size);
        match (action, self.chosen) {
            (Action::Back, _) => return Some(Ask::Leave),
            (Action::Undo, _) => return Some(Ask::Do(Effect::Undo)),
            (Action::Review, _) => return Some(Ask::Do(Effect::Start(self.request.clone()))),
            (Action::Practise, _) => {
                let request = Offer::Ahead(0).request(&self.request);
                return Some(Ask::Do(Effect::Start(request)));
            }
            (Action::Line(digit), _) => return self.numbered(digit).map(|to| self.start(to)),
            (Action::Accept | Action::Edit, _) => {
                return self.chosen_target().map(|target| self.start(target));
            }
            (Action::Down, None) if !self.targets().is_empty() => self.chosen = Some(0),
            (Action::Down, None) => self.scroll = (self.scroll + 1).min(overflow),
            (Action::PageDown, None) => self.scroll = (self.scroll + size.page()).min(overflow),
            (Action::Up, None) => self.scroll = self.scroll.min(overflow).saturating_sub(1),
            (Action::PageUp, None) => self.scroll = self.scroll.saturating_sub(size.page()),
            (Action::Down, Some(at)) => self.chosen = Some((at + 1).min(last)),
            (Action::First, Some(_)) => self.chosen = Some(0),
            (Action::PageDown | Action::Last, Some(_)) => self.chosen = Some(last),
            // Above the first line nothing is chosen: the numbers are seen again.
            (Action::Up, Some(at)) => self.chosen = at.checked_sub(1),
            (Action::PageUp, Some(_)) => self.chosen = None,
            _ => {}
        }
        if self.chosen.is_some() {
            self.scroll = 0;
        }
        None
    }

    fn wish(&self) -> Option<Effect> {
        if self.is_looking() {
            return Some(Effect::Review(ReviewWork::Prospect(self.request.clone())));
        }
        let (note, _) = self.editing.as_ref().filter(|_| self.is_stale)?;
        Some(Effect::Review(ReviewWork::Note(*note)))
    }

    fn changed(&mut self) {
        self.is_stale = self.editing.is_some();
    }

    fn failed(&mut self) {
        self.gave_up = true;
        self.is_stale = false;
    }

    fn hits(&self, size: Size, area: Rect) -> Vec<(Rect, Hit)> {
        summary_view::hits(self, size, area)
    }

    fn choose(&mut self, row: usize) {
        if row < self.targets().len() {
            self.chosen = Some(row);
            self.scroll = 0;
        }
    }

    fn words(&self) -> Option<Words> {
        let Target::Note { question, answer, .. } = self.chosen_target()? else { return None };
        Some(Words { text: question.clone(), front: question, back: answer, ..Words::default() })
    }

    fn view(&self, size: Size, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        summary_view::view(self, size, frame, area, look.theme());
    }
}
