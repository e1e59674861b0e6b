//! Card templates: which fields they show.

/// The fields a template shows, by name, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Template {
    /// On the question.
    pub asked: Vec<String>,
    /// On the answer, those of the question left out where it is shown as a whole.
    pub told: Vec<String>,
    /// Fields of the question whose gaps are left out.
    pub cloze: Vec<String>,
    /// Fields that hold readings in brackets behind the words.
    pub furigana: Vec<String>,
    /// Fields that only decide whether something is shown.
    pub switches: Vec<String>,
}

/// Fields and templates of a note type, and tags on a side of a template, beyond this
/// number are left out: they are looked up one by one.
pub(super) const MAX_NAMES: usize = 1_000;

/// Names that stand for something else than a field.
const SPECIAL: [&str; 7] = ["FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag"];

impl Template {
    /// Returns what the two sides of a template show.
    pub fn of(question: &str, answer: &str) -> Self {
        let mut template = Self::default();
        for (side, text) in [(0, question), (1, answer)] {
            for tag in tags(text).take(MAX_NAMES) {
                template.take(side, tag);
            }
        }
        template
    }

    fn take(&mut self, side: usize, tag: &str) {
        if let Some(name) = tag.strip_prefix(['#', '^', '/']) {
            add(&mut self.switches, name.trim());
            return;
        }
        let mut filters: Vec<&str> = tag.split(':').map(str::trim).collect();
        let Some(name) = filters.pop().filter(|name| !name.is_empty()) else { return };
        // What is typed in is compared with the answer, and shown there.
        if SPECIAL.contains(&name) || (side == 0 && filters.contains(&"type")) {
            return;
        }
        if filters.iter().any(|filter| ["furigana", "kanji", "kana"].contains(filter)) {
            add(&mut self.furigana, name);
        }
        if filters.contains(&"cloze") {
            add(&mut self.cloze, name);
        }
        add(if side == 0 { &mut self.asked } else { &mut self.told }, name);
    }
}

fn add(names: &mut Vec<String>, name: &str) {
    if names.iter().all(|known| known != name) {
        names.push(name.to_owned());
    }
}

/// Returns what stands between `{{` and `}}`.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, tail) = rest.split_once("{{")?;
        let (tag, tail) = tail.split_once("}}")?;
        rest = tail;
        Some(tag.trim_start_matches('{').trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_tells_which_fields_it_shows() {
        let template = Template::of(
            "{{#Audio}}{{Audio}}{{/Audio}} {{ cloze:Text }} {{type:Back}}",
            "{{FrontSide}}<hr>{{furigana:Kanji}} {{Back}} {{hint:Extra}} {{Tags}} {{Back}} {{open",
        );
        assert_eq!(template.asked, ["Audio", "Text"]);
        assert_eq!(template.told, ["Kanji", "Back", "Extra"]);
        assert_eq!(template.cloze, ["Text"]);
        assert_eq!(template.furigana, ["Kanji"]);
        assert_eq!(template.switches, ["Audio"]);
    }

    #[test]
    fn a_template_shows_so_many_fields_and_no_more() {
        let question: Vec<String> = (0..3000).map(|n| format!("{{{{{n}}}}}")).collect();
        assert_eq!(Template::of(&question.concat(), "").asked.len(), MAX_NAMES);
    }
}
