use super::*;

fn value(name: &str, text: &str) -> Result<String, String> {
    Key::named(name).unwrap().value(text).map(|value| value.to_string())
}

#[test]
fn what_a_person_writes_becomes_a_value_of_its_kind() {
    for (name, text, written) in [
        ("rollover_hour", " 3 ", "3"),
        ("new_per_day", "12", "12"),
        ("new_per_day", "none", "\"none\""),
        ("mouse", "off", "false"),
        ("theme", "high-contrast", "\"high-contrast\""),
        ("direction", "", "\"\""),
        ("inbox", "~/decks", "\"~/decks\""),
        ("speak", "say {text}", "[\"say\", \"{text}\"]"),
        ("speak", "[\"say\", \"a b\"]", "[\"say\", \"a b\"]"),
        ("speak", "", "[]"),
        ("easy_days", "sat Sunday", "[\"sat\", \"Sunday\"]"),
        ("vacation", "2026-12-20..2027-01-03", "[\"2026-12-20..2027-01-03\"]"),
        ("catch_up_until", "2026-12-01", "\"2026-12-01\""),
        ("catch_up_until", "", "\"\""),
    ] {
        assert_eq!(value(name, text).as_deref(), Ok(written), "{name}");
    }
}

#[test]
fn what_cannot_be_is_answered_with_what_could() {
    for (name, text, said) in [
        ("rollover_hour", "24", "rollover_hour is a number from 0 to 23; `24` is not"),
        ("rollover_hour", "four", "rollover_hour is a number from 0 to 23; `four` is not"),
        ("new_per_day", "-1", "new_per_day is a number, or none; `-1` is not"),
        ("grades", "five", "grades is four or six; `five` is not"),
        ("direction", "up", "direction is forward, reverse or both, or empty; `up` is not"),
        ("mouse", "maybe", "mouse is true or false; `maybe` is not"),
        ("inbox", "decks", "inbox is a path that begins with / or ~/, or empty; `decks` is not"),
        (
            "speak",
            "say {word}",
            "speak: nothing takes the place of {word}; there are: {text}, {lang}, {front}, \
             {back}, {reading}, {deck}",
        ),
        (
            "easy_days",
            "sun caturday",
            "easy_days is a list such as [\"sat\", \"sun\"], or []; \
             `[\"sun\", \"caturday\"]` is not",
        ),
        (
            "vacation",
            "2027-01-03..2026-12-20",
            "vacation is a list such as [\"2026-12-20..2027-01-03\"], or []; \
             `[\"2027-01-03..2026-12-20\"]` is not",
        ),
        (
            "catch_up_until",
            "soon",
            "catch_up_until is a date such as 2026-12-01, or empty; `soon` is not",
        ),
        ("speak", "[\"\"]", "speak begins with the name of a program"),
    ] {
        assert_eq!(value(name, text), Err(said.to_owned()), "{name}");
    }
}
