//! The interchange document: everything a collection knows, as JSON.
//!
//! `export --format json` writes it and `import` reads it. Version 1:
//!
//! ```json
//! {"termdeck": 1,
//!  "decks":  [{"name": "A::B", "options": {"new_per_day": 10}}],
//!  "notes":  [{"id": "…", "deck": "A::B", "kind": "term", "front": "…", "back": "…"}],
//!  "cards":  [{"id": "…", "note": "…", "direction": "forward"}],
//!  "events": [{"id": "…", "card": "…", "at": 1795392000000, "offset_min": 0,
//!              "day": "2026-11-23", "kind": "review", "grade": 4, "scale": "four",
//!              "ms": 2100, "device": "…", "seq": 1}]}
//! ```

use serde::{Deserialize, Serialize};

use super::{
    Action, Answer, Base, Cause, Day, DeckOptions, Event, Fields, Grade, Kind, Scale, Uid, note,
};

/// The version of the format that this program reads and writes.
pub const VERSION: u32 = 1;

/// Repetitions and lapses beyond this number are taken for it.
const MAX_COUNT: u32 = 1_000_000;

/// A whole document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The format's version.
    pub termdeck: u32,
    /// Decks with the options they set themselves.
    #[serde(default)]
    pub decks: Vec<DeckRow>,
    /// Notes.
    #[serde(default)]
    pub notes: Vec<NoteRow>,
    /// Cards.
    #[serde(default)]
    pub cards: Vec<CardRow>,
    /// The log.
    #[serde(default)]
    pub events: Vec<EventRow>,
}

/// A deck.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeckRow {
    /// Full name.
    pub name: String,
    /// Options set on this very deck.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<DeckOptions>,
}

/// A note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteRow {
    /// Id.
    pub id: String,
    /// Full name of its deck.
    pub deck: String,
    /// What it is.
    #[serde(default)]
    pub kind: Kind,
    /// What is asked.
    pub front: String,
    /// What is to be remembered.
    #[serde(default)]
    pub back: String,
    /// Pronunciation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reading: String,
    /// Remarks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Example sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub example: String,
    /// Origin.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// When it was added, Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added: Option<i64>,
    /// The id it has in its file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ext_id: Option<String>,
    /// Hybrid logical clock of its last change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamp: Option<i64>,
}

impl NoteRow {
    /// Returns its text fields in stored form.
    #[must_use]
    pub fn fields(&self) -> Fields {
        Fields {
            front: self.front.clone(),
            back: self.back.clone(),
            reading: self.reading.clone(),
            note: self.note.clone(),
            example: self.example.clone(),
            source: self.source.clone(),
            tags: note::tags(self.tags.iter().map(String::as_str)),
        }
    }
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardRow {
    /// Id.
    pub id: String,
    /// Id of its note.
    pub note: String,
    /// `forward`, `reverse`, `c1`, ...
    pub direction: String,
}

/// An event; what its kind does not use is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    /// Id; derived where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Id of the card.
    pub card: String,
    /// Unix milliseconds.
    pub at: i64,
    /// Minutes east of UTC.
    #[serde(default)]
    pub offset_min: i32,
    /// Study day; derived from `at` and `offset_min` where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// `review`, `drill`, ...
    pub kind: String,
    /// 0 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<u8>,
    /// `four` or `six`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// Time taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ms: Option<u32>,
    /// Device; derived where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// Number on that device; derived where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
    /// The event an undo takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voids: Option<String>,
    /// Hybrid logical clock, where it is not `at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hlc: Option<i64>,
    /// `set-due`, `base`: the due day. `bury`: the hidden day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// `suspend`, `unsuspend`: `user`, `prune` or `leech`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// `base`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repetitions: Option<u32>,
    /// `base`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ease_centi: Option<u32>,
    /// `base`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<u32>,
    /// `base`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lapses: Option<u32>,
    /// `review`: days added by load balancing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_offset: Option<i32>,
}

impl EventRow {
    /// Returns what happened.
    ///
    /// # Errors
    /// Says which part is missing or wrong.
    pub fn action(&self) -> Result<Action, String> {
        fn need<T>(part: Option<T>, name: &str, kind: &str) -> Result<T, String> {
            part.ok_or_else(|| format!("a `{kind}` event needs `{name}`"))
        }
        let kind = self.kind.as_str();
        let answer = || {
            let raw = need(self.grade, "grade", kind)?;
            let grade = Grade::new(raw).ok_or_else(|| format!("grade {raw} is not 0 to 5"))?;
            let scale = self.scale.unwrap_or_default();
            let ms = self.ms.unwrap_or(0);
            Ok::<_, String>(Answer { grade, scale, ms, due_offset: self.due_offset.unwrap_or(0) })
        };
        let cause = || self.cause.as_deref().unwrap_or("user").parse::<Cause>();
        Ok(match kind {
            "review" => Action::Review(answer()?),
            "drill" => Action::Drill(answer()?),
            "cram" => Action::Cram(answer()?),
            "imported" => Action::Imported(answer()?),
            "undo" => {
                Action::Undo { voids: Uid::foreign(&need(self.voids.clone(), "voids", kind)?) }
            }
            "reset" => Action::Reset,
            "set-due" => Action::SetDue { due: need(self.due, "due", kind)? },
            "bury" => Action::Bury { day: need(self.due.or(self.day), "due", kind)? },
            "suspend" => Action::Suspend { cause: cause()? },
            "unsuspend" => Action::Unsuspend { cause: cause()? },
            "base" => Action::Base(Base {
                repetitions: need(self.repetitions, "repetitions", kind)?.min(MAX_COUNT),
                ease_centi: need(self.ease_centi, "ease_centi", kind)?.clamp(130, 100_000),
                interval_d: need(self.interval, "interval", kind)?.min(36_500),
                due: need(self.due, "due", kind)?,
                lapses: self.lapses.unwrap_or(0).min(MAX_COUNT),
            }),
            other => return Err(format!("`{other}` is no kind of event")),
        })
    }

    /// Returns the row that says the same as `event`.
    #[must_use]
    pub fn of(event: &Event) -> Self {
        let mut row = Self {
            id: Some(event.id.to_string()),
            card: event.card.to_string(),
            at: event.at_ms,
            offset_min: event.offset_min,
            day: Some(event.day),
            kind: event.action.name().to_owned(),
            device: Some(event.device.clone()),
            seq: Some(event.seq),
            hlc: (event.hlc != event.at_ms).then_some(event.hlc),
            ..Self::default()
        };
        match event.action {
            Action::Review(a) | Action::Drill(a) | Action::Cram(a) | Action::Imported(a) => {
                row.grade = Some(a.grade.raw());
                row.scale = Some(a.scale);
                row.ms = Some(a.ms);
                row.due_offset = (a.due_offset != 0).then_some(a.due_offset);
            }
            Action::Undo { voids } => row.voids = Some(voids.to_string()),
            Action::Reset => {}
            Action::SetDue { due } | Action::Bury { day: due } => row.due = Some(due),
            Action::Suspend { cause } | Action::Unsuspend { cause } => {
                row.cause = Some(cause.name().to_owned());
            }
            Action::Base(base) => {
                row.repetitions = Some(base.repetitions);
                row.ease_centi = Some(base.ease_centi);
                row.interval = Some(base.interval_d);
                row.due = Some(base.due);
                row.lapses = Some(base.lapses);
            }
        }
        row
    }
}
