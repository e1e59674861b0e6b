//! How a file is read, changed in place: each change makes the plan anew.

use ratatui::crossterm::event::KeyEvent;

use crate::app::ImportOptions;
use crate::app::plan::FilePlan;
use crate::domain::{Direction, Kind};
use crate::import::{Column, Format, ScriptChoice};
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::widgets::field::TextField;

/// One option of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The format.
    Format,
    /// The encoding.
    Encoding,
    /// What separates columns.
    Delimiter,
    /// Whether the first row is a header.
    Header,
    /// What the columns hold.
    Columns,
    /// The script of an article.
    Script,
    /// The deck.
    Deck,
    /// Directions of new notes.
    Direction,
    /// Kinds that become notes.
    Kinds,
    /// Whose text wins.
    Conflicts,
    /// What happens to notes that left the file.
    Gone,
}

/// What an option is while nobody says otherwise.
const AUTO: &str = "found out";

/// Encodings that are offered; others can be typed.
const ENCODINGS: [&str; 9] = [
    "utf-8",
    "gb18030",
    "big5",
    "shift_jis",
    "euc-jp",
    "euc-kr",
    "utf-16le",
    "windows-1252",
    "windows-1251",
];

/// Delimiters that are offered; others can be typed.
const DELIMITERS: [&str; 8] = ["\t", ",", ";", "|", ":", " - ", "=", "::"];

/// Sets of kinds that are offered.
const KINDS: [&str; 5] =
    ["term,sentence", "term", "sentence", "term,sentence,quotation", "quotation"];

impl Choice {
    /// All options, in the order in which they are listed.
    pub const ALL: [Self; 11] = [
        Self::Format,
        Self::Encoding,
        Self::Delimiter,
        Self::Header,
        Self::Columns,
        Self::Script,
        Self::Deck,
        Self::Direction,
        Self::Kinds,
        Self::Conflicts,
        Self::Gone,
    ];

    /// Returns its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Encoding => "encoding",
            Self::Delimiter => "delimiter",
            Self::Header => "first row",
            Self::Columns => "columns",
            Self::Script => "script",
            Self::Deck => "deck",
            Self::Direction => "directions",
            Self::Kinds => "kinds",
            Self::Conflicts => "conflicts",
            Self::Gone => "gone notes",
        }
    }

    /// Returns what it means.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Format => "what the file is",
            Self::Encoding => "how its characters are written; any name of an encoding",
            Self::Delimiter => "what stands between two columns; any text, tab as \\t",
            Self::Header => "whether it can name the columns",
            Self::Columns => "front,back,reading,note,example,source,tags,deck,id or -",
            Self::Script => "of a Chinese article",
            Self::Deck => "where its rows go; A::B is a deck in a deck",
            Self::Direction => "sides of new notes that are asked",
            Self::Kinds => "what becomes a note: term, sentence, quotation",
            Self::Conflicts => "whose text wins where both sides changed it",
            Self::Gone => "what happens to notes that left the file",
        }
    }

    /// Whether its value can be typed.
    const fn is_typed(self) -> bool {
        matches!(self, Self::Encoding | Self::Delimiter | Self::Columns | Self::Deck | Self::Kinds)
    }

    /// Returns the values that are offered, as they are typed; the first is the default.
    fn values(self) -> Vec<String> {
        let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        let with_auto = |values: &[&str]| {
            let mut all: Vec<String> = owned(values);
            all.insert(0, String::new());
            all
        };
        match self {
            Self::Format => with_auto(&Format::ALL.map(Format::name)),
            Self::Encoding => with_auto(&ENCODINGS),
            Self::Delimiter => with_auto(&DELIMITERS),
            Self::Header => owned(&["", "no"]),
            Self::Columns | Self::Deck => Vec::new(),
            Self::Script => owned(&["auto", "simplified", "traditional", "as-is"]),
            Self::Direction => owned(&["", "forward", "reverse", "both"]),
            Self::Kinds => owned(&KINDS),
            Self::Conflicts | Self::Gone => owned(&["", "yes"]),
        }
    }

    /// Returns the value as it would be typed; empty for the default.
    fn typed(self, given: &ImportOptions) -> String {
        let read = &given.read;
        let words = |words: Vec<&str>| words.join(",");
        match self {
            Self::Format => read.format.map_or("", Format::name).to_owned(),
            Self::Encoding => read.encoding.clone().unwrap_or_default(),
            Self::Delimiter => read.delimiter.clone().unwrap_or_default(),
            Self::Header => if read.no_header { "no" } else { "" }.to_owned(),
            Self::Columns => {
                let names = |all: &Vec<Column>| words(all.iter().map(|c| c.name()).collect());
                read.columns.as_ref().map(names).unwrap_or_default()
            }
            Self::Script => script_name(read.script).to_owned(),
            Self::Deck => given.deck.as_ref().map(ToString::to_string).unwrap_or_default(),
            Self::Direction => given.direction.map_or("", Direction::name).to_owned(),
            Self::Kinds => {
                let names = |all: &Vec<Kind>| words(all.iter().map(|kind| kind.name()).collect());
                given.kinds.as_ref().map_or_else(|| KINDS[0].to_owned(), names)
            }
            Self::Conflicts => if given.theirs { "yes" } else { "" }.to_owned(),
            Self::Gone => if given.prune { "yes" } else { "" }.to_owned(),
        }
    }

    /// Returns its value in words: what was found out, where nobody said otherwise.
    #[must_use]
    pub fn value(self, plan: &FilePlan) -> String {
        let given = &plan.basis.given;
        let typed = self.typed(given);
        match (self, typed.as_str()) {
            (Self::Format, "") => format!("{} ({AUTO})", plan.format),
            (Self::Encoding, "") => format!("{} ({AUTO})", plan.encoding),
            (Self::Deck, "") => format!("{} (by the file)", plan.deck),
            (Self::Delimiter | Self::Columns, "") => AUTO.to_owned(),
            (Self::Delimiter, "\t") => "tab".to_owned(),
            (Self::Delimiter, text) => format!("“{text}”"),
            (Self::Header, "") => "a header where it looks like one".to_owned(),
            (Self::Header, _) => "data, never a header".to_owned(),
            (Self::Direction, "") => "as the deck says".to_owned(),
            (Self::Conflicts, "") => "yours".to_owned(),
            (Self::Conflicts, _) => "the file's".to_owned(),
            (Self::Gone, "") => "they stay as they are".to_owned(),
            (Self::Gone, _) => "they are suspended".to_owned(),
            _ => typed,
        }
    }

    /// Returns the options with this one set to what was typed.
    fn set(self, given: &ImportOptions, text: &str) -> Result<ImportOptions, String> {
        let mut options = given.clone();
        let read = &mut options.read;
        let trimmed = text.trim();
        match self {
            Self::Format => read.format = parsed(trimmed)?,
            Self::Encoding => read.encoding = some(trimmed),
            // A blank can be a part of it.
            Self::Delimiter => {
                let tab = matches!(trimmed, "\\t" | "tab" | "TAB");
                read.delimiter = if tab { Some("\t".to_owned()) } else { some(text) };
            }
            Self::Header => read.no_header = !trimmed.is_empty(),
            Self::Columns if trimmed.is_empty() => read.columns = None,
            Self::Columns => {
                let columns = trimmed.split(',').map(str::parse).collect::<Result<_, _>>()?;
                read.columns = Some(columns);
            }
            Self::Script => read.script = trimmed.parse()?,
            Self::Deck if trimmed.is_empty() => options.deck = None,
            Self::Deck => {
                options.deck = Some(trimmed.parse().map_err(|error| format!("{error}"))?);
            }
            Self::Direction => options.direction = parsed(trimmed)?,
            Self::Kinds if trimmed.is_empty() || trimmed == KINDS[0] => options.kinds = None,
            Self::Kinds => {
                let kinds = trimmed.split(',').map(str::parse).collect::<Result<_, _>>()?;
                options.kinds = Some(kinds);
            }
            Self::Conflicts => options.theirs = !trimmed.is_empty(),
            Self::Gone => options.prune = !trimmed.is_empty(),
        }
        Ok(options)
    }

    /// Returns the options with the value next to or before that in `from`, if there
    /// are several.
    fn turned(
        self,
        given: &ImportOptions,
        from: &ImportOptions,
        forward: bool,
    ) -> Option<ImportOptions> {
        let values = self.values();
        let typed = self.typed(from);
        let step = if forward { 1 } else { values.len().checked_sub(1)? };
        let now = values.iter().position(|value| *value == typed);
        let next = match now {
            Some(at) => (at + step) % values.len(),
            None => 0,
        };
        self.set(given, values.get(next)?).ok()
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn parsed<T: std::str::FromStr>(text: &str) -> Result<Option<T>, T::Err> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

const fn script_name(script: ScriptChoice) -> &'static str {
    match script {
        ScriptChoice::Auto => "auto",
        ScriptChoice::Simplified => "simplified",
        ScriptChoice::Traditional => "traditional",
        ScriptChoice::AsIs => "as-is",
    }
}

/// What a key on the page came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// Read the file again with these options.
    Read(Box<ImportOptions>),
    /// What was typed cannot be.
    Refused(String),
    /// Close the page.
    Close,
}

/// The page with the options of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionsPage {
    /// The chosen option.
    pub cursor: usize,
    /// The value as it is typed.
    pub typing: Option<TextField>,
    /// The value that was asked for last, and did not come: the file cannot be read so.
    tried: Option<ImportOptions>,
}

impl OptionsPage {
    /// Returns the keys that hold now.
    #[must_use]
    pub const fn keymap(&self) -> Keymap {
        if self.typing.is_some() { tables::VALUE } else { tables::OPTIONS }
    }

    fn choice(&self) -> Choice {
        Choice::ALL.get(self.cursor).copied().unwrap_or(Choice::Format)
    }

    /// Whether `action` does something now.
    #[must_use]
    pub fn can(&self, action: Action) -> bool {
        if self.typing.is_some() {
            return matches!(action, Action::Accept | Action::Back);
        }
        let last = Choice::ALL.len() - 1;
        match action {
            Action::Back => true,
            Action::Accept => self.choice().is_typed(),
            Action::NextValue | Action::PreviousValue => self.choice().values().len() > 1,
            Action::Up | Action::First => self.cursor > 0,
            Action::Down | Action::Last => self.cursor < last,
            _ => false,
        }
    }

    /// Applies an action that is possible, given the options as they are.
    pub fn update(&mut self, action: Action, given: &ImportOptions) -> Option<Wanted> {
        let last = Choice::ALL.len() - 1;
        let choice = self.choice();
        if let Some(typed) = self.typing.take() {
            if action != Action::Accept {
                return None;
            }
            return match choice.set(given, typed.text()) {
                Ok(options) if options == *given => None,
                Ok(options) => Some(Wanted::Read(Box::new(options))),
                Err(why) => {
                    self.typing = Some(typed);
                    Some(Wanted::Refused(why))
                }
            };
        }
        match action {
            Action::Back => return Some(Wanted::Close),
            Action::Accept => self.typing = Some(TextField::new(choice.typed(given))),
            Action::NextValue | Action::PreviousValue => {
                let from = self.tried.take().unwrap_or_else(|| given.clone());
                let options = choice.turned(given, &from, action == Action::NextValue)?;
                self.tried = (options != *given).then(|| options.clone());
                return Some(Wanted::Read(Box::new(options)));
            }
            Action::Up => self.go(self.cursor.saturating_sub(1)),
            Action::Down => self.go((self.cursor + 1).min(last)),
            Action::First => self.go(0),
            Action::Last => self.go(last),
            _ => {}
        }
        None
    }

    fn go(&mut self, cursor: usize) {
        self.cursor = cursor;
        self.tried = None;
    }

    /// Forgets the value that was asked for: it came.
    pub fn came(&mut self) {
        self.tried = None;
    }

    /// Returns the chosen option's value that the file cannot be read with, if it was
    /// asked for last.
    #[must_use]
    pub fn refused(&self) -> Option<String> {
        let value = self.choice().typed(self.tried.as_ref()?);
        Some(if value == "\t" { "tab".to_owned() } else { value })
    }

    /// Applies a key that edits the value.
    pub fn press(&mut self, event: &KeyEvent) {
        if let Some(typing) = &mut self.typing {
            typing.press(event);
        }
    }

    /// Inserts text at the cursor; a value has one line.
    pub fn insert(&mut self, inserted: &str) {
        if let Some(typing) = &mut self.typing {
            typing.insert(inserted.trim_matches(['\r', '\n']));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_that_is_offered_can_be_set_and_comes_round_again() {
        let given = ImportOptions::default();
        for choice in Choice::ALL {
            let mut options = given.clone();
            for value in choice.values() {
                assert_eq!(choice.typed(&options), value, "{choice:?}");
                options = choice.turned(&options, &options, true).unwrap();
            }
            assert_eq!(options, given, "{choice:?}");
            if let Some(back) = choice.turned(&options, &options, false) {
                assert_eq!(choice.turned(&back, &back, true).unwrap(), given, "{choice:?}");
            }
        }
    }

    #[test]
    fn a_value_that_cannot_be_is_passed_on_the_way_to_the_next() {
        let given = ImportOptions::default();
        let mut page = OptionsPage::default();
        let mut formats = Vec::new();
        for _ in 0..3 {
            let Some(Wanted::Read(options)) = page.update(Action::NextValue, &given) else {
                panic!("a value to read with")
            };
            formats.push(options.read.format.unwrap());
        }
        assert_eq!(formats, &Format::ALL[..3]);
        assert_eq!(page.refused().as_deref(), Some(Format::ALL[2].name()));
        page.came();
        assert_eq!(page.refused(), None);
    }

    #[test]
    fn what_is_typed_is_taken_or_refused_with_its_reason() {
        let given = ImportOptions::default();
        let delimiter = |text| Choice::Delimiter.set(&given, text).unwrap().read.delimiter;
        assert_eq!(delimiter("\\t").as_deref(), Some("\t"));
        assert_eq!(delimiter(" / ").as_deref(), Some(" / "));
        assert_eq!(delimiter(""), None);
        let columns = Choice::Columns.set(&given, "back, front,-").unwrap();
        assert_eq!(Choice::Columns.typed(&columns), "back,front,-");
        assert!(Choice::Columns.set(&given, "front,rear").unwrap_err().contains("`rear`"));
        assert!(Choice::Kinds.set(&given, "word").is_err());
        assert!(Choice::Deck.set(&given, "::").is_err());
        assert_eq!(Choice::Deck.set(&given, "").unwrap().deck, None);
    }

    #[test]
    fn a_value_that_is_left_changes_nothing_and_one_that_is_refused_stays_open() {
        let given = ImportOptions::default();
        let columns = Choice::ALL.iter().position(|choice| *choice == Choice::Columns).unwrap();
        let mut page = OptionsPage { cursor: columns, ..OptionsPage::default() };
        assert_eq!(page.update(Action::Accept, &given), None);
        page.insert("fornt");
        let refused = page.update(Action::Accept, &given);
        assert!(matches!(refused, Some(Wanted::Refused(_))), "{refused:?}");
        assert_eq!(page.typing.as_ref().unwrap().text(), "fornt");
        assert_eq!(page.update(Action::Back, &given), None);
        assert_eq!(page.typing, None);
        assert_eq!(page.update(Action::Back, &given), Some(Wanted::Close));
    }
}
