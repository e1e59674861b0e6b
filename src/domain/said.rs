//! What a deck file said of a note, where the learner's text is another one.

use super::Fields;

/// The text that a file gave for a note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Said {
    /// The row that became the note.
    #[serde(flatten)]
    pub fields: Fields,
    /// Further rows that were merged into it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Fields>,
}

impl From<Fields> for Said {
    fn from(fields: Fields) -> Self {
        Self { fields, also: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_row_is_written_as_its_fields_alone() {
        let fields = Fields { front: "水".into(), ..Fields::default() };
        let json = serde_json::to_string(&Said::from(fields.clone())).unwrap();
        assert_eq!(json, serde_json::to_string(&fields).unwrap());
        let merged = Said { fields: fields.clone(), also: vec![fields] };
        let json = serde_json::to_string(&merged).unwrap();
        assert_eq!(serde_json::from_str::<Said>(&json).unwrap(), merged);
    }
}
