//! What is asked before notes are changed: tags, a deck, a day; and the words for it.

use ratatui::crossterm::event::KeyEvent;

use crate::app::{Bulk, CardDeed, MANY, NoteDeed, Preview};
use crate::domain::text::plural;
use crate::domain::{Day, DeckName};
use crate::tui::widgets::field::TextField;

/// What is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Tags to add and to take away.
    Tags,
    /// The deck to move to.
    Deck,
    /// The day on which cards come due.
    Due,
}

/// A line to type it in.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// What is typed.
    pub asked: Asked,
    /// The text.
    pub field: TextField,
    /// The names of the decks, once they are known.
    pub decks: Option<Vec<String>>,
    /// What was typed before the name was completed, and how often it was.
    turns: Option<(String, usize)>,
}

impl Prompt {
    /// Returns an empty line.
    #[must_use]
    pub fn new(asked: Asked) -> Self {
        Self { asked, field: TextField::default(), decks: None, turns: None }
    }

    /// Returns what stands before the line.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self.asked {
            Asked::Tags => "Tags",
            Asked::Deck => "Move to",
            Asked::Due => "Due",
        }
    }

    /// Returns what can be typed.
    #[must_use]
    pub fn hint(&self) -> String {
        match self.asked {
            Asked::Tags => "tags to add, parted by blanks; -tag takes one away".to_owned(),
            Asked::Due => {
                "a date such as 2026-12-01, days from today such as 7, today or tomorrow".to_owned()
            }
            Asked::Deck => {
                let fitting = self.fitting(self.field.text());
                if fitting.is_empty() {
                    "a new deck; :: puts it below another".to_owned()
                } else {
                    fitting.join(", ")
                }
            }
        }
    }

    /// Whether the names of the decks are still to be looked up.
    #[must_use]
    pub const fn lacks_decks(&self) -> bool {
        matches!(self.asked, Asked::Deck) && self.decks.is_none()
    }

    /// Returns the decks whose name holds what is typed, those that begin so first.
    fn fitting(&self, typed: &str) -> Vec<&str> {
        let typed = typed.trim().to_lowercase();
        let decks = self.decks.iter().flatten().map(String::as_str);
        let mut fitting: Vec<&str> =
            decks.filter(|deck| deck.to_lowercase().contains(&typed)).collect();
        fitting.sort_by_key(|deck| !deck.to_lowercase().starts_with(&typed));
        fitting
    }

    /// Whether there is a name to complete to.
    #[must_use]
    pub fn can_complete(&self) -> bool {
        self.turns.is_some() || !self.fitting(self.field.text()).is_empty()
    }

    /// Puts the name of a deck in the place of what was typed; again: the next one.
    pub fn complete(&mut self) {
        let (typed, turn) = self.turns.take().unwrap_or_else(|| (self.field.text().to_owned(), 0));
        let fitting = self.fitting(&typed);
        if let Some(deck) = fitting.get(turn % fitting.len().max(1)) {
            self.field = TextField::new(*deck);
        }
        self.turns = Some((typed, turn + 1));
    }

    /// Applies a key that edits.
    pub fn press(&mut self, event: &KeyEvent) {
        self.turns = None;
        self.field.press(event);
    }

    /// Inserts pasted text.
    pub fn insert(&mut self, text: &str) {
        self.turns = None;
        self.field.insert(text);
    }

    /// Returns what is to be done.
    ///
    /// # Errors
    /// Why the text says nothing that can be done.
    pub fn bulk(&self, today: Day) -> Result<Bulk, String> {
        let text = self.field.text().trim();
        Ok(match self.asked {
            Asked::Tags => {
                let (remove, add): (Vec<&str>, Vec<&str>) =
                    text.split_whitespace().partition(|word| word.starts_with('-'));
                let remove = remove.iter().map(|word| word.trim_start_matches('-').to_owned());
                Bulk::Notes(NoteDeed::Tag {
                    add: add.iter().map(|&word| word.to_owned()).collect(),
                    remove: remove.filter(|tag| !tag.is_empty()).collect(),
                })
            }
            Asked::Deck => {
                let name = text.parse::<DeckName>().map_err(|error| error.to_string())?;
                Bulk::Notes(NoteDeed::Move(name))
            }
            Asked::Due => Bulk::Cards(CardDeed::SetDue(day(text, today)?)),
        })
    }
}

/// Reads a date, or a number of days from today.
fn day(text: &str, today: Day) -> Result<Day, String> {
    if let Ok(days) = text.trim_start_matches('+').parse::<i32>() {
        return Ok(today.shift(days));
    }
    match text {
        "today" => Ok(today),
        "tomorrow" => Ok(today.plus(1)),
        _ => text
            .parse()
            .map_err(|_| format!("`{text}` is no day: write 2026-12-01, 7, today or tomorrow")),
    }
}

/// Returns the question whether to do something, and what else is to be said.
#[must_use]
pub fn question(bulk: &Bulk, preview: Preview) -> (String, String) {
    let (notes, cards) = (plural(preview.notes, "note"), plural(preview.cards, "card"));
    let ask = match bulk {
        Bulk::Cards(deed) => match deed {
            CardDeed::Suspend => format!("Suspend {cards} of {notes}?"),
            CardDeed::Unsuspend => format!("Put {cards} of {notes} back?"),
            CardDeed::Bury => format!("Bury {cards} of {notes} until tomorrow?"),
            CardDeed::Reset => format!("Make {cards} of {notes} new again?"),
            CardDeed::SetDue(day) => format!("Make {cards} of {notes} due on {day}?"),
        },
        Bulk::Notes(NoteDeed::Tag { add, remove }) => {
            let added = add.iter().map(|tag| format!("+{tag}"));
            let tags: Vec<String> =
                added.chain(remove.iter().map(|tag| format!("-{tag}"))).collect();
            format!("Tag {notes}: {}?", tags.join(" "))
        }
        Bulk::Notes(NoteDeed::Move(deck)) => format!("Move {notes} with {cards} to {deck}?"),
        Bulk::Notes(NoteDeed::Delete) => format!("Delete {notes} with {cards}?"),
    };
    let kept = match preview.kept {
        0 => String::new(),
        1 => "1 is so already and stays. ".to_owned(),
        kept => format!("{kept} are so already and stay. "),
    };
    let backup = if *bulk == Bulk::Notes(NoteDeed::Delete) && preview.notes > MANY {
        "A backup is made first. "
    } else {
        ""
    };
    (ask, format!("{kept}{backup}").trim_end().to_owned())
}

/// Returns what is said where a bulk would change nothing.
#[must_use]
pub fn nothing(bulk: &Bulk) -> String {
    let why = match bulk {
        Bulk::Cards(CardDeed::Suspend) => "the cards are suspended already",
        Bulk::Cards(CardDeed::Unsuspend) => "none of the cards is suspended",
        Bulk::Cards(CardDeed::Bury) => "the cards are buried already",
        Bulk::Cards(CardDeed::Reset) => "the cards are new",
        Bulk::Notes(NoteDeed::Tag { .. }) => "the notes are tagged so already",
        Bulk::Notes(NoteDeed::Move(_)) => "the notes are in that deck already",
        _ => "the notes are gone",
    };
    format!("Nothing to do: {why}.")
}

/// Returns what is said once it is done.
#[must_use]
pub fn done(bulk: &Bulk, notes: usize, cards: usize) -> String {
    let (notes, cards) = (plural(notes, "note"), plural(cards, "card"));
    let what = match bulk {
        Bulk::Cards(CardDeed::Suspend) => format!("{cards} of {notes} suspended"),
        Bulk::Cards(CardDeed::Unsuspend) => format!("{cards} of {notes} put back"),
        Bulk::Cards(CardDeed::Bury) => format!("{cards} of {notes} buried until tomorrow"),
        Bulk::Cards(CardDeed::Reset) => format!("{cards} of {notes} made new again"),
        Bulk::Cards(CardDeed::SetDue(day)) => format!("{cards} of {notes} due on {day}"),
        Bulk::Notes(NoteDeed::Tag { .. }) => format!("{notes} tagged"),
        Bulk::Notes(NoteDeed::Move(deck)) => format!("{notes} moved to {deck}"),
        Bulk::Notes(NoteDeed::Delete) => format!("{notes} deleted"),
    };
    format!("{what}; undo takes it back.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(asked: Asked, text: &str) -> Result<Bulk, String> {
        let prompt = Prompt { field: TextField::new(text), ..Prompt::new(asked) };
        prompt.bulk(Day(20_780))
    }

    #[test]
    fn tags_with_a_hyphen_are_taken_away() {
        let tagged = typed(Asked::Tags, " ai  -old policy::new -").unwrap();
        let tag = |tag: &str| tag.to_owned();
        let (add, remove) = (vec![tag("ai"), tag("policy::new")], vec![tag("old")]);
        assert_eq!(tagged, Bulk::Notes(NoteDeed::Tag { add, remove }));
    }

    #[test]
    fn a_due_day_is_a_date_or_a_number_of_days() {
        for (text, day) in [
            ("2026-12-01", 20_788),
            ("7", 20_787),
            ("+7", 20_787),
            ("-1", 20_779),
            ("today", 20_780),
        ] {
            let wanted = Bulk::Cards(CardDeed::SetDue(Day(day)));
            assert_eq!(typed(Asked::Due, text), Ok(wanted), "{text}");
        }
        let wrong = typed(Asked::Due, "tomorow").unwrap_err();
        assert!(wrong.starts_with("`tomorow` is no day: write 2026-12-01"), "{wrong}");
    }

    #[test]
    fn the_name_of_a_deck_is_completed_in_turn() {
        let decks = ["Chinese", "Chinese::Tech", "Old Chinese"].map(str::to_owned);
        let mut prompt = Prompt { decks: Some(decks.into()), ..Prompt::new(Asked::Deck) };
        prompt.field = TextField::new("chi");
        let mut seen = Vec::new();
        for _ in 0..4 {
            prompt.complete();
            seen.push(prompt.field.text().to_owned());
        }
        assert_eq!(seen, ["Chinese", "Chinese::Tech", "Old Chinese", "Chinese"]);
        prompt.field = TextField::new("Français");
        assert!(prompt.hint().starts_with("a new deck"));
    }

    #[test]
    fn a_question_says_how_many_and_what_stays() {
        let preview = Preview { notes: 120, cards: 214, kept: 3 };
        let (ask, more) = question(&Bulk::Cards(CardDeed::Suspend), preview);
        assert_eq!(ask, "Suspend 214 cards of 120 notes?");
        assert_eq!(more, "3 are so already and stay.");
        let one = Preview { notes: 1, cards: 1, kept: 0 };
        assert_eq!(question(&Bulk::Notes(NoteDeed::Delete), one).0, "Delete 1 note with 1 card?");
    }
}
