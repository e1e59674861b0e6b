//! Org: headings with stars, cards for drilling.

use super::front::tag;

/// A heading: how deep it is, its title, its labels.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heading<'a> {
    pub(super) depth: usize,
    pub(super) title: &'a str,
    pub(super) tags: Vec<String>,
    /// Whether it is a card.
    pub(super) is_drill: bool,
}

/// Reads `** Title :tag:drill:`.
pub(super) fn heading(line: &str) -> Option<Heading<'_>> {
    let depth = line.bytes().take_while(|b| *b == b'*').count();
    let rest = line.get(depth..)?.strip_prefix(' ').filter(|_| depth > 0)?;
    let mut title = rest.trim();
    let mut tags = Vec::new();
    let mut is_drill = false;
    if title.ends_with(':')
        && let Some((before, labels)) = title.rsplit_once([' ', '\t'])
        && labels.starts_with(':')
        && labels.len() > 2
    {
        title = before.trim_end();
        for label in labels.split(':').filter(|label| !label.is_empty()) {
            if label == "drill" {
                is_drill = true;
            } else {
                tags.extend(tag(label));
            }
        }
    }
    for state in ["TODO ", "DONE "] {
        title = title.strip_prefix(state).unwrap_or(title);
    }
    Some(Heading { depth, title, tags, is_drill })
}

/// Whether a file is written in Org rather than in Markdown.
pub(super) fn is_org(lines: &[&str]) -> bool {
    let is_keyword = |line: &str| {
        let line = line.trim_start();
        line.starts_with("#+") && line.contains(':')
    };
    let is_drill = |line: &str| line.starts_with('*') && line.trim_end().ends_with(":drill:");
    let is_rule = |line: &str| is_rule(line) && line.contains('+');
    lines.iter().any(|line| is_keyword(line) || is_drill(line) || is_rule(line))
}

/// Whether a line only parts rows of a table: `|---+---|`.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("|-") && line.bytes().all(|b| b"|-+ ".contains(&b))
}
