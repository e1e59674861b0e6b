//! Colours and attributes, by what they mean.
//!
//! Nothing is said by colour alone: without it, bold, underline and reverse stay.

mod palette;

use ratatui::style::{Color, Modifier, Style};

use crate::config::ThemeName;
use palette::{DARK, HIGH_CONTRAST, LIGHT, Palette, TERMINAL};

/// How things look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    color: bool,
    palette: Palette,
    /// Whether the background is the theme's and not the terminal's.
    painted: bool,
}

impl Default for Theme {
    fn default() -> Self {
        Self::new(false)
    }
}

impl Theme {
    /// Returns the theme of the terminal's own sixteen colours, or of none.
    #[must_use]
    pub const fn new(color: bool) -> Self {
        Self { color, palette: TERMINAL, painted: false }
    }

    const fn with(palette: Palette, painted: bool) -> Self {
        Self { color: true, palette, painted }
    }

    const fn colored(self, color: Color, modifier: Modifier) -> Style {
        let style = Style::new().add_modifier(modifier);
        if self.color { style.fg(color) } else { style }
    }

    /// What everything else is drawn on.
    #[must_use]
    pub const fn base(self) -> Style {
        if self.painted && self.color {
            Style::new().fg(self.palette.text).bg(self.palette.back)
        } else {
            Style::new()
        }
    }

    /// What the learner looks at: the question, a heading.
    #[must_use]
    pub const fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What stands back: labels, rules, zeros.
    #[must_use]
    pub const fn quiet(self) -> Style {
        self.colored(self.palette.quiet, Modifier::empty())
    }

    /// Keys and what can be chosen.
    #[must_use]
    pub const fn key(self) -> Style {
        self.colored(self.palette.key, Modifier::BOLD)
    }

    /// New cards, added rows.
    #[must_use]
    pub const fn new_card(self) -> Style {
        self.colored(self.palette.new_card, Modifier::empty())
    }

    /// Good news.
    #[must_use]
    pub const fn good(self) -> Style {
        self.colored(self.palette.good, Modifier::empty())
    }

    /// What wants a look.
    #[must_use]
    pub const fn warn(self) -> Style {
        self.colored(self.palette.warn, Modifier::empty())
    }

    /// What went wrong.
    #[must_use]
    pub const fn bad(self) -> Style {
        self.colored(self.palette.bad, Modifier::BOLD)
    }

    /// The chosen line or button.
    #[must_use]
    pub const fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// A piece of a typed answer that differs.
    #[must_use]
    pub const fn different(self) -> Style {
        self.colored(self.palette.bad, Modifier::UNDERLINED)
    }
}

/// Whether the terminal's background is dark or light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    /// Light text is readable on it.
    Dark,
    /// Dark text is readable on it.
    Light,
}

/// What the colours follow from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colors {
    /// The theme that the learner chose.
    pub name: ThemeName,
    /// Whether the learner wants colours at all.
    pub is_on: bool,
    /// What the command line or `NO_COLOR` say about that; they win.
    pub is_told: Option<bool>,
    /// Whether the terminal has more than sixteen.
    pub is_rich: bool,
    /// Its background, as far as it is known.
    pub background: Option<Background>,
}

impl Default for Colors {
    fn default() -> Self {
        let name = ThemeName::Terminal16;
        Self { name, is_on: true, is_told: None, is_rich: false, background: None }
    }
}

impl Colors {
    /// Returns the colours for a terminal that says this of itself in `TERM`,
    /// `COLORTERM` and `COLORFGBG`.
    #[must_use]
    pub fn of_terminal(name: ThemeName, says: [Option<&str>; 3]) -> Self {
        let [term, colorterm, colorfgbg] = says.map(Option::unwrap_or_default);
        let named = ["256color", "direct", "kitty", "alacritty", "foot", "wezterm", "ghostty"];
        let is_rich = matches!(colorterm, "truecolor" | "24bit")
            || named.iter().any(|word| term.contains(word));
        let background = is_rich.then(|| background_by_number(colorfgbg)).flatten();
        Self { name, is_on: true, is_told: None, is_rich, background }
    }

    /// Returns how things look. Where the background is not the theme's own choice it
    /// stays as the terminal has it.
    #[must_use]
    pub const fn theme(self) -> Theme {
        if !self.has_colors() || !self.is_rich {
            return Theme::new(self.has_colors());
        }
        match (self.name, self.background) {
            (ThemeName::Dark, _) => Theme::with(DARK, true),
            (ThemeName::Light, _) => Theme::with(LIGHT, true),
            (ThemeName::HighContrast, _) => Theme::with(HIGH_CONTRAST, true),
            (ThemeName::Auto, Some(Background::Dark)) => Theme::with(DARK, false),
            (ThemeName::Auto, Some(Background::Light)) => Theme::with(LIGHT, false),
            (ThemeName::Auto, None) | (ThemeName::Terminal16, _) => Theme::new(true),
        }
    }

    const fn has_colors(self) -> bool {
        match self.is_told {
            Some(is_told) => is_told,
            None => self.is_on,
        }
    }

    /// Whether the theme depends on a background that is not known.
    #[must_use]
    pub const fn has_question(self) -> bool {
        self.has_colors()
            && self.is_rich
            && self.background.is_none()
            && matches!(self.name, ThemeName::Auto)
    }
}

/// Returns the background that `COLORFGBG` names: the last of its numbers is one of
/// the sixteen colours.
fn background_by_number(colorfgbg: &str) -> Option<Background> {
    match colorfgbg.rsplit(';').next()?.parse().ok()? {
        7 | 9..=15 => Some(Background::Light),
        0..=6 | 8 => Some(Background::Dark),
        _ => None,
    }
}

/// Returns the background that a terminal answers with: `rgb:1e1e/1e1e/2e2e`, each
/// part of one to four hexadecimal digits.
#[must_use]
pub fn background_by_color(answer: &str) -> Option<Background> {
    let parts = answer.strip_prefix("rgb:").or_else(|| answer.strip_prefix("rgba:"))?;
    let mut parts = parts.split('/').map(|part| {
        let most = 16_u32.checked_pow(part.len() as u32)?.checked_sub(1).filter(|m| *m > 0)?;
        (part.len() <= 4)
            .then(|| u32::from_str_radix(part, 16).ok())
            .flatten()
            .map(|value| f64::from(value) / f64::from(most))
    });
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    // Perceived brightness by the weights of ITU-R BT.709.
    let brightness = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    Some(if brightness < 0.5 { Background::Dark } else { Background::Light })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_background_is_what_the_terminal_says() {
        let cases = [
            ("rgb:1e1e/1e1e/2e2e", Some(Background::Dark)),
            ("rgb:ffff/ffff/ffff", Some(Background::Light)),
            ("rgb:fd/f6/e3", Some(Background::Light)),
            ("rgba:0000/2b2b/3636/ffff", Some(Background::Dark)),
            ("rgb:f/f/f", Some(Background::Light)),
            ("rgb:1e1e/1e1e", None),
            ("rgb:xx/00/00", None),
            ("rgb://", None),
            ("rgb:fffffffff/0/0", None),
            ("#ffffff", None),
        ];
        for (answer, want) in cases {
            assert_eq!(background_by_color(answer), want, "{answer}");
        }
        for (numbers, want) in [
            ("15;0", Some(Background::Dark)),
            ("0;15", Some(Background::Light)),
            ("0;default;15", Some(Background::Light)),
            ("12;8", Some(Background::Dark)),
            ("0;default", None),
            ("", None),
        ] {
            assert_eq!(background_by_number(numbers), want, "{numbers}");
        }
    }

    #[test]
    fn a_theme_needs_colours_and_a_terminal_that_has_them() {
        let of = |name, says| Colors::of_terminal(name, says);
        let rich = [Some("xterm-256color"), None, None];
        assert_eq!(of(ThemeName::Dark, rich).theme(), Theme::with(DARK, true));
        assert_eq!(of(ThemeName::Dark, [Some("xterm"), None, None]).theme(), Theme::new(true));
        let by_colorterm = [Some("xterm"), Some("truecolor"), None];
        assert_eq!(of(ThemeName::Light, by_colorterm).theme(), Theme::with(LIGHT, true));
        assert_eq!(of(ThemeName::Terminal16, rich).theme(), Theme::new(true));
        let off = Colors { is_on: false, ..of(ThemeName::HighContrast, rich) };
        assert_eq!(off.theme(), Theme::new(false));
        assert_eq!(off.theme().base(), Style::new());
    }

    #[test]
    fn auto_asks_only_where_nothing_is_known() {
        let of = |says| Colors::of_terminal(ThemeName::Auto, says);
        let unknown = of([Some("xterm-256color"), None, None]);
        assert!(unknown.has_question());
        assert_eq!(unknown.theme(), Theme::new(true));
        let told = Colors { background: Some(Background::Light), ..unknown };
        assert_eq!(told.theme(), Theme::with(LIGHT, false));
        assert_eq!(told.theme().base(), Style::new(), "the terminal's background stays");
        assert!(!told.has_question());
        let known = of([Some("xterm-256color"), None, Some("15;0")]);
        assert_eq!(known.theme(), Theme::with(DARK, false));
        assert!(!of([Some("linux"), None, None]).has_question());
        assert!(!Colors { is_on: false, ..unknown }.has_question());
        assert!(!Colors { is_told: Some(false), ..unknown }.has_question());
    }
}
