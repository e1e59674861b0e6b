//! Reads the query language.

use super::query::{Fault, Is, Measure, Node, Ordering, Rated, fault};
use crate::domain::Uid;
use crate::domain::text::fold;

type Result<T, E = Fault> = std::result::Result<T, E>;

/// Reads a query; an empty one is an empty [`Node::All`].
pub(super) fn parse(text: &str) -> Result<Node> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Ok(Node::All(Vec::new()));
    }
    let mut parser = Parser { text, tokens: &tokens, at: 0, depth: 0 };
    let node = parser.any()?;
    match parser.tokens.get(parser.at) {
        None => Ok(node),
        Some(token) => Err(fault(text, token.at, "this parenthesis was never opened")),
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Token {
    /// Byte position in the query.
    at: usize,
    part: Part,
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Open,
    Close,
    Minus,
    /// A word, maybe with a key before it, and whether its value was quoted.
    Term {
        key: Option<String>,
        value: String,
        quoted: bool,
    },
}

fn tokens(text: &str) -> Result<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some(&(at, c)) = rest.peek() {
        let part = match c {
            _ if c.is_whitespace() => {
                rest.next();
                continue;
            }
            '(' => Part::Open,
            ')' => Part::Close,
            '-' if text[at + 1..].chars().next().is_some_and(|c| !c.is_whitespace()) => Part::Minus,
            _ => {
                tokens.push(Token { at, part: term(text, &mut rest)? });
                continue;
            }
        };
        rest.next();
        tokens.push(Token { at, part });
    }
    Ok(tokens)
}

fn term(text: &str, rest: &mut std::iter::Peekable<std::str::CharIndices<'_>>) -> Result<Part> {
    let (mut key, mut value, mut quoted) = (None, String::new(), false);
    while let Some(&(at, c)) = rest.peek() {
        match c {
            '"' => {
                rest.next();
                quoted = true;
                loop {
                    match rest.next() {
                        Some((_, '"')) => break,
                        Some((_, c)) => value.push(c),
                        None => return Err(fault(text, at, "this quote is never closed")),
                    }
                }
            }
            ':' if key.is_none() && !quoted && KEYS.contains(&value.as_str()) => {
                rest.next();
                key = Some(std::mem::take(&mut value));
            }
            '(' | ')' => break,
            _ if c.is_whitespace() => break,
            _ => {
                value.push(c);
                rest.next();
            }
        }
    }
    Ok(Part::Term { key, value, quoted })
}

/// What can stand before a colon.
pub(super) const KEYS: &[&str] = &[
    "deck", "tag", "kind", "front", "back", "reading", "note", "example", "source", "id", "is",
    "card", "added", "rated",
];

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    /// Parentheses and hyphens that are open.
    depth: usize,
}

/// The deepest nesting that is read.
const MAX_DEPTH: usize = 100;

impl Parser<'_> {
    fn is_or(&self) -> bool {
        matches!(self.tokens.get(self.at), Some(Token { part: Part::Term { key: None, value, quoted: false }, .. }) if value == "or")
    }

    fn any(&mut self) -> Result<Node> {
        let mut nodes = vec![self.all()?];
        while self.is_or() {
            self.at += 1;
            nodes.push(self.all()?);
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Any(nodes) })
    }

    fn all(&mut self) -> Result<Node> {
        let mut nodes = Vec::new();
        while let Some(token) = self.tokens.get(self.at) {
            if token.part == Part::Close || self.is_or() {
                break;
            }
            nodes.push(self.one()?);
        }
        if nodes.is_empty() {
            // An empty part would match everything, which nobody means.
            let at = self.tokens.get(self.at).map_or(self.text.len(), |token| token.at);
            return Err(fault(self.text, at, "something is missing here"));
        }
        Ok(Node::All(nodes))
    }

    fn one(&mut self) -> Result<Node> {
        let Some(token) = self.tokens.get(self.at) else {
            return Err(fault(self.text, self.text.len(), "something is missing here"));
        };
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(fault(self.text, token.at, "this is nested too deeply"));
        }
        let node = self.part(token);
        self.depth -= 1;
        node
    }

    fn part(&mut self, token: &Token) -> Result<Node> {
        match &token.part {
            Part::Minus => Ok(Node::Not(Box::new(self.one()?))),
            Part::Close => Err(fault(self.text, token.at, "something is missing here")),
            Part::Open => {
                let node = self.any()?;
                match self.tokens.get(self.at) {
                    Some(Token { part: Part::Close, .. }) => {
                        self.at += 1;
                        Ok(node)
                    }
                    _ => Err(fault(self.text, token.at, "this parenthesis is never closed")),
                }
            }
            Part::Term { key, value, quoted } => leaf(key.as_deref(), value, *quoted)
                .map_err(|what| fault(self.text, token.at, &what)),
        }
    }
}

/// Returns measure and rest of `due<=7` and the like.
fn comparison(text: &str) -> Option<(Measure, &str)> {
    let at = text.find(['<', '>', '='])?;
    let measure = match &text[..at] {
        "due" => Measure::Due,
        "interval" => Measure::Interval,
        "ease" => Measure::Ease,
        "lapses" => Measure::Lapses,
        _ => return None,
    };
    Some((measure, &text[at..]))
}

/// Returns the name in front of the colon, where a word looks like a filter.
fn filter_name(word: &str) -> Option<&str> {
    let (name, rest) = word.split_once(':')?;
    let is_name = name.len() > 2 && name.bytes().all(|b| b.is_ascii_lowercase());
    (is_name && !rest.is_empty() && !rest.starts_with("//")).then_some(name)
}

fn compared(measure: Measure, rest: &str) -> Result<Node, String> {
    let (order, number) = [
        ("<=", Ordering::LessOrEqual),
        (">=", Ordering::GreaterOrEqual),
        ("<", Ordering::Less),
        (">", Ordering::Greater),
        ("=", Ordering::Equal),
    ]
    .into_iter()
    .find_map(|(sign, order)| Some((order, rest.strip_prefix(sign)?)))
    .ok_or("something is missing here")?;
    if number.is_empty() {
        return Err("a number is missing here".to_owned());
    }
    let number: f64 = number.parse().map_err(|_| format!("`{number}` is no number"))?;
    let scale = if measure == Measure::Ease { 100.0 } else { 1.0 };
    Ok(Node::Number(measure, order, (number * scale).round() as i64))
}

fn days(text: &str) -> Result<i64, String> {
    text.parse()
        .ok()
        .filter(|days| *days > 0)
        .ok_or_else(|| format!("`{text}` is no number of days"))
}

fn rated(text: &str) -> Result<Rated, String> {
    let (number, grade) = match text.split_once(':') {
        Some((number, grade)) => (number, Some(grade)),
        None => (text, None),
    };
    let days = u32::try_from(days(number)?).unwrap_or(u32::MAX);
    let grade = grade.map(|grade| {
        let wrong = |_| format!("`{grade}` is no grade (again, hard, good, easy, 0 to 5)");
        grade.parse().map_err(wrong)
    });
    Ok(Rated { days, grade: grade.transpose()? })
}

fn digits(text: &str) -> Result<String, String> {
    let digits = text.to_ascii_lowercase();
    match Uid::range(&digits) {
        Some(_) => Ok(digits),
        None => Err(format!("`{text}` is no id: 1 to 32 digits from 0 to f")),
    }
}

fn leaf(key: Option<&str>, value: &str, quoted: bool) -> Result<Node, String> {
    let folded = fold(value);
    if folded.is_empty() {
        return Err("something is missing here".to_owned());
    }
    if let (None, false, Some((name, rest))) = (key, quoted, comparison(value)) {
        return compared(name, rest);
    }
    if let (None, false, Some(name)) = (key, quoted, filter_name(value)) {
        return Err(format!("there is no filter `{name}:`; put the text in quotes to look for it"));
    }
    Ok(match key {
        None if quoted => Node::Phrase(folded),
        None => Node::Word(folded),
        Some("deck") => Node::Deck(value.to_lowercase()),
        // A leech is tagged by what its log says.
        Some("tag") if folded == "leech" => Node::Any(vec![Node::Tag(folded), Node::Is(Is::Leech)]),
        Some("tag") => Node::Tag(folded),
        Some("card") => Node::Card(value.parse()?),
        Some("added") => Node::Added(days(value)?),
        Some("rated") => Node::Rated(rated(value)?),
        Some("kind") => Node::Kind(value.parse()?),
        Some(name @ ("front" | "back" | "reading" | "note" | "example" | "source")) => {
            Node::In(name.parse()?, folded)
        }
        Some("id") => Node::Id(digits(value)?),
        Some(_) => Node::Is(match value {
            "new" => Is::New,
            "due" => Is::Due,
            "review" => Is::Review,
            "suspended" => Is::Suspended,
            "buried" => Is::Buried,
            "leech" => Is::Leech,
            "drill" => Is::Drill,
            _ => {
                return Err(format!(
                    "`is:{value}` is none of new, due, review, suspended, buried, leech, drill"
                ));
            }
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_query_says_where() {
        let cases = [
            ("国家 \"open", 5, "this quote is never closed"),
            ("a (b", 2, "this parenthesis is never closed"),
            ("zzz or", 6, "something is missing here"),
            ("()", 1, "something is missing here"),
            ("front:", 0, "something is missing here"),
            ("tags:energy", 0, "there is no filter `tags:`; put the text in quotes to look for it"),
            ("due<=soon", 0, "`soon` is no number"),
            ("ease<", 0, "a number is missing here"),
            ("a) b", 1, "this parenthesis was never opened"),
            ("国家\t银行 rated:0", 10, "`0` is no number of days"),
            ("rated:3:great", 0, "`great` is no grade (again, hard, good, easy, 0 to 5)"),
            ("id:xyz", 0, "`xyz` is no id: 1 to 32 digits from 0 to f"),
            (
                "is:late",
                0,
                "`is:late` is none of new, due, review, suspended, buried, leech, drill",
            ),
        ];
        for (query, want, what) in cases {
            match parse(query) {
                Err(Fault { column, what: found, .. }) => {
                    assert_eq!((column, found.as_str()), (want, what), "{query}");
                }
                other => panic!("{query}: {other:?}"),
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn every_text_is_a_query_or_has_a_fault_below_which_a_caret_fits(
            text in "([a-z国家(){}\"*: \t<=>.0-9-]|or |is:|rated:|due<|deck:|\\PC){0,12}",
        ) {
            match parse(&text) {
                Ok(node) => {
                    let is_empty = matches!(node, Node::All(nodes) if nodes.is_empty());
                    proptest::prop_assert_eq!(is_empty, text.trim().is_empty());
                }
                Err(fault) => {
                    let cells = unicode_width::UnicodeWidthStr::width(fault.query.as_str());
                    proptest::prop_assert!(fault.column <= cells, "{:?}", fault);
                }
            }
        }
    }
}
