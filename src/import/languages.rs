//! Which two of a file's languages become the front and the back.

use std::collections::{HashMap, HashSet};

use super::Reading;

/// How often each language occurs, in the order in which they first did.
#[derive(Debug, Default)]
pub struct Languages {
    codes: Vec<(String, usize)>,
    at: HashMap<String, usize>,
}

/// The languages of the front and of the back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Of the front.
    pub front: String,
    /// Of the back.
    pub back: String,
}

/// Returns a language code as it is compared: `zh_CN` is `zh-cn`.
#[must_use]
pub fn code(code: &str) -> String {
    code.trim().to_ascii_lowercase().replace('_', "-")
}

/// Returns the language of a code without country and script.
fn primary(code: &str) -> &str {
    code.split('-').next().unwrap_or(code)
}

impl Languages {
    /// Counts the languages of one entry, each once.
    pub fn count_once<'a>(&mut self, codes: impl IntoIterator<Item = &'a str>) {
        let mut seen = HashSet::new();
        for code in codes {
            if seen.insert(code) {
                self.count(code);
            }
        }
    }

    /// Returns how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    fn count(&mut self, code: &str) {
        if let Some(&at) = self.at.get(code) {
            self.codes[at].1 += 1;
        } else {
            self.at.insert(code.to_owned(), self.codes.len());
            self.codes.push((code.to_owned(), 1));
        }
    }

    /// Returns the pair that is read, or `None` where there is only one language.
    ///
    /// The front is in `source` where the file names it and has it, otherwise in the
    /// earlier of the two most frequent languages.
    #[must_use]
    pub fn pair(&self, source: Option<&str>) -> Option<Pair> {
        let mut by_count: Vec<usize> = (0..self.codes.len()).collect();
        // Stable: of two that are as frequent, the earlier one wins.
        by_count.sort_by_key(|at| std::cmp::Reverse(self.codes[*at].1));
        let find = |same: &dyn Fn(&str) -> bool| {
            by_count.iter().copied().find(|at| same(&self.codes[*at].0))
        };
        let front = source.and_then(|source| {
            let source = code(source);
            find(&|code| code == source).or_else(|| find(&|code| primary(code) == primary(&source)))
        });
        let (front, back) = if let Some(front) = front {
            // Another country's form of the front is a translation only as a last resort.
            let is_other =
                |at: &usize| primary(&self.codes[*at].0) != primary(&self.codes[front].0);
            let others = || by_count.iter().copied().filter(|at| *at != front);
            (front, others().find(is_other).or_else(|| others().next())?)
        } else {
            let first = *by_count.first()?;
            let is_other =
                |at: &&usize| primary(&self.codes[**at].0) != primary(&self.codes[first].0);
            let rest = &by_count[1..];
            let second = *rest.iter().find(is_other).or_else(|| rest.first())?;
            (first.min(second), first.max(second))
        };
        Some(Pair { front: self.codes[front].0.clone(), back: self.codes[back].0.clone() })
    }

    /// Reports which languages were taken and which were not.
    pub fn report(&self, pair: &Pair, reading: &mut Reading) {
        let is_taken = |code: &str| {
            code == pair.front
                || code == pair.back
                // A regional form stands in where the chosen one is missing.
                || (primary(code) == primary(&pair.front) && primary(&pair.front) != primary(&pair.back))
                || (primary(code) == primary(&pair.back) && primary(&pair.front) != primary(&pair.back))
        };
        let others: Vec<&str> = self
            .codes
            .iter()
            .map(|(code, _)| code.as_str())
            .filter(|code| !is_taken(code))
            .collect();
        reading.reports.push(format!("2 languages read: {} to {}", pair.front, pair.back));
        if !others.is_empty() {
            let s = if others.len() == 1 { "" } else { "s" };
            let list = others.iter().take(20).copied().collect::<Vec<_>>().join(", ");
            reading.reports.push(format!("{} language{s} left out: {list}", others.len()));
        }
    }
}

/// Returns the text in a language among texts with their languages: in exactly that
/// one, or else in another form of it that is not the other side.
#[must_use]
pub fn in_language<'a, T>(texts: &'a [(String, T)], wanted: &str, other: &str) -> Vec<&'a T> {
    let exact: Vec<&T> = texts.iter().filter(|(code, _)| code == wanted).map(|(_, t)| t).collect();
    if !exact.is_empty() {
        return exact;
    }
    let stands_in = texts.iter().find(|(code, _)| {
        code != other && primary(code) == primary(wanted) && primary(wanted) != primary(other)
    });
    let Some((found, _)) = stands_in else { return Vec::new() };
    texts.iter().filter(|(code, _)| code == found).map(|(_, text)| text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(counts: &[(&str, usize)], source: Option<&str>) -> Option<(String, String)> {
        let mut languages = Languages::default();
        for (name, count) in counts {
            for _ in 0..*count {
                languages.count(&code(name));
            }
        }
        languages.pair(source).map(|pair| (pair.front, pair.back))
    }

    #[test]
    fn the_pair_is_the_source_and_the_most_frequent_other_language() {
        for (name, counts, source, expected) in [
            ("named", &[("en", 5), ("de", 2), ("fr", 4)][..], Some("de"), Some(("de", "en"))),
            ("a relative", &[("en", 5), ("zh-CN", 5)], Some("zh"), Some(("zh-cn", "en"))),
            ("not named", &[("fr", 1), ("zh", 3), ("en", 4)], None, Some(("zh", "en"))),
            ("not there", &[("zh", 3), ("en", 4)], Some("fi"), Some(("zh", "en"))),
            ("two forms", &[("zh-cn", 3), ("zh-tw", 3), ("en", 1)], None, Some(("zh-cn", "en"))),
            ("only forms", &[("en-us", 3), ("en-gb", 3)], None, Some(("en-us", "en-gb"))),
            ("one", &[("en", 5)], Some("en"), None),
        ] {
            let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
            assert_eq!(pair(counts, source), expected, "{name}");
        }
    }
}
