//! Review: one card after the other.

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

use super::review_page::CardPage;
use super::review_work::{ReviewNews, ReviewWork};
use super::{Ask, Hit, Page, review_body, review_view};
pub use crate::config::Reading;
use crate::domain::{Field, Fields, Grade, Now, Slot};
use crate::session::home::SessionRequest;
use crate::session::summary::{Done, Summary};
use crate::session::typed::{self, Match, Verdict};
use crate::session::{Next, Shown, context};
use crate::tui::Look;
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::screen::{Effect, Moment, Size, Words};
use crate::tui::widgets::field::TextField;

/// Returns where the reading stands next, and the words for that.
const fn next_place(reading: Reading) -> (Reading, &'static str) {
    match reading {
        Reading::WithAnswer => (Reading::WithFront, "The reading stands with the front."),
        Reading::WithFront => (Reading::Hidden, "The reading is hidden."),
        Reading::Hidden => (Reading::WithAnswer, "The reading stands with the answer."),
    }
}

/// The state of the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// What the session was asked for.
    pub request: SessionRequest,
    /// The card on the screen, and what is left.
    pub next: Next,
    /// Whether the answer is shown.
    pub revealed: bool,
    /// Whether answers are typed.
    pub typing: bool,
    /// What is typed.
    pub input: TextField,
    /// How it compared.
    pub verdict: Option<Verdict>,
    /// Lines scrolled past.
    pub scroll: usize,
    /// Whether the example is shown as a hint.
    pub hint: bool,
    /// Where the reading stands.
    pub reading: Reading,
    /// The field that is edited in place.
    pub quick: Option<(Field, TextField)>,
    /// The page about the card that lies over it.
    pub page: Option<CardPage>,
    /// The answers so far.
    pub summary: Summary,
    /// Answers that were taken back, for a redo.
    taken_back: Vec<Option<Done>>,
    /// When the card was first shown, in Unix milliseconds.
    shown_at_ms: i64,
    /// The answer that is on its way to the disk.
    pending: Option<Done>,
}

impl Review {
    /// Starts with the first card.
    #[must_use]
    pub fn new(request: SessionRequest, next: Next, now: Now) -> Self {
        Self {
            typing: request.typed,
            request,
            next,
            revealed: false,
            input: TextField::default(),
            verdict: None,
            scroll: 0,
            hint: false,
            reading: Reading::WithAnswer,
            quick: None,
            page: None,
            summary: Summary::default(),
            taken_back: Vec::new(),
            shown_at_ms: now.at_ms,
            pending: None,
        }
    }

    /// Returns the card on the screen.
    #[must_use]
    pub fn card(&self) -> Option<&Shown> {
        self.next.card.as_deref()
    }

    /// Returns the grade that the typed answer suggests.
    #[must_use]
    pub fn suggestion(&self) -> Option<Grade> {
        let card = self.card().filter(|_| self.revealed)?;
        self.verdict.as_ref().map(|verdict| verdict.suggestion(card.scale))
    }

    /// Whether what was typed is the answer of another note with the same question.
    #[must_use]
    pub fn answers_another_note(&self) -> bool {
        let wrong = self.verdict.as_ref().is_some_and(|v| v.matched != Match::Exact);
        let typed = self.input.text();
        wrong
            && self.card().is_some_and(|card| {
                let exact = |other: &String| typed::compare(typed, other).matched == Match::Exact;
                card.other_answers.iter().any(exact)
            })
    }

    fn scroll_to(&mut self, line: usize) -> Option<Ask> {
        self.scroll = line;
        None
    }

    fn answer(&mut self, grade: Grade, now: Now) -> Option<Ask> {
        let card = self.card()?;
        let ms = now.at_ms.saturating_sub(self.shown_at_ms).max(0);
        let ms = u32::try_from(ms).unwrap_or(u32::MAX);
        let effect = Effect::Answer { card: card.card, grade, scale: card.scale, ms };
        self.pending = Some(Done::of(card, grade, ms));
        Some(Ask::Do(effect))
    }

    /// The answer is on disk: counts it and shows the next card.
    pub fn answered(&mut self, next: Next, now: Now) {
        self.summary.done.extend(self.pending.take());
        self.taken_back.clear();
        self.show(next, now);
    }

    /// A step was taken back.
    pub fn undone(&mut self, was_answer: bool, next: Next, now: Now) {
        let done = if was_answer { self.summary.done.pop() } else { None };
        self.taken_back.push(done);
        self.show(next, now);
    }

    /// A step was done again; `None`: there was none.
    pub fn redone(&mut self, found: bool, next: Next, now: Now) {
        if found {
            self.summary.done.extend(self.taken_back.pop().flatten());
        } else {
            self.taken_back.clear();
        }
        self.show(next, now);
    }

    /// Another step than an answer was done, so nothing can be done again.
    pub fn stepped(&mut self, next: Next, now: Now) {
        self.taken_back.clear();
        let same = self.card().map(|card| card.card) == next.card.as_ref().map(|card| card.card);
        if same {
            // An edited card stays as it is on the screen, its clock running.
            self.next = next;
        } else {
            self.show(next, now);
        }
    }

    /// Takes what came of work.
    pub fn told(&mut self, news: ReviewNews) -> Option<Ask> {
        let card = self.card()?;
        self.page = Some(match news {
            ReviewNews::History(entries) => CardPage::history(card, entries),
            ReviewNews::Why(reason) => CardPage::why(card, *reason),
            ReviewNews::Marked(_) | ReviewNews::Note(..) | ReviewNews::Prospect(_) => return None,
        });
        None
    }

    /// Returns the hint that the example of the card is, where it is one.
    #[must_use]
    pub fn example(&self) -> Option<String> {
        let card = self.card().filter(|_| !self.revealed)?;
        context::hint(&card.fields, &card.question, &card.answer)
    }

    /// Applies an action while a field is edited in place.
    fn update_field(&mut self, action: Action) -> Option<Ask> {
        if action != Action::Save {
            self.quick = None;
            return None;
        }
        let (field, text) = self.quick.clone()?;
        let card = self.card()?;
        if card.fields.plain(field) == text.text() {
            self.quick = None;
            return None;
        }
        let fields = vec![(field, text.text().to_owned())];
        Some(Ask::Do(Effect::Edit { note: card.note, fields }))
    }

    fn show(&mut self, next: Next, now: Now) {
        self.next = next;
        self.revealed = false;
        self.verdict = None;
        self.hint = false;
        self.quick = None;
        self.page = None;
        self.input.clear();
        self.scroll = 0;
        self.shown_at_ms = now.at_ms;
    }
}

impl Page for Review {
    fn keymap(&self) -> Keymap {
        match (&self.page, &self.quick) {
            (Some(_), _) => tables::CARD,
            (None, Some(_)) => tables::QUICK,
            (None, None) if self.revealed => tables::ANSWER,
            (None, None) if self.takes_text() => tables::TYPING,
            (None, None) => tables::QUESTION,
        }
    }

    fn can(&self, action: Action, size: Size) -> bool {
        if let Some(page) = &self.page {
            return page.can(action, size);
        }
        if self.quick.is_some() {
            return matches!(action, Action::Save | Action::Back);
        }
        let Some(card) = self.card() else {
            return matches!(action, Action::Back | Action::Undo | Action::Redo);
        };
        match action {
            Action::Reveal | Action::ToggleTyped => !self.revealed,
            Action::Grade(digit) => {
                self.revealed && card.scale.buttons().iter().any(|(key, ..)| *key == digit)
            }
            Action::Accept => self.suggestion().is_some(),
            Action::Hint => self.hint || self.example().is_some(),
            Action::QuickEdit => self.revealed,
            Action::Undo
            | Action::Redo
            | Action::Edit
            | Action::Suspend
            | Action::Bury
            | Action::Mark
            | Action::History
            | Action::Why
            | Action::Reading
            | Action::Back => true,
            Action::Up | Action::PageUp => self.scroll > 0,
            Action::Down | Action::PageDown => self.scroll < review_body::overflow(self, size),
            _ => false,
        }
    }

    fn update(&mut self, action: Action, moment: Moment<'_>) -> Option<Ask> {
        if let Some(page) = &mut self.page {
            if page.update(action, moment.size) == Some(Ask::Leave) {
                self.page = None;
            }
            return None;
        }
        if self.quick.is_some() {
            return self.update_field(action);
        }
        let overflow = review_body::overflow(self, moment.size);
        let card = self.next.card.as_deref();
        let work = |work| Some(Ask::Do(Effect::Review(work)));
        match action {
            Action::Reveal => {
                let card = card?;
                if self.typing && !self.input.text().trim().is_empty() {
                    self.verdict = Some(typed::compare(self.input.text(), &card.answer));
                }
                self.revealed = true;
                self.scroll = 0;
                None
            }
            Action::Grade(digit) => {
                let buttons = card?.scale.buttons();
                let grade = buttons.iter().find(|(key, ..)| *key == digit).map(|b| b.1)?;
                self.answer(grade, moment.now)
            }
            Action::Accept => {
                let grade = self.suggestion()?;
                self.answer(grade, moment.now)
            }
            Action::Undo => Some(Ask::Do(Effect::Undo)),
            Action::Redo => Some(Ask::Do(Effect::Redo)),
            Action::Suspend => Some(Ask::Do(Effect::Suspend(card?.card))),
            Action::Bury => Some(Ask::Do(Effect::Bury(card?.card))),
            Action::Mark => work(ReviewWork::Mark(card?.note)),
            Action::History => work(ReviewWork::History(card?.card)),
            Action::Why => work(ReviewWork::Why),
            Action::Edit => {
                let card = card?;
                Some(Ask::Edit(card.note, Box::new(card.fields.clone())))
            }
            Action::QuickEdit => {
                let card = card?;
                let field = answer_field(card.slot);
                self.quick = Some((field, TextField::new(card.fields.plain(field))));
                None
            }
            Action::Hint => {
                self.hint = !self.hint;
                self.scroll_to(0)
            }
            Action::Reading => {
                let (reading, words) = next_place(self.reading);
                self.reading = reading;
                Some(Ask::Say(words.to_owned()))
            }
            // What was typed is not thrown away together with the session.
            Action::Back if self.takes_text() && !self.input.text().is_empty() => {
                self.input.clear();
                None
            }
            Action::Back => Some(Ask::Leave),
            Action::ToggleTyped => {
                self.typing = !self.typing;
                self.input.clear();
                None
            }
            Action::Down => self.scroll_to((self.scroll + 1).min(overflow)),
            Action::PageDown => self.scroll_to((self.scroll + moment.size.page()).min(overflow)),
            Action::Up => self.scroll_to(self.scroll.min(overflow).saturating_sub(1)),
            Action::PageUp => self.scroll_to(self.scroll.saturating_sub(moment.size.page())),
            _ => None,
        }
    }

    fn press(&mut self, event: &KeyEvent) {
        match &mut self.quick {
            Some((_, text)) => text.press(event),
            None => self.input.press(event),
        };
    }

    fn insert(&mut self, text: &str) {
        let text = text.trim_matches(['\r', '\n']);
        match &mut self.quick {
            Some((_, field)) => field.insert(text),
            None => self.input.insert(text),
        }
    }

    fn takes_text(&self) -> bool {
        let typing = self.typing && !self.revealed && self.card().is_some();
        self.page.is_none() && (self.quick.is_some() || typing)
    }

    fn changed(&mut self) {
        self.quick = None;
    }

    fn failed(&mut self) {
        self.pending = None;
    }

    fn hits(&self, size: Size, area: Rect) -> Vec<(Rect, Hit)> {
        if self.page.is_some() { Vec::new() } else { review_view::hits(self, size, area) }
    }

    fn words(&self) -> Option<Words> {
        let card = self.card()?;
        let Fields { front, back, reading, .. } = &card.fields;
        let deck = card.deck.to_string();
        if self.revealed {
            let [text, front, back] = [front, front, back].map(String::clone);
            return Some(Words { text, front, back, reading: reading.clone(), deck });
        }
        // Nothing of the answer is told.
        let [text, front] = [&card.question; 2].map(String::clone);
        Some(Words { text, front, deck, ..Words::default() })
    }

    fn view(&self, size: Size, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        match &self.page {
            Some(page) => page.view(size, frame, area, look.theme()),
            None => review_view::view(self, size, frame, area, look.theme()),
        }
    }
}

/// Returns the field that holds what is to be remembered.
const fn answer_field(slot: Slot) -> Field {
    match slot {
        Slot::Forward => Field::Back,
        Slot::Reverse | Slot::Gap(_) => Field::Front,
    }
}
