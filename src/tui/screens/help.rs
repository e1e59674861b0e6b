//! The help page of a screen, made from its keymap.

use super::{Ask, Page, help_view};
use crate::find::Term;
use crate::tui::Look;
use crate::tui::keymap::{Action, Keymap, Keys, tables};
use crate::tui::screen::{Moment, Size};
use crate::tui::widgets::{field, text};
use ratatui::Frame;
use ratatui::layout::Rect;

/// One line of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    /// The keys, all of them.
    pub keys: String,
    /// What they do.
    pub about: &'static str,
    /// Whether it works now.
    pub possible: bool,
}

/// The state of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// The screen that it is about.
    pub title: &'static str,
    /// The bindings, as they stood when the page was opened.
    pub lines: Vec<HelpLine>,
    /// What can be typed on the screen, below the keys.
    pub guide: Vec<HelpLine>,
    /// Lines scrolled past.
    pub scroll: usize,
}

impl HelpLine {
    /// Returns a line about what always works.
    fn sure(keys: &str, about: &'static str) -> Self {
        Self { keys: keys.to_owned(), about, possible: true }
    }
}

impl Help {
    /// The keys of the page.
    pub const KEYMAP: Keymap = tables::HELP;

    /// Returns the page about the screen with this keymap.
    #[must_use]
    pub fn new(
        map: Keymap,
        keys: &Keys,
        takes_text: bool,
        guide: &[Term],
        possible: impl Fn(Action) -> bool,
    ) -> Self {
        let title = tables::ALL.iter().find(|table| table.map == map);
        let line = |map, binding| HelpLine {
            keys: keys
                .of(map, binding)
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", "),
            about: binding.about,
            possible: possible(binding.action),
        };
        let here = map.iter().map(|binding| line(map, binding));
        let everywhere = tables::GLOBAL.iter().map(|binding| line(tables::GLOBAL, binding));
        let mut lines: Vec<HelpLine> = here.chain(everywhere).collect();
        if takes_text {
            lines.extend(field::KEYS.map(|(keys, about)| HelpLine::sure(keys, about)));
        }
        let guide = guide.iter().map(|term| HelpLine::sure(term.examples, term.about)).collect();
        Self { title: title.map_or("Keys", |table| table.title), lines, guide, scroll: 0 }
    }

    /// Returns how many rows lie below the screen when nothing is scrolled.
    fn overflow(&self, size: Size) -> usize {
        // Title, an empty row, status and footer take four.
        let rows = self.rows(usize::from(size.width)).len();
        rows.saturating_sub(usize::from(size.height.saturating_sub(4)))
    }

    /// Returns the page as rows of `cells` cells: keys, what they do, whether it
    /// works now; then what can be typed. What is too long goes on in the next row,
    /// without keys.
    #[must_use]
    pub fn rows(&self, cells: usize) -> Vec<HelpRow> {
        let mut rows = table(&self.lines, cells);
        if !self.guide.is_empty() {
            rows.push(HelpRow::default());
            rows.extend(table(&self.guide, cells));
        }
        rows
    }
}

/// A row of the page: keys, what they do, whether it works now.
pub type HelpRow = (String, String, bool);

fn table(lines: &[HelpLine], cells: usize) -> Vec<HelpRow> {
    let widest = lines.iter().map(|line| text::width(&line.keys)).max().unwrap_or(0);
    let key_cells = widest.min(cells * 2 / 5);
    let about_cells = cells.saturating_sub(key_cells + 6);
    let mut rows = Vec::new();
    for line in lines {
        let not_now = if line.possible { "" } else { " (not now)" };
        let about = text::wrap(&format!("{}{not_now}", line.about), about_cells);
        let keys = text::wrap(&line.keys, key_cells);
        for nth in 0..about.len().max(keys.len()) {
            let keys = keys.get(nth).map_or("", String::as_str);
            let about = about.get(nth).cloned().unwrap_or_default();
            rows.push((text::pad(keys, key_cells), about, line.possible));
        }
    }
    rows
}

impl Page for Help {
    fn keymap(&self) -> Keymap {
        Self::KEYMAP
    }

    fn can(&self, action: Action, size: Size) -> bool {
        match action {
            Action::Back => true,
            Action::Up | Action::PageUp => self.scroll > 0,
            Action::Down | Action::PageDown => self.scroll < self.overflow(size),
            _ => false,
        }
    }

    fn update(&mut self, action: Action, Moment { size, .. }: Moment<'_>) -> Option<Ask> {
        let overflow = self.overflow(size);
        match action {
            Action::Back => return Some(Ask::Leave),
            Action::Down => self.scroll = (self.scroll + 1).min(overflow),
            Action::PageDown => self.scroll = (self.scroll + size.page()).min(overflow),
            Action::Up => self.scroll = self.scroll.min(overflow).saturating_sub(1),
            Action::PageUp => self.scroll = self.scroll.saturating_sub(size.page()),
            _ => {}
        }
        None
    }

    fn view(&self, _size: Size, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        help_view::view(self, frame, area, look.theme());
    }
}
