//! How well a card was remembered.

use std::str::FromStr;

/// SM-2's quality of an answer, 0 (blackout) to 5 (perfect).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Grade(u8);

impl Grade {
    /// All grades, worst first.
    pub const ALL: [Self; 6] = [Self(0), Self(1), Self(2), Self(3), Self(4), Self(5)];
    /// The button "Again".
    pub const AGAIN: Self = Self(2);
    /// The button "Hard".
    pub const HARD: Self = Self(3);
    /// The button "Good".
    pub const GOOD: Self = Self(4);
    /// The button "Easy".
    pub const EASY: Self = Self(5);

    /// Returns the grade, or `None` above 5.
    #[must_use]
    pub const fn new(raw: u8) -> Option<Self> {
        if raw <= 5 { Some(Self(raw)) } else { None }
    }

    /// Returns the number, 0 to 5.
    #[must_use]
    pub const fn raw(self) -> u8 {
        self.0
    }

    /// Returns the grade of the button that comes nearest among Again, Hard, Good, Easy.
    #[must_use]
    pub const fn button(self) -> Self {
        if self.is_pass() { self } else { Self::AGAIN }
    }

    /// Returns the number of that button, 1 (Again) to 4 (Easy).
    #[must_use]
    pub const fn rating(self) -> u8 {
        self.button().raw() - 1
    }

    /// Whether the card was remembered at all (3 and better).
    #[must_use]
    pub const fn is_pass(self) -> bool {
        self.0 >= 3
    }
}

/// A grade that is neither a number from 0 to 5 nor the name of a button.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no grade (0 to 5, or again, hard, good, easy)")]
pub struct BadGrade(pub String);

impl FromStr for Grade {
    type Err = BadGrade;

    fn from_str(text: &str) -> Result<Self, BadGrade> {
        match text.trim().to_ascii_lowercase().as_str() {
            "again" => Ok(Self::AGAIN),
            "hard" => Ok(Self::HARD),
            "good" => Ok(Self::GOOD),
            "easy" => Ok(Self::EASY),
            other => {
                other.parse().ok().and_then(Self::new).ok_or_else(|| BadGrade(text.to_owned()))
            }
        }
    }
}

/// The answers a learner chooses from.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// Again, Hard, Good, Easy: grades 2, 3, 4, 5.
    #[default]
    Four,
    /// All of 0 to 5.
    Six,
}

impl Scale {
    /// Returns the key, the grade and the name of each answer, worst first.
    #[must_use]
    pub const fn buttons(self) -> &'static [(char, Grade, &'static str)] {
        match self {
            Self::Four => &[
                ('1', Grade::AGAIN, "Again"),
                ('2', Grade::HARD, "Hard"),
                ('3', Grade::GOOD, "Good"),
                ('4', Grade::EASY, "Easy"),
            ],
            Self::Six => &[
                ('0', Grade(0), "Blackout"),
                ('1', Grade(1), "Wrong"),
                ('2', Grade(2), "Almost"),
                ('3', Grade(3), "Hard"),
                ('4', Grade(4), "Good"),
                ('5', Grade(5), "Perfect"),
            ],
        }
    }

    /// Returns the name used in files: `four` or `six`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Four => "four",
            Self::Six => "six",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_read_as_numbers_and_as_names() {
        for (text, raw) in [("0", 0), ("5", 5), ("again", 2), ("Hard", 3), ("GOOD", 4), ("easy", 5)]
        {
            assert_eq!(text.parse::<Grade>().map(Grade::raw), Ok(raw), "{text}");
        }
        for text in ["6", "-1", "", "fine"] {
            assert_eq!(text.parse::<Grade>(), Err(BadGrade(text.into())));
        }
    }
}
