//! Markdown and HTML reduced to lines.

use super::line::{Line, Marker, Share, is_cjk};
use super::normalise::characters;

/// Splits a text into lines and strips their markup. Blank lines are left out
/// but known to their neighbours; every other raw line is in at least one line.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let raw = raw_lines(text);
    let mut out: Vec<Line> = Vec::with_capacity(raw.len());
    let mut blank = true;
    let mut front_matter = false;
    for (at, raw_text) in raw.iter().enumerate() {
        let clean = characters(raw_text);
        let trimmed = clean.trim();
        if trimmed.is_empty() {
            if raw_text.trim().is_empty() {
                blank = true;
                if let Some(before) = out.last_mut() {
                    before.blank_after = true;
                }
            } else {
                // Nothing of the line can be seen, but it is not blank.
                out.push(Line {
                    raws: vec![at as u32 + 1],
                    marker: Marker::Furniture,
                    ..Line::default()
                });
            }
            continue;
        }
        let mut line = if front_matter {
            front_matter = trimmed != "---";
            Line { text: trimmed.to_owned(), marker: Marker::FrontMatter, ..Line::default() }
        } else if trimmed == "---" && out.is_empty() && has_front_matter(&raw, at) {
            front_matter = true;
            Line { marker: Marker::FrontMatter, ..Line::default() }
        } else {
            markdown(trimmed)
        };
        line.raws = vec![at as u32 + 1];
        line.blank_before = blank;
        blank = false;
        out.push(line);
    }
    if let Some(last) = out.last_mut() {
        last.blank_after = true;
    }
    out
}

/// Returns the raw lines; CRLF, LF and a lone CR all end one.
pub(super) fn raw_lines(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        out.extend(line.split('\r'));
    }
    out
}

fn has_front_matter(raw: &[&str], start: usize) -> bool {
    let inside: Vec<&str> =
        raw.iter().skip(start + 1).take(40).copied().take_while(|l| l.trim() != "---").collect();
    let closed = raw.get(start + 1 + inside.len()).is_some_and(|l| l.trim() == "---");
    let keyed = |line: &&str| {
        line.split_once(':').is_some_and(|(key, _)| {
            !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "_- ".contains(c))
        }) || line.trim().is_empty()
            || line.starts_with([' ', '-'])
    };
    closed && !inside.is_empty() && inside.iter().all(|line| keyed(&line.trim_end()))
}

fn furniture() -> Line {
    Line { marker: Marker::Furniture, ..Line::default() }
}

/// Reduces one line of Markdown.
fn markdown(text: &str) -> Line {
    if text.starts_with("```") || text.starts_with("~~~") {
        return furniture();
    }
    if text.starts_with("<!--") && text.ends_with("-->") {
        return furniture();
    }
    if text.eq_ignore_ascii_case("[toc]") {
        return furniture();
    }
    if let Some(rest) = text.strip_prefix(":::") {
        return container(rest);
    }
    if !text.chars().any(char::is_alphanumeric) {
        let strokes = text.chars().filter(|c| "-*_=—─~".contains(*c)).count();
        let rule = strokes >= 3 && !text.contains('|');
        return Line {
            marker: if rule { Marker::Rule } else { Marker::Furniture },
            ..Line::default()
        };
    }
    let mut marker = Marker::None;
    let mut rest = text;
    if let Some(quoted) = rest.strip_prefix('>') {
        rest = quoted.trim_start_matches(['>', ' ']);
        marker = Marker::Quote;
    }
    let hashes = rest.chars().take_while(|&c| c == '#').count();
    if (1..=6).contains(&hashes) && rest[hashes..].starts_with([' ', '\t']) {
        rest = rest[hashes..].trim().trim_end_matches('#').trim_end();
        marker = Marker::Heading(hashes as u8);
    } else if hashes == 1 && rest.chars().nth(1).is_some_and(is_cjk) {
        rest = rest[1..].trim();
        marker = Marker::Comment;
    } else if let Some(comment) =
        ["//", "; ", "/*", "% "].iter().find_map(|sign| rest.strip_prefix(sign))
    {
        rest = comment.trim();
        marker = Marker::Comment;
    } else if let Some(item) = bullet(rest) {
        rest = item;
        marker = Marker::Bullet;
    }
    if let Some(item) = number(rest) {
        rest = item;
        marker = if matches!(marker, Marker::Heading(_)) { marker } else { Marker::Number };
    }
    let (date, rest) = leading_date(rest, matches!(marker, Marker::Heading(_)));
    if rest.starts_with('|') || (rest.matches('|').count() >= 2 && rest.ends_with('|')) {
        marker = Marker::Table;
    }
    let (plain, only_link) = inline(rest);
    if plain.trim().is_empty() {
        return furniture();
    }
    // `**1. 环线** loop line`
    let (plain, marker) = match number(&plain) {
        Some(item) if matches!(marker, Marker::None | Marker::Bullet) => {
            (item.to_owned(), Marker::Number)
        }
        _ => (plain, marker),
    };
    let mut marker = marker;
    if only_link && !Share::of(&plain).is_mixed() {
        marker = Marker::Furniture;
    }
    Line { text: plain.trim().to_owned(), marker, date, ..Line::default() }
}

impl Share {
    fn is_mixed(self) -> bool {
        self.cjk > 0 && self.letters > 0
    }
}

/// A container of VuePress and its relatives: `::: tip Title`.
fn container(rest: &str) -> Line {
    let rest = rest.trim_start_matches(':').trim();
    let word = rest.chars().take_while(char::is_ascii_alphanumeric).count();
    let title = rest[word..].trim();
    if title.is_empty() {
        return furniture();
    }
    Line { text: title.to_owned(), marker: Marker::Heading(3), ..Line::default() }
}

fn bullet(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    match first {
        '-' | '*' | '+' | '–' if rest.starts_with([' ', '\t']) => Some(rest.trim_start()),
        '•' | '●' | '■' | '◆' | '▪' | '◦' | '★' | '☆' | '►' | '▶' | '◎' | '○' | '□' | '▲' | '◇'
        | '➤' | '✓' | '✔' | '·' => Some(rest.trim_start()),
        _ => None,
    }
}

/// Returns what follows the number of a list: `1. `, `2、`, `(3)`, `④`, `一、`.
pub(super) fn number(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let first = chars.next()?;
    if matches!(first, '①'..='⑳' | '⑴'..='⒇' | '⒈'..='⒛' | '❶'..='❿' | '㉑'..='㉟')
    {
        return Some(chars.as_str().trim_start_matches(['.', '、', ' ', '．']));
    }
    // `[1] 甲`, `【2】乙`
    if matches!(first, '[' | '【')
        && let Some((inside, rest)) = chars.as_str().split_once([']', '】'])
        && (1..=3).contains(&inside.len())
        && inside.bytes().all(|b| b.is_ascii_digit())
        && !rest.trim().is_empty()
        && !rest.starts_with('(')
    {
        return Some(rest.trim_start());
    }
    let (open, rest) = match first {
        '(' | '（' => (true, chars.as_str()),
        _ => (false, text),
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let numeral = rest.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).count();
    let after = if (1..=3).contains(&digits) {
        &rest[digits..]
    } else if (1..=3).contains(&numeral) {
        &rest[numeral * 3..]
    } else {
        return None;
    };
    let mut chars = after.chars();
    let mark = chars.next()?;
    let rest = chars.as_str();
    let marked = match mark {
        ')' | '）' => open || digits > 0,
        '、' => !open,
        '.' | '．' => !open && digits > 0 && !rest.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    (marked && !rest.trim().is_empty()).then(|| rest.trim_start())
}

/// Splits off a date in digits in front of a text: `4.09 `, `2025-03-08 `.
fn leading_date(text: &str, heading: bool) -> (String, &str) {
    let length = text.bytes().take_while(|b| b.is_ascii_digit() || b".-/".contains(b)).count();
    let (date, rest) = text.split_at(length);
    let parts: Vec<&str> = date.split(['.', '-', '/']).collect();
    let fits = (2..=3).contains(&parts.len())
        && parts.iter().all(|part| (1..=4).contains(&part.len()))
        && parts.iter().skip(1).all(|part| part.len() <= 2)
        && rest.starts_with([' ', '\t']);
    // `24/7 service` and `2.5 米` begin with no date: only a heading may leave
    // out the year, or a text after a day in two digits.
    let fits = fits
        && (parts.len() == 3
            || heading
            || (parts[1].len() == 2
                && date.contains('.')
                && rest.trim_start().starts_with(is_cjk)));
    let month = |part: &&str| part.parse::<u32>().is_ok_and(|n| (1..=31).contains(&n));
    if fits && parts.iter().rev().take(2).all(month) && !rest.trim().is_empty() {
        (date.to_owned(), rest.trim_start())
    } else {
        (String::new(), text)
    }
}

/// Strips emphasis, code marks, links and pictures; says whether the text was
/// one link and nothing else.
fn inline(text: &str) -> (String, bool) {
    let (text, only_link) = links(text);
    let mut out = text.replace("**", "").replace("__", "").replace("~~", "").replace('`', "");
    if out.matches('*').count() % 2 == 0 {
        out = out.replace('*', "");
    }
    for escaped in ['*', '_', '.', '-', '[', ']', '(', ')', '#', '|', '!', '>'] {
        if out.contains('\\') {
            out = out.replace(&format!("\\{escaped}"), &escaped.to_string());
        }
    }
    (out, only_link)
}

fn links(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut count = 0;
    while let Some(open) = rest.find('[') {
        let tail = &rest[open..];
        let Some(middle) = tail.find("](") else { break };
        let Some(end) = tail[middle..].find(')') else { break };
        let target = &tail[middle + 2..middle + end];
        let label = &tail[1..middle];
        if label.contains('[') || target.contains(|c| is_cjk(c) || c == ' ') {
            break;
        }
        let before = &rest[..open];
        if let Some(before) = before.strip_suffix('!') {
            out.push_str(before);
        } else {
            out.push_str(before);
            out.push_str(label);
        }
        count += 1;
        rest = &tail[middle + end + 1..];
    }
    let whole = count == 1 && rest.trim().is_empty() && text.starts_with('[');
    out.push_str(rest);
    (out, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_stripped_and_remembered() {
        for (raw, text, marker) in [
            ("# 4.09 面包  bread", "面包  bread", Marker::Heading(1)),
            ("> a", "a", Marker::Quote),
            (">headline", "headline", Marker::Quote),
            ("- **term**: gloss", "term: gloss", Marker::Bullet),
            ("1. 环线", "环线", Marker::Number),
            ("**1. 环线** loop line", "环线 loop line", Marker::Number),
            ("①环线", "环线", Marker::Number),
            ("[1] 环线", "环线", Marker::Number),
            ("二、词汇", "词汇", Marker::Number),
            ("2.5米的镜子", "2.5米的镜子", Marker::None),
            ("::: tip【词汇】", "【词汇】", Marker::Heading(3)),
            ("[返回](../i.md)", "返回", Marker::Furniture),
            ("|a|b|", "|a|b|", Marker::Table),
            ("***", "", Marker::Rule),
            ("|:---|:---|", "", Marker::Furniture),
            ("一只猫", "一只猫", Marker::None),
        ] {
            let line = markdown(raw);
            assert_eq!((line.text.as_str(), line.marker), (text, marker), "{raw}");
        }
    }

    #[test]
    fn every_line_end_counts() {
        assert_eq!(raw_lines("a\r\nb\rc\nd"), ["a", "b", "c", "d"]);
    }

    #[test]
    fn lines_know_the_blanks_around_them() {
        let lines = lines("a\n\nb\nc");
        let found: Vec<_> =
            lines.iter().map(|l| (l.first(), l.blank_before, l.blank_after)).collect();
        assert_eq!(found, [(1, true, true), (3, true, false), (4, false, true)]);
    }
}
