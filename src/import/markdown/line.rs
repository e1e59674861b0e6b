//! What the marks of a line say: headings, rows of tables, comments behind text.

/// Returns the depth and the title of `## Title`.
pub(super) fn heading(line: &str) -> Option<(usize, &str)> {
    let depth = line.bytes().take_while(|b| *b == b'#').count();
    let rest = line.get(depth..)?.strip_prefix([' ', '\t'])?;
    (1..=6).contains(&depth).then(|| (depth, rest.trim().trim_end_matches('#').trim_end()))
}

/// Whether a line underlines the header of a table: `| --- | :-: |`.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains('|')
        && line.contains("--")
        && line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t' | b'+'))
}

/// Splits a row at bars that have no backslash before them.
pub(super) fn cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = Vec::new();
    let (mut start, mut is_escaped) = (0, false);
    for (at, c) in line.char_indices() {
        if c == '|' && !is_escaped {
            cells.push(line[start..at].trim());
            start = at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    if !line[start..].trim().is_empty() || cells.is_empty() {
        cells.push(line[start..].trim());
    }
    cells
}

/// Returns a line without the comment and the labels behind it.
pub(super) fn strip(text: &str) -> &str {
    let text = text.split("<!--").next().unwrap_or(text).trim_end();
    let text = text.strip_suffix("#flashcards").unwrap_or(text).trim_end();
    text.strip_prefix("#flashcards ").unwrap_or(text)
}
