//! Front matter: what stands between two `---` at the top of a file.

/// What front matter says of the cards below it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Matter {
    pub(super) deck: Option<String>,
    pub(super) tags: Vec<String>,
    /// How many lines it has, its rules included; 0 where there is none.
    pub(super) lines: usize,
}

impl Matter {
    /// Reads the front matter of a text.
    pub(super) fn of(lines: &[&str]) -> Self {
        let mut matter = Self::default();
        if lines.first().is_none_or(|line| line.trim_end() != "---") {
            return matter;
        }
        let is_end = |line: &&str| matches!(line.trim_end(), "---" | "...");
        let Some(end) = lines.iter().skip(1).take(100).position(is_end) else { return matter };
        let body = &lines[1..=end];
        let is_keyed = |line: &&str| {
            line.trim().is_empty() || line.starts_with([' ', '-', '#']) || line.contains(':')
        };
        if body.is_empty() || !body.iter().all(is_keyed) {
            return matter;
        }
        let mut in_tags = false;
        for line in body {
            if let Some(item) = line.trim_start().strip_prefix("- ") {
                if in_tags {
                    matter.tags.extend(tag(item));
                }
                continue;
            }
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            in_tags = false;
            match key.trim().to_lowercase().as_str() {
                "deck" | "target deck" | "anki-deck" | "deckname" => {
                    let name = unquoted(value);
                    matter.deck = Some(name.to_owned()).filter(|name| !name.is_empty());
                }
                "tags" | "tag" | "keywords" => {
                    in_tags = value.is_empty();
                    let list = value.trim_start_matches('[').trim_end_matches(']');
                    if list.contains(',') {
                        matter.tags.extend(list.split(',').filter_map(tag));
                    } else {
                        matter.tags.extend(list.split_whitespace().filter_map(tag));
                    }
                }
                _ => {}
            }
        }
        matter.lines = end + 2;
        matter
    }
}

fn unquoted(value: &str) -> &str {
    value.trim().trim_matches(['"', '\''])
}

/// Returns a label as one word, or `None` for the mark of a flashcard file.
pub(super) fn tag(text: &str) -> Option<String> {
    let text = unquoted(text).trim_start_matches('#');
    let text = if text == "flashcards" { "" } else { text };
    let text = text.strip_prefix("flashcards/").unwrap_or(text);
    let tag = text.split_whitespace().collect::<Vec<_>>().join("_");
    (!tag.is_empty()).then_some(tag)
}
