//! Names of sources: what a file is called, without the day it was made.

use super::fetch::is_address;
use super::samples::without_scheme;

/// Returns what stands before the last part of a path.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder)
}

/// Returns the last part of a path, or of an address.
pub(super) fn file_name(path: &str) -> &str {
    let path = if is_address(path) { place(path) } else { without_scheme(path) };
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Returns the host and the path of an address, without what was asked of it.
fn place(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['?', '#']).next().unwrap_or(rest).trim_end_matches('/')
}

/// Returns what a file is known by when it comes again: an address as it is, or the
/// stem of its name.
pub(super) fn source_name(path: &str) -> String {
    if is_address(path) { path.to_owned() } else { stem(path) }
}

/// Returns the file's stem without a trailing date: `terms-2026-11-23.tsv` is `terms`.
pub(super) fn stem(path: &str) -> String {
    let name = file_name(path);
    if name == "-" || name.is_empty() {
        return "Imported".to_owned();
    }
    let stem =
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem });
    let base = before_date(stem).trim_end_matches(SEPARATORS);
    if base.is_empty() { stem.to_owned() } else { base.to_owned() }
}

/// What stands between the parts of a date, and between a name and its date.
const SEPARATORS: &[char] = &['-', '_', '.', ' '];

/// Returns what stands before the date at the end of a text, or all of it where none is.
///
/// A year of four digits may follow other digits; one of two is only known as such
/// where none stands before it.
fn before_date(text: &str) -> &str {
    let date = || {
        let (rest, day) = last_number(text, 2)?;
        let (rest, month) = last_number(without_separator(rest), 2)?;
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let rest = without_separator(rest);
        if let Some((base, 1900..2200)) = last_number(rest, 4) {
            return Some(base);
        }
        let (base, _) = last_number(rest, 2)?;
        (!base.ends_with(|c: char| c.is_ascii_digit())).then_some(base)
    };
    date().unwrap_or(text)
}

fn without_separator(text: &str) -> &str {
    text.strip_suffix(SEPARATORS).unwrap_or(text)
}

/// Splits off the number of so many digits that a text ends with.
fn last_number(text: &str, digits: usize) -> Option<(&str, u32)> {
    let (rest, number) = text.split_at_checked(text.len().checked_sub(digits)?)?;
    let is_number = number.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| number.parse().ok()).flatten().map(|number| (rest, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_the_stem_without_its_date() {
        let cases = [
            ("decks/terms-2026-11-23.tsv", "terms"),
            ("terms_20261123.csv", "terms"),
            ("terms 261123.csv", "terms"),
            ("chapter-12.tsv", "chapter-12"),
            ("hsk-3-2026-11-22.tsv", "hsk-3"),
            ("hsk-3-2026-11-23.tsv", "hsk-3"),
            ("unit 12_20261123.csv", "unit 12"),
            ("lesson-7-261123.csv", "lesson-7"),
            ("terms.2026.11.23.csv", "terms"),
            ("terms-26-11-23.csv", "terms"),
            ("terms-2026-13-23.csv", "terms-2026-13-23"),
            ("part-1261123.csv", "part-1261123"),
            ("2026-11-23.txt", "2026-11-23"),
            ("hsk.v1.2.tsv", "hsk.v1.2"),
            ("-", "Imported"),
            (".hidden", ".hidden"),
            ("C:\\decks\\words.csv", "words"),
            ("词汇-2026-11-23.txt", "词汇"),
        ];
        for (path, want) in cases {
            assert_eq!(source_name(path), want, "{path}");
        }
    }

    #[test]
    fn an_address_is_its_own_source_and_names_its_deck_like_a_file() {
        let address = "https://example.org/decks/terms-2026-11-23.tsv?raw=1#top";
        assert_eq!(source_name(address), address);
        assert_eq!(file_name(address), "terms-2026-11-23.tsv");
        assert_eq!(stem(address), "terms");
        assert_eq!(stem("https://example.org/"), "example");
    }
}
