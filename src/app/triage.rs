//! New rows that are known already, or not wanted.

use crate::domain::{Action, Base, Now, Uid};
use crate::sched::sm2;
use crate::store::{Deleted, ImportKey, Note, Store};

use super::Result;
use super::decks::Decks;
use super::review::log;

/// The shortest interval that a word begins with which the learner knows already, in days.
const KNOWN_FROM_D: u32 = 60;
/// Days over which such words are spread, so that they do not all come back at once.
const KNOWN_SPREAD_D: u32 = 61;
/// Passes in a row that stand for knowing it: SM-2 reaches such intervals at the fifth.
const KNOWN_REPETITIONS: u32 = 5;

/// Returns how long a known note waits for its first review, in days: 60 to 120,
/// always the same for the same note.
fn known_interval(note: Uid) -> u32 {
    let sum =
        note.0.iter().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte)));
    KNOWN_FROM_D + sum % KNOWN_SPREAD_D
}

/// Lets the cards of a new note begin as if they had been learnt. The events belong
/// to the import, so that taking it back takes them back.
pub(super) fn start_known(
    store: &Store,
    note: &Note,
    import: ImportKey,
    now: Now,
    decks: &Decks,
) -> Result<()> {
    let interval_d = known_interval(note.uid);
    for card in store.cards_of(note.key)? {
        if card.state.due.is_some() {
            continue;
        }
        let base = Base {
            repetitions: KNOWN_REPETITIONS,
            ease_centi: crate::domain::state::NEW_EASE_CENTI,
            interval_d: interval_d.min(sm2::MAX_INTERVAL_D),
            due: now.day.plus(interval_d),
            lapses: 0,
        };
        log(store, &card, Action::Base(base), now, Some(import), decks)?;
    }
    Ok(())
}

/// Returns a note as it is kept so that no import offers it again.
pub(super) fn unwanted(note: Note) -> Note {
    Note { deleted: Deleted::Never, ..note }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_note_waits_for_60_to_120_days() {
        for note in [[0; 16], [255; 16], [0, 0, 0, 0, 0, 0, 0, 0, 3, 27, 30, 16, 3, 0, 11, 255]] {
            assert!((60..=120).contains(&known_interval(Uid(note))), "{note:?}");
        }
    }
}
