//! Names of sources: what a file is called, without the day it was made.

use super::fetch::is_address;

/// Returns what stands before the last part of a path.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder)
}

/// Returns the last part of a path, or of an address.
pub(super) fn file_name(path: &str) -> &str {
    let path = if is_address(path) { place(path) } else { path };
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
    let digits_from = stem
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | ' '))
        .last()
        .map_or(stem.len(), |(at, _)| at);
    let (base, tail) = stem.split_at(digits_from);
    let digits = tail.chars().filter(char::is_ascii_digit).count();
    let is_date = (digits == 8 || digits == 6) && !base.is_empty() && looks_like_date(tail);
    if is_date { base.to_owned() } else { stem.to_owned() }
}

/// Whether a run of digits and separators is a year, a month and a day.
fn looks_like_date(tail: &str) -> bool {
    let digits: Vec<u32> = tail.chars().filter_map(|c| c.to_digit(10)).collect();
    let number = |digits: &[u32]| digits.iter().fold(0, |number, digit| number * 10 + digit);
    let (year, rest) = match digits.len() {
        8 => (number(&digits[..4]), &digits[4..]),
        6 => (2000 + number(&digits[..2]), &digits[2..]),
        _ => return false,
    };
    (1900..2200).contains(&year)
        && (1..=12).contains(&number(&rest[..2]))
        && (1..=31).contains(&number(&rest[2..]))
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
