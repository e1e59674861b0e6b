//! Pairs that stand on one line: `term :: definition`, `**term**: gloss`, `term – gloss`.

/// Marks between a term and its gloss in a list, the surest first.
const BETWEEN: &[&str] =
    &[" – ", " — ", " - ", " = ", " → ", " -> ", " => ", "：", ": ", " | ", "——", "—"];

/// How sure it is that a line is a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// `::` between the sides.
    Colons,
    /// `:::`: the pair is asked both ways.
    BothWays,
    /// The term is set in bold.
    Bold,
}

/// Splits a line that says of itself that it is a pair.
///
/// `::` without blanks around it counts only `if tight`.
pub(super) fn marked(line: &str, tight: bool) -> Option<(&str, &str, Mark)> {
    for (between, mark) in [(" ::: ", Mark::BothWays), (" :: ", Mark::Colons)] {
        if let Some((front, back)) = line.split_once(between) {
            return filled(front, back, mark);
        }
    }
    if tight {
        for (between, mark) in [(":::", Mark::BothWays), ("::", Mark::Colons)] {
            if let Some((front, back)) = line.split_once(between) {
                return filled(front, back, mark);
            }
        }
    }
    for sign in ["**", "__"] {
        let Some((term, rest)) = line.strip_prefix(sign).and_then(|rest| rest.split_once(sign))
        else {
            continue;
        };
        let rest = rest.trim_start();
        let inner = term.trim_end().strip_suffix([':', '：']);
        let gloss = [":", "：", "——", "—", "–", "-", "=", "→", "->", "::"]
            .iter()
            .filter_map(|between| rest.strip_prefix(between))
            .min_by_key(|gloss| gloss.len());
        let (term, gloss) = match (inner, gloss) {
            (Some(inner), _) => (inner, rest),
            (None, Some(gloss)) => (term, gloss),
            _ => continue,
        };
        return filled(term, gloss, Mark::Bold);
    }
    None
}

fn filled<'a>(front: &'a str, back: &'a str, mark: Mark) -> Option<(&'a str, &'a str, Mark)> {
    let (front, back) = (front.trim(), back.trim());
    (!front.is_empty() && !back.is_empty()).then_some((front, back, mark))
}

/// Splits all items of a list at the mark that most of them have; `None` where fewer
/// than four of five have it.
pub(in crate::import) fn split_all<'a>(
    items: &[&'a str],
) -> Option<Vec<Option<(&'a str, &'a str)>>> {
    let splits = |between: &&&str| {
        let fits = |item: &&&str| {
            item.split_once(**between)
                .is_some_and(|(a, b)| !a.trim().is_empty() && !b.trim().is_empty())
        };
        items.iter().filter(fits).count()
    };
    let (between, count) =
        BETWEEN.iter().map(|b| (b, splits(&b))).rev().max_by_key(|(_, count)| *count)?;
    if items.len() < 2 || count * 5 < items.len() * 4 {
        return None;
    }
    let split = |item: &&'a str| {
        let (front, back) = item.split_once(between)?;
        filled(front, back, Mark::Bold).map(|(front, back, _)| (front, back))
    };
    let pairs: Vec<_> = items.iter().map(split).collect();
    // The same words in front again and again: the keys of something.
    let fronts: std::collections::HashSet<_> = pairs.iter().flatten().map(|pair| pair.0).collect();
    (fronts.len() * 5 >= count * 4).then_some(pairs)
}

/// Returns what stands behind the bullet or the number of an item, and how far it is
/// moved in.
pub(super) fn item(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    let rest = match text.chars().next()? {
        '-' | '*' | '+' | '•' => {
            let rest = text.trim_start_matches(['-', '*', '+', '•']);
            let is_one = text.chars().nth(1).is_some_and(char::is_whitespace);
            is_one.then_some(rest)?
        }
        c if c.is_ascii_digit() => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let rest = text[digits..].strip_prefix(['.', ')'])?;
            (digits <= 4 && rest.starts_with(' ')).then_some(rest)?
        }
        _ => return None,
    };
    let rest = rest.trim_start();
    let rest =
        ["[ ] ", "[x] ", "[X] "].iter().find_map(|box_| rest.strip_prefix(box_)).unwrap_or(rest);
    (!rest.is_empty()).then_some((indent, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_pairs_are_split() {
        for (line, front, back) in [
            ("tree :: Baum", "tree", "Baum"),
            ("tree ::: Baum", "tree", "Baum"),
            ("**law**: Gesetz", "law", "Gesetz"),
            ("**law:** Gesetz", "law", "Gesetz"),
            ("**law** — Gesetz, Recht", "law", "Gesetz, Recht"),
            ("**law** -> Gesetz", "law", "Gesetz"),
            ("__law__ - Gesetz", "law", "Gesetz"),
        ] {
            let found = marked(line, false).map(|(a, b, _)| (a, b));
            assert_eq!(found, Some((front, back)), "{line}");
        }
        for line in ["std::vec", "**bold** text", "a: b", "**x**:", ":: y"] {
            assert_eq!(marked(line, false), None, "{line}");
        }
    }
}
