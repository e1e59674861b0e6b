//! What the editor says below a field, and what a field can become.

use super::edit::{Edit, FormField};
use crate::app::Twins;
use crate::domain::text::fold;
use crate::domain::{DeckName, Field, cloze};
use crate::session::hint;
use crate::tui::widgets::field::MAX_BYTES;

/// Completions that are named.
const MOST_NAMED: usize = 4;

/// What is said below a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The words.
    pub words: String,
    /// Whether something is amiss.
    pub is_warning: bool,
}

/// What a field can become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Its whole text then.
    pub text: String,
    /// What is offered, the first first.
    pub named: Vec<String>,
}

/// Returns what is said below a field.
pub fn below(edit: &Edit, field: FormField) -> Vec<Advice> {
    let mut advice = Vec::new();
    let mut say = |words: String, is_warning| advice.push(Advice { words, is_warning });
    if edit.refused(field) {
        let most = MAX_BYTES / 1024;
        say(format!("too long: a field holds {most} KiB; nothing was inserted"), true);
    }
    let problem = edit.problem().filter(|(of, _)| *of == field);
    if let Some((_, why)) = problem
        && (edit.is_strict() || field == FormField::Deck)
    {
        say(why, true);
    }
    match field {
        FormField::Deck => {
            if let (Ok(deck), Some(offers)) = (edit.deck(), edit.offers())
                && !offers.decks.contains(&deck)
            {
                say("a new deck".to_owned(), false);
            }
        }
        FormField::Of(Field::Front) => {
            let note = edit.note();
            if let Some(words) = gaps(&note.front) {
                say(words, false);
            }
            for words in edit.twins().map(Twins::told).unwrap_or_default() {
                say(words, true);
            }
        }
        FormField::Of(Field::Back) if edit.note().back.contains("{{c") => {
            say("only the front has gaps: here the marks are text".to_owned(), false);
        }
        FormField::Of(Field::Tags) if edit.has_focus(field) => {
            let labels = edit.note().tags;
            if labels.len() > 1 {
                say(format!("{} tags: #{}", labels.len(), labels.join(" #")), false);
            }
        }
        FormField::Of(_) => {}
    }
    if edit.has_focus(field)
        && let Some(Completion { named, .. }) = edit.completion()
    {
        let (first, others) = named.split_first().map_or(("", &[][..]), |(f, o)| (f.as_str(), o));
        let also =
            if others.is_empty() { String::new() } else { format!("; {}", others.join(", ")) };
        say(format!("→ {first}{also}"), false);
    }
    advice
}

/// Says how many cards the gaps of a front make.
fn gaps(front: &str) -> Option<String> {
    let count = cloze::numbers(front).len();
    match count {
        0 if front.contains("{{c") => {
            Some("a gap is written {{c1::word}} or {{c1::word::hint}}".to_owned())
        }
        0 => None,
        1 => Some("1 gap: 1 card, which leaves it out".to_owned()),
        _ => Some(format!("{count} gaps: {count} cards, each leaves one out")),
    }
}

/// Returns the tags in what is typed: parted by blanks, with commas where people
/// put them.
pub fn labels(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '，' | '、'))
        .map(|label| label.trim_matches([',', '#']))
        .filter(|label| !label.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Returns what a field can become, where there is something to offer.
pub fn completion(edit: &Edit, field: FormField) -> Option<Completion> {
    let offers = edit.offers()?;
    match field {
        FormField::Deck => {
            let typed = edit.fields().find(|(own, ..)| *own == field)?.1.text().trim();
            let named = starting(offers.decks.iter().map(DeckName::as_str), typed, &[]);
            Some(Completion { text: named.first()?.clone(), named })
        }
        FormField::Of(Field::Tags) => {
            let text = edit.fields().find(|(own, ..)| *own == field)?.1.text();
            let at = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
            let at = text.ceil_char_boundary(at);
            let (before, typed) = text.split_at(at);
            let named = starting(offers.tags.iter().map(String::as_str), typed, &labels(before));
            Some(Completion { text: format!("{before}{} ", named.first()?), named })
        }
        FormField::Of(Field::Reading) => {
            let text = hint::hint(&edit.note())?;
            Some(Completion { named: vec![format!("{text} (a guess)")], text })
        }
        FormField::Of(_) => None,
    }
}

/// Returns the names that begin with what is typed, in any case, but are more.
fn starting<'a>(
    names: impl Iterator<Item = &'a str>,
    typed: &str,
    without: &[String],
) -> Vec<String> {
    let folded = fold(typed);
    if folded.is_empty() {
        return Vec::new();
    }
    let fits = |name: &&str| {
        *name != typed && !without.iter().any(|own| own == name) && fold(name).starts_with(&folded)
    };
    names.filter(fits).take(MOST_NAMED).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_parted_as_people_write_them() {
        for (typed, want) in [
            ("policy  technology", &["policy", "technology"][..]),
            ("policy, technology,", &["policy", "technology"]),
            ("国家、安全，法律　水", &["国家", "安全", "法律", "水"]),
            ("#hsk3 a,b", &["hsk3", "a,b"]),
            (" ", &[]),
        ] {
            assert_eq!(labels(typed), want, "{typed}");
        }
    }

    #[test]
    fn names_are_completed_in_any_case_and_width() {
        let names = ["Chinese", "Chinese::Policy terms", "Français"];
        let found = |typed| starting(names.into_iter(), typed, &[]);
        assert_eq!(found("chi"), ["Chinese", "Chinese::Policy terms"]);
        assert_eq!(found("Chinese"), ["Chinese::Policy terms"]);
        assert_eq!(found("ＦＲＡＮÇ"), ["Français"]);
        assert!(found("").is_empty() && found("x").is_empty());
        let without = ["Chinese".to_owned()];
        assert_eq!(starting(names.into_iter(), "c", &without), ["Chinese::Policy terms"]);
    }

    #[test]
    fn gaps_are_counted_as_cards() {
        assert_eq!(gaps("plain"), None);
        assert!(gaps("{{c1:Rome").unwrap().contains("{{c1::word}}"));
        assert!(gaps("{{c1::Rome}} is {{c1::old}}").unwrap().starts_with("1 gap: 1 card"));
        assert!(gaps("{{c1::Rome}} is {{c2::old}}").unwrap().starts_with("2 gaps: 2 cards"));
    }
}
