//! Terms that are easily confused when they are learnt on the same day.

use std::collections::HashSet;

use super::typed::alternatives;
use crate::domain::text::fold;

/// What of a note decides whether it is confused with another.
#[derive(Clone, Debug)]
pub struct Term {
    front: Vec<char>,
    glosses: HashSet<String>,
}

impl Term {
    /// Returns the term of a note; the back holds its glosses.
    #[must_use]
    pub fn new(front: &str, back: &str) -> Self {
        let parts = alternatives(back);
        // Where there are several, the last one is the whole.
        let several = parts.len().saturating_sub(1).max(1);
        let glosses = parts.iter().take(several).flat_map(|part| part.split([',', '，', '、']));
        Self {
            front: fold(front).chars().collect(),
            glosses: glosses.map(fold).filter(|gloss| !gloss.is_empty()).collect(),
        }
    }

    /// Whether two terms share a gloss, or differ by one character and share another.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        !self.glosses.is_disjoint(&other.glosses) || differ_by_one(&self.front, &other.front)
    }
}

/// Whether two texts become the same when one character of one of them is replaced,
/// added or taken away; texts without a common character are merely short.
fn differ_by_one(a: &[char], b: &[char]) -> bool {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    start + end > 0 && a.len().max(b.len()) - end <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_with_a_common_gloss_or_nearly_the_same_front_are_alike() {
        let cases = [
            ("the same gloss", ("提高", "to improve; to raise"), ("改善", "to improve"), true),
            ("case and width", ("银行", "Bank"), ("岸", "ｂａｎｋ"), true),
            ("listed by commas", ("a b", "big, large"), ("c d", "grand, large"), true),
            ("the whole is no gloss", ("a b", "x; y"), ("c d", "z; y w"), false),
            ("one character replaced", ("国家", "country"), ("国王", "king"), true),
            ("one character added", ("发展", "growth"), ("发展中", "developing"), true),
            ("one taken from the middle", ("abc", "1"), ("ac", "2"), true),
            ("two characters", ("国家", "country"), ("经济", "economy"), false),
            ("two of four", ("人工智能", "AI"), ("人工降雨", "cloud seeding"), false),
            ("single characters", ("水", "water"), ("火", "fire"), false),
            ("the same front", ("行", "row"), ("行", "to go"), true),
            ("script variants", ("國家", "country"), ("国王", "king"), true),
            ("empty backs", ("甲乙", ""), ("丙丁", ""), false),
        ];
        for (name, a, b, alike) in cases {
            let (a, b) = (Term::new(a.0, a.1), Term::new(b.0, b.1));
            assert_eq!((a.is_like(&b), b.is_like(&a)), (alike, alike), "{name}");
        }
    }
}
