//! Note types, decks and their options, as JSON with every key that Anki asks for.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::domain::{DeckName, Slot, Uid, cloze, html};

/// The names of the fields, behind the first two.
const MORE: [&str; 4] = ["Reading", "Note", "Example", "Source"];

/// Note types are not made with more templates than this.
const MAX_TEMPLATES: u16 = 30;

const CSS: &str = ".card { font-family: sans-serif; font-size: 22px; text-align: center; }\n\
    .more { font-size: 16px; color: gray; }\n.cloze { font-weight: bold; color: blue; }\n";

/// What a formula is set within: no field of ours holds one.
const LATEX_PRE: &str = "\\documentclass{article}\n\\begin{document}\n";

/// What the answer shows below the two sides.
const DETAILS: &str = "{{#Reading}}<div class=more>{{Reading}}</div>{{/Reading}}\
    {{#Note}}<div class=more>{{Note}}</div>{{/Note}}\
    {{#Example}}<div class=more>{{Example}}</div>{{/Example}}\
    {{#Source}}<div class=more>{{Source}}</div>{{/Source}}";

/// A note type: cloze text, or a template for each card.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Model {
    Cloze,
    /// The slot of each template; `None` fills a number that no card has.
    Cards(Vec<Option<Slot>>),
}

impl Model {
    /// Returns the note type for a front and the slots of its cards.
    pub fn of(front: &str, slots: &[Slot]) -> Self {
        if cloze::is_cloze(front) && slots.iter().all(|slot| matches!(slot, Slot::Gap(_))) {
            return Self::Cloze;
        }
        let slots: BTreeSet<Slot> = slots.iter().copied().filter(|slot| fits(*slot)).collect();
        let last = slots.iter().filter_map(|slot| gap(*slot)).max();
        let mut templates = vec![None; last.map_or(0, |at| at + 1)];
        for slot in &slots {
            if let Some(place) = gap(*slot).and_then(|at| templates.get_mut(at)) {
                *place = Some(*slot);
            }
        }
        for slot in slots.iter().filter(|slot| gap(**slot).is_none()) {
            match templates.iter_mut().find(|place| place.is_none()) {
                Some(place) => *place = Some(*slot),
                None => templates.push(Some(*slot)),
            }
        }
        if templates.is_empty() {
            templates.push(Some(Slot::Forward));
        }
        Self::Cards(templates)
    }

    /// Returns the number of the template that makes a card, if there is one.
    pub fn ord(&self, slot: Slot) -> Option<usize> {
        match self {
            Self::Cloze => gap(slot),
            Self::Cards(templates) => templates.iter().position(|own| *own == Some(slot)),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Cloze => [html::NOTE_TYPE, "cloze"].concat(),
            Self::Cards(templates) => {
                let slots: Vec<String> = templates
                    .iter()
                    .map(|slot| slot.map_or_else(|| "-".to_owned(), |slot| slot.to_string()))
                    .collect();
                [html::NOTE_TYPE, &slots.join(" ")].concat()
            }
        }
    }

    /// Returns the id that a note type of this name always has.
    pub fn id(&self) -> i64 {
        fixed_id("note type", &self.name())
    }

    /// Returns the note type as JSON.
    pub fn json(&self) -> Value {
        let sides = if *self == Self::Cloze { ["Text", "Back Extra"] } else { ["Front", "Back"] };
        let fields: Vec<Value> =
            sides.into_iter().chain(MORE).enumerate().map(|(ord, name)| field(name, ord)).collect();
        let templates: Vec<Value> = match self {
            Self::Cloze => {
                let answer = ["{{cloze:Text}}<br>{{Back Extra}}", DETAILS].concat();
                vec![template("Cloze", 0, "{{cloze:Text}}", &answer)]
            }
            Self::Cards(slots) => {
                slots.iter().enumerate().map(|(at, slot)| card(*slot, at)).collect()
            }
        };
        json!({
            "id": self.id(), "name": self.name(), "type": i64::from(*self == Self::Cloze),
            "mod": 0, "usn": 0, "sortf": 0, "did": null, "tmpls": templates, "flds": fields,
            "css": CSS, "latexPre": LATEX_PRE, "latexPost": "\\end{document}", "latexsvg": false,
            "req": self.needs(), "tags": [], "vers": [],
        })
    }

    /// Returns which fields each template needs, as older programs want to be told.
    fn needs(&self) -> Vec<Value> {
        match self {
            Self::Cloze => vec![json!([0, "any", [0]])],
            Self::Cards(slots) => {
                let need = |(at, slot): (usize, &Option<Slot>)| match slot {
                    Some(Slot::Reverse) => json!([at, "any", [1]]),
                    Some(_) => json!([at, "any", [0]]),
                    None => json!([at, "none", []]),
                };
                slots.iter().enumerate().map(need).collect()
            }
        }
    }
}

/// Whether there can be a template for a card.
fn fits(slot: Slot) -> bool {
    !matches!(slot, Slot::Gap(n) if n > MAX_TEMPLATES)
}

/// Returns the number of the template that a gap has.
fn gap(slot: Slot) -> Option<usize> {
    match slot {
        Slot::Gap(n) => Some(usize::from(n) - 1),
        _ => None,
    }
}

fn card(slot: Option<Slot>, at: usize) -> Value {
    let answer = |side: &str| format!("{{{{FrontSide}}}}<hr id=answer>{{{{{side}}}}}{DETAILS}");
    let (name, question, answer) = match slot {
        Some(Slot::Forward) => ("forward".to_owned(), "{{Front}}", answer("Back")),
        Some(Slot::Reverse) => ("reverse".to_owned(), "{{Back}}", answer("Front")),
        // Names the back without showing it, so that it is not taken for the first card.
        Some(slot) => (
            slot.to_string(),
            "{{Front}}{{#Front}}{{^Front}}{{Back}}{{/Front}}{{/Front}}",
            answer("Back"),
        ),
        // Never has anything to show, so that it makes no card.
        None => (
            format!("none {}", at + 1),
            "{{#Front}}{{^Front}}{{Front}}{{/Front}}{{/Front}}",
            answer("Back"),
        ),
    };
    template(&name, at, question, &answer)
}

fn template(name: &str, ord: usize, question: &str, answer: &str) -> Value {
    json!({
        "name": name, "ord": ord, "qfmt": question, "afmt": answer, "bqfmt": "", "bafmt": "",
        "did": null, "bfont": "", "bsize": 0,
    })
}

fn field(name: &str, ord: usize) -> Value {
    json!({
        "name": name, "ord": ord, "sticky": false, "rtl": false, "font": "Arial", "size": 20,
        "description": "", "plainText": false, "collapsed": false, "excludeFromSearch": false,
        "media": [],
    })
}

/// Returns the id that a deck of this name always has.
pub(super) fn deck_id(name: &DeckName) -> i64 {
    if name.as_str() == "Default" { 1 } else { fixed_id("deck", name.as_str()) }
}

/// Returns a deck as JSON.
pub(super) fn deck(name: &str, id: i64) -> Value {
    json!({
        "id": id, "name": name, "mod": 0, "usn": 0, "lrnToday": [0, 0],
        "revToday": [0, 0], "newToday": [0, 0], "timeToday": [0, 0], "collapsed": true,
        "browserCollapsed": true, "desc": "", "dyn": 0, "conf": 1, "extendNew": 0, "extendRev": 0,
        "reviewLimit": null, "newLimit": null, "reviewLimitToday": null, "newLimitToday": null,
        "desiredRetention": null,
    })
}

/// Returns the options that all decks share.
pub(super) fn deck_options() -> Value {
    json!({ "1": {
        "id": 1, "mod": 0, "name": "Default", "usn": 0, "maxTaken": 60, "autoplay": true,
        "timer": 0, "replayq": true, "dyn": false,
        "new": {
            "bury": false, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0],
            "order": 1, "perDay": 20,
        },
        "rev": {
            "bury": false, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200,
            "hardFactor": 1.2,
        },
        "lapse": {
            "delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0,
        },
    }})
}

/// Returns the settings of the collection; its days are counted in UTC.
pub(super) fn settings(next_position: usize) -> Value {
    json!({
        "nextPos": next_position, "estTimes": true, "activeDecks": [1], "sortType": "noteFld",
        "timeLim": 0, "sortBackwards": false, "addToCur": true, "curDeck": 1, "newSpread": 0,
        "dueCounts": true, "collapseTime": 1200, "curModel": null, "dayLearnFirst": false,
        "schedVer": 2, "sched2021": true, "creationOffset": 0,
    })
}

/// Returns an id that looks like a moment in milliseconds, as Anki's ids do.
fn fixed_id(what: &str, name: &str) -> i64 {
    let mut low = [0; 8];
    low.copy_from_slice(&Uid::derive(what, [name.as_bytes()]).0[..8]);
    1_400_000_000_000 + (u64::from_be_bytes(low) % 200_000_000_000) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_gets_the_template_of_its_number() {
        let (forward, reverse, gap) = (Slot::Forward, Slot::Reverse, Slot::Gap);
        let cases: [(&[Slot], &[Option<Slot>]); 6] = [
            (&[forward], &[Some(forward)]),
            (&[forward, reverse], &[Some(forward), Some(reverse)]),
            (&[reverse], &[Some(reverse)]),
            (&[forward, gap(2)], &[Some(forward), Some(gap(2))]),
            (&[forward, reverse, gap(4)], &[Some(forward), Some(reverse), None, Some(gap(4))]),
            (&[gap(2), gap(999)], &[None, Some(gap(2))]),
        ];
        for (slots, templates) in cases {
            let model = Model::of("front", slots);
            assert_eq!(model, Model::Cards(templates.to_vec()), "{slots:?}");
        }
        assert_eq!(Model::of("{{c1::a}}", &[gap(1)]), Model::Cloze);
        assert_eq!(Model::Cloze.ord(gap(3)), Some(2));
    }

    #[test]
    fn what_is_typeset_is_opened_and_closed_and_nothing_more() {
        let model = Model::Cloze.json();
        assert_eq!(model["latexPre"], "\\documentclass{article}\n\\begin{document}\n");
        assert_eq!(model["latexPost"], "\\end{document}");
    }

    #[test]
    fn ids_never_change() {
        assert_eq!(Model::Cloze.id(), Model::Cloze.id());
        assert_ne!(Model::Cloze.id(), Model::of("a", &[Slot::Forward]).id());
        assert_eq!(deck_id(&"Default".parse().unwrap()), 1);
    }
}
