//! The colours of each theme.
//!
//! Those of dark, light and high-contrast are of the fixed part of the 256 colours,
//! which no palette of the terminal changes, so that their contrast can be relied on.

use ratatui::style::Color;

/// One colour for each meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// The background, where it is painted.
    pub back: Color,
    /// Text.
    pub text: Color,
    /// What stands back.
    pub quiet: Color,
    /// Keys and what can be chosen.
    pub key: Color,
    /// New cards, added rows.
    pub new_card: Color,
    /// Good news.
    pub good: Color,
    /// What wants a look.
    pub warn: Color,
    /// What went wrong.
    pub bad: Color,
}

/// The terminal's own sixteen: the learner's palette holds.
pub const TERMINAL: Palette = Palette {
    back: Color::Reset,
    text: Color::Reset,
    quiet: Color::DarkGray,
    key: Color::Cyan,
    new_card: Color::Blue,
    good: Color::Green,
    warn: Color::Yellow,
    bad: Color::Red,
};

/// For a dark background.
pub const DARK: Palette = Palette {
    back: Color::Indexed(234),
    text: Color::Indexed(253),
    quiet: Color::Indexed(247),
    key: Color::Indexed(80),
    new_card: Color::Indexed(111),
    good: Color::Indexed(114),
    warn: Color::Indexed(221),
    bad: Color::Indexed(210),
};

/// For a light background.
pub const LIGHT: Palette = Palette {
    back: Color::Indexed(231),
    text: Color::Indexed(235),
    quiet: Color::Indexed(240),
    key: Color::Indexed(24),
    new_card: Color::Indexed(19),
    good: Color::Indexed(22),
    warn: Color::Indexed(94),
    bad: Color::Indexed(124),
};

/// Few, strong colours on black.
pub const HIGH_CONTRAST: Palette = Palette {
    back: Color::Indexed(16),
    text: Color::Indexed(231),
    quiet: Color::Indexed(252),
    key: Color::Indexed(51),
    new_card: Color::Indexed(117),
    good: Color::Indexed(84),
    warn: Color::Indexed(226),
    bad: Color::Indexed(217),
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the red, green and blue of a fixed colour, 0 to 255.
    ///
    /// Source: xterm's 256colres.h: a cube of six levels, then 24 greys.
    fn rgb(color: Color) -> [f64; 3] {
        let Color::Indexed(index @ 16..) = color else { panic!("{color:?} is not fixed") };
        if index >= 232 {
            return [f64::from(index - 232) * 10.0 + 8.0; 3];
        }
        let level = |n: u8| if n == 0 { 0.0 } else { f64::from(n) * 40.0 + 55.0 };
        [(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6].map(level)
    }

    /// Returns the contrast of two colours, 1 to 21.
    ///
    /// Source: Web Content Accessibility Guidelines 2.2, "contrast ratio".
    fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
        let luminance = |color: [f64; 3]| {
            let [r, g, b] = color.map(|part| {
                let part = part / 255.0;
                if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_colour_can_be_read_on_its_background() {
        // Terminals that are dark or light by themselves are not painted, so the
        // colours have to do on what is usual there as well.
        let black = [0.0; 3];
        let (grey, cream) = ([40.0, 42.0, 54.0], [253.0, 246.0, 227.0]);
        for (name, palette, usual, least) in [
            ("dark", DARK, [black, grey], 4.5),
            ("light", LIGHT, [[255.0; 3], cream], 4.5),
            ("high-contrast", HIGH_CONTRAST, [black, black], 10.0),
        ] {
            let Palette { text, quiet, key, new_card, good, warn, bad, .. } = palette;
            for color in [text, quiet, key, new_card, good, warn, bad] {
                for back in [rgb(palette.back), usual[0], usual[1]] {
                    let found = contrast(rgb(color), back);
                    assert!(found >= least, "{name}: {color:?} on {back:?} has {found:.1}");
                }
            }
        }
    }
}
