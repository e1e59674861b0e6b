//! The table of all settings: what they mean, what they may be, what they are by default.

/// One setting.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// Name in the file.
    pub name: &'static str,
    /// The settings it stands among.
    pub group: Group,
    /// What it may be.
    pub allowed: Allowed,
    /// Default as it would be written.
    pub default: &'static str,
    /// What it does.
    pub meaning: &'static str,
}

/// Settings that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// When a study day begins.
    Day,
    /// How much a day holds.
    Limits,
    /// What is asked, and in which order.
    Cards,
    /// On which days cards come due, and what is done of them.
    Ahead,
    /// How answers are taken.
    Answers,
    /// How it looks.
    Screen,
    /// Other programs that are run.
    Hooks,
    /// Where files are.
    Files,
}

impl Group {
    /// Returns the heading of the group.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Day => "Day",
            Self::Limits => "Limits",
            Self::Cards => "Cards",
            Self::Ahead => "Days ahead",
            Self::Answers => "Answers",
            Self::Screen => "Screen",
            Self::Hooks => "Other programs",
            Self::Files => "Files",
        }
    }
}

/// What a setting may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// A whole number in this range.
    Number(i64, i64),
    /// A share, in hundredths.
    Percent(i64, i64),
    /// A number, or `none`.
    Limit,
    /// On or off.
    Switch,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A date; empty: none.
    Date,
    /// Some days of the week.
    Weekdays,
    /// Some periods of days.
    Periods,
    /// A folder; empty: none.
    Folder,
    /// A program with its arguments; empty: none.
    Command,
}

/// What may stand in the arguments of a program, and what takes its place.
pub const PLACEHOLDERS: &[&str] = &["text", "lang", "front", "back", "reading", "deck"];

/// Every setting there is.
pub const KEYS: &[Key] = &[
    Key {
        name: "rollover_hour",
        group: Group::Day,
        allowed: Allowed::Number(0, 23),
        default: "4",
        meaning: "hour at which a new study day begins",
    },
    Key {
        name: "new_per_day",
        group: Group::Limits,
        allowed: Allowed::Limit,
        default: "20",
        meaning: "new cards a day for each top-level deck",
    },
    Key {
        name: "new_per_day_total",
        group: Group::Limits,
        allowed: Allowed::Limit,
        default: "\"none\"",
        meaning: "new cards a day over all decks",
    },
    Key {
        name: "reviews_per_day",
        group: Group::Limits,
        allowed: Allowed::Limit,
        default: "\"none\"",
        meaning: "reviews a day for each top-level deck",
    },
    Key {
        name: "fresh_per_day",
        group: Group::Limits,
        allowed: Allowed::Number(0, 999),
        default: "0",
        meaning: "new cards a day that come before all else, backlog or not",
    },
    Key {
        name: "order",
        group: Group::Cards,
        allowed: Allowed::Choice(&[
            "relative-overdueness",
            "due-date",
            "random",
            "easiest-first",
            "hardest-first",
        ]),
        default: "\"relative-overdueness\"",
        meaning: "order of the cards that are due",
    },
    Key {
        name: "mix",
        group: Group::Cards,
        allowed: Allowed::Choice(&["mix", "first", "last"]),
        default: "\"mix\"",
        meaning: "new cards spread among the due ones, before or after them",
    },
    Key {
        name: "interference_guard",
        group: Group::Cards,
        allowed: Allowed::Switch,
        default: "false",
        meaning: "new terms that are easily confused come on different days",
    },
    Key {
        name: "direction",
        group: Group::Cards,
        allowed: Allowed::Choice(&["", "forward", "reverse", "both"]),
        default: "\"\"",
        meaning: "sides of new notes that are asked; empty: both for terms, forward for others",
    },
    Key {
        name: "fuzz",
        group: Group::Ahead,
        allowed: Allowed::Switch,
        default: "false",
        meaning: "due days move a little, so that cards learnt together part",
    },
    Key {
        name: "balance",
        group: Group::Ahead,
        allowed: Allowed::Switch,
        default: "false",
        meaning: "due days move as little, to the day with the least to do",
    },
    Key {
        name: "easy_days",
        group: Group::Ahead,
        allowed: Allowed::Weekdays,
        default: "[]",
        meaning: "weekdays to which fuzz and balance move fewer cards",
    },
    Key {
        name: "vacation",
        group: Group::Ahead,
        allowed: Allowed::Periods,
        default: "[]",
        meaning: "days off: fuzz and balance avoid them, a streak lasts over them",
    },
    Key {
        name: "catch_up_per_day",
        group: Group::Ahead,
        allowed: Allowed::Limit,
        default: "\"none\"",
        meaning: "due cards a day while more are due; new ones wait for them",
    },
    Key {
        name: "catch_up_until",
        group: Group::Ahead,
        allowed: Allowed::Date,
        default: "\"\"",
        meaning: "last day on which catch_up_per_day holds",
    },
    Key {
        name: "catch_up_with_new",
        group: Group::Ahead,
        allowed: Allowed::Switch,
        default: "false",
        meaning: "whether new cards come while catch_up_per_day holds",
    },
    Key {
        name: "grades",
        group: Group::Answers,
        allowed: Allowed::Choice(&["four", "six"]),
        default: "\"four\"",
        meaning: "answer buttons",
    },
    Key {
        name: "drill",
        group: Group::Answers,
        allowed: Allowed::Choice(&["below-4", "failed", "off"]),
        default: "\"below-4\"",
        meaning: "answers that are asked again the same day",
    },
    Key {
        name: "leech",
        group: Group::Answers,
        allowed: Allowed::Choice(&["tag", "suspend"]),
        default: "\"tag\"",
        meaning: "what happens to cards that fail again and again",
    },
    Key {
        name: "reading",
        group: Group::Screen,
        allowed: Allowed::Choice(&["with-answer", "with-front", "hidden"]),
        default: "\"with-answer\"",
        meaning: "where the reading stands when a session begins",
    },
    Key {
        name: "theme",
        group: Group::Screen,
        allowed: Allowed::Choice(&["auto", "dark", "light", "high-contrast", "terminal-16"]),
        default: "\"auto\"",
        meaning: "colours; auto: as the terminal's background asks for",
    },
    Key {
        name: "color",
        group: Group::Screen,
        allowed: Allowed::Switch,
        default: "true",
        meaning: "whether there are colours at all",
    },
    Key {
        name: "mouse",
        group: Group::Screen,
        allowed: Allowed::Switch,
        default: "true",
        meaning: "clicks and the wheel; off: the terminal selects text",
    },
    Key {
        name: "speak",
        group: Group::Hooks,
        allowed: Allowed::Command,
        default: "[]",
        meaning: "program that speaks a card",
    },
    Key {
        name: "notify",
        group: Group::Hooks,
        allowed: Allowed::Command,
        default: "[]",
        meaning: "program that is told when a session is done",
    },
    Key {
        name: "inbox",
        group: Group::Files,
        allowed: Allowed::Folder,
        default: "\"\"",
        meaning: "folder whose new and changed deck files are offered",
    },
];

/// The options of decks that the configuration has no defaults for: each change of
/// theirs computes intervals anew.
pub const DECK_KEYS: &[Key] = &[
    Key {
        name: "rules",
        group: Group::Answers,
        allowed: Allowed::Choice(&["text", "supermemo-source"]),
        default: "\"text\"",
        meaning: "wording of SM-2 that counts; another one computes all intervals anew",
    },
    Key {
        name: "scheduler",
        group: Group::Answers,
        allowed: Allowed::Choice(&["sm2", "fsrs"]),
        default: "\"sm2\"",
        meaning: "what plans the intervals; another one computes them all anew from the log",
    },
    Key {
        name: "desired_retention",
        group: Group::Answers,
        allowed: Allowed::Percent(70, 99),
        default: "0.9",
        meaning: "share of the cards that FSRS lets you remember when they come due",
    },
];
