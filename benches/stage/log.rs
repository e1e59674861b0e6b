//! A long log, written without the program: ten answers a card would take it an hour.

use std::path::Path;

use rusqlite::Connection;
use termdeck::domain::Day;

/// Answers of each card.
const EACH: usize = 10;

/// Gives every card of a collection ten answers in the year up to `today`.
pub fn write(db: &Path, today: Day) {
    let mut db = Connection::open(db).unwrap();
    let cards: Vec<i64> = db
        .prepare("SELECT id FROM cards")
        .and_then(|mut ids| ids.query_map([], |row| row.get(0))?.collect())
        .unwrap();
    let log = db.transaction().unwrap();
    let events = cards.len() * EACH;
    for nth in 0..events {
        // Prime to the number of cards, so that the answers of a card lie apart.
        let card = cards[nth * 7_919 % cards.len()];
        let day = i64::from(today.0) - 364 + (nth * 365 / events) as i64;
        let at_ms = day * 86_400_000 + (12 + nth as i64 % 8) * 3_600_000 + nth as i64 % 60_000;
        log.prepare_cached(
            "INSERT INTO events (uid, card_id, at_ms, offset_min, day, hlc, device, seq, kind,
                 grade, scale, ms, due_offset)
             VALUES (?1, ?2, ?3, 0, ?4, ?3, 'bench', ?5, 'review', ?6, 'four', 2500, 0)",
        )
        .and_then(|mut insert| {
            let uid = (nth as u128).to_be_bytes();
            insert.execute((uid, card, at_ms, day, nth as i64, 2 + nth as i64 % 4))
        })
        .unwrap();
    }
    let seen = "UPDATE cards SET first_day = 1, due = ?1, interval_d = 1 + (id >> 10) % 300,
                    ease_centi = 130 + (id >> 10) % 170";
    log.execute(seen, [today.0]).unwrap();
    log.commit().unwrap();
}

/// Makes the program forget what it has counted of the log.
pub fn forget(db: &Path) {
    let db = Connection::open(db).unwrap();
    db.execute_batch("DELETE FROM answered; UPDATE counted SET upto = 0").unwrap();
}
