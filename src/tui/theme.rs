//! Colours and attributes, by what they mean.
//!
//! Only the terminal's own 16 colours are used, so the learner's palette holds.
//! Nothing is said by colour alone: without it, bold, underline and reverse stay.

use ratatui::style::{Color, Modifier, Style};

/// How things look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    color: bool,
}

impl Theme {
    /// Returns the theme with or without colours.
    #[must_use]
    pub const fn new(color: bool) -> Self {
        Self { color }
    }

    const fn colored(self, color: Color, modifier: Modifier) -> Style {
        let style = Style::new().add_modifier(modifier);
        if self.color { style.fg(color) } else { style }
    }

    /// What the learner looks at: the question, a heading.
    #[must_use]
    pub const fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What stands back: labels, rules, zeros.
    #[must_use]
    pub const fn quiet(self) -> Style {
        self.colored(Color::DarkGray, Modifier::empty())
    }

    /// Keys and what can be chosen.
    #[must_use]
    pub const fn key(self) -> Style {
        self.colored(Color::Cyan, Modifier::BOLD)
    }

    /// New cards, added rows.
    #[must_use]
    pub const fn new_card(self) -> Style {
        self.colored(Color::Blue, Modifier::empty())
    }

    /// Good news.
    #[must_use]
    pub const fn good(self) -> Style {
        self.colored(Color::Green, Modifier::empty())
    }

    /// What wants a look.
    #[must_use]
    pub const fn warn(self) -> Style {
        self.colored(Color::Yellow, Modifier::empty())
    }

    /// What went wrong.
    #[must_use]
    pub const fn bad(self) -> Style {
        self.colored(Color::Red, Modifier::BOLD)
    }

    /// The chosen line or button.
    #[must_use]
    pub const fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// A piece of a typed answer that differs.
    #[must_use]
    pub const fn different(self) -> Style {
        self.colored(Color::Red, Modifier::UNDERLINED)
    }
}
