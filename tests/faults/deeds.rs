//! Every deed that changes the collection, struck at every call for the disk: what was
//! said to be done is there, nothing is half done, and it goes on from there.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::process::{Command, Stdio};

use rusqlite::Connection;
use serde_json::{Value, json};

use super::disk::{self, EFFECTS, Effect, Fault, calls, finish, strike};
use super::moments::{Chance, cases, was_killed};
use crate::collection::{Collection, Done};
use crate::store::schemas::stored;

/// What a learner does, from a prepared collection on.
struct Deed {
    args: &'static [&'static str],
    /// What is typed, a line or more for each step.
    typed: &'static [&'static str],
    prepare: fn(&Collection),
    /// What else holds afterwards, given whether the deed was done.
    aftermath: fn(&Collection, &Stage),
}

/// A prepared collection and what each step makes of it.
struct Stage {
    start: Collection,
    states: Vec<Value>,
}

const ROWS: usize = 60;

fn with_answers(collection: &Collection) {
    let mut deck = String::new();
    for row in 0..ROWS {
        let _ = writeln!(deck, "词{row}\tmeaning {row}");
    }
    let file = collection.write("words.tsv", &deck);
    collection.ok(&["import", "--yes", "--direction", "forward", file.to_str().unwrap()]);
    let _ = writeln!(deck, "新词\tnew word");
    collection.write("words.tsv", deck.replace("meaning 7", "meaning seven"));
    for _ in 0..2 {
        let card = collection.json(&["next"])["card"]["id"].as_str().unwrap().to_owned();
        collection.ok(&["answer", &card, "good"]);
    }
}

fn with_backup(collection: &Collection) {
    with_answers(collection);
    collection.ok(&["backup", "-o", "kept.db"]);
    collection.ok(&["undo"]);
    collection.ok(&["add", "后来", "later"]);
}

fn with_wrong_states(collection: &Collection) {
    with_answers(collection);
    let db = Connection::open(collection.db()).unwrap();
    db.execute_batch("UPDATE cards SET interval_d = 77 WHERE due IS NOT NULL").unwrap();
}

fn of_the_first_schema(collection: &Collection) {
    fs::copy(stored().join("01-init.db"), collection.db()).unwrap();
}

fn nothing_else(_: &Collection, _: &Stage) {}

/// A backup is whole or absent.
fn backup_is_whole(collection: &Collection, stage: &Stage) {
    let backup = collection.folder().join("kept.db");
    if backup.exists() {
        let copy = Collection::new();
        fs::copy(backup, copy.db()).unwrap();
        copy.assert_healthy("the backup");
        assert_eq!(state(&copy), stage.states[0], "half a backup");
    }
}

/// A number that the replaced collection has given is not given again.
fn numbers_go_on(collection: &Collection, stage: &Stage) {
    let number = |collection: &Collection| -> i64 {
        let db = Connection::open(collection.db()).unwrap();
        db.query_row("SELECT seq FROM clock", [], |row| row.get(0)).unwrap()
    };
    let (before, now) = (number(&stage.start), number(collection));
    assert!(now >= before, "the clock went back from {before} to {now}");
}

/// Once more brings every state in order.
fn repaired_in_the_end(collection: &Collection, _: &Stage) {
    collection.ok(&["doctor", "--repair"]);
}

/// Everything that a deed may change, as its export and its history tell it.
fn state(collection: &Collection) -> Value {
    json!([collection.document(), collection.json(&["imports"])])
}

impl Deed {
    fn command(&self, collection: &Collection, steps: usize) -> Command {
        let typed = collection.write("typed.txt", self.typed[..steps].concat());
        let mut command = collection.command(self.args);
        command.stdin(Stdio::from(File::open(typed).unwrap()));
        command
    }

    /// Says how many steps the program has acknowledged.
    fn acknowledged(&self, done: &Done) -> usize {
        match self.typed.len() {
            0 => usize::from(done.status.success()),
            _ => done.text().matches("taken").count(),
        }
    }

    fn stage(&self) -> Stage {
        let start = Collection::new();
        (self.prepare)(&start);
        let steps = 0..=self.typed.len();
        let mut states: Vec<_> = steps
            .map(|steps| {
                let copy = start.copy();
                if steps > 0 {
                    let done = finish(self.command(&copy, steps).spawn().unwrap());
                    assert!(done.status.success(), "{}", done.errors());
                }
                state(&copy)
            })
            .collect();
        if self.typed.is_empty() {
            let copy = start.copy();
            copy.ok(self.args);
            states.push(state(&copy));
        }
        Stage { start, states }
    }

    fn survives(&self, fault: Fault, stage: &Stage) {
        let collection = stage.start.copy();
        let mut command = self.command(&collection, self.typed.len());
        let done = finish(strike(&mut command, &fault).spawn().unwrap());
        let when = format!("{:?} struck by {fault}: {}{}", self.args, done.text(), done.errors());
        let dies = matches!(fault.effect, Effect::Kill | Effect::Tear);
        if !dies {
            let status = done.status.code().unwrap_or_else(|| panic!("killed: {when}"));
            assert!(status <= 1 && !done.errors().contains("panicked"), "{when}");
            assert_eq!(status == 1, done.errors().starts_with("error: "), "{when}");
        }
        let said = self.acknowledged(&done);
        let found = state(&collection);
        let at = stage.states.iter().rposition(|state| *state == found);
        let at = at.unwrap_or_else(|| panic!("neither before nor after: {when}"));
        assert!(at >= said, "{said} acknowledged, {at} found: {when}");
        // Killed between the disk and the screen, one step may be done and not yet said.
        assert!(at <= said + 1 || stage.states[said + 1] == found, "{said}, {at}: {when}");
        (self.aftermath)(&collection, stage);
        if at == 0 {
            let done = finish(self.command(&collection, self.typed.len()).spawn().unwrap());
            assert!(done.status.success(), "once more after {when}: {}", done.errors());
            assert_eq!(state(&collection), *stage.states.last().unwrap(), "once more after {when}");
        }
        collection.ok(&["add", "最后", "last"]);
        collection.assert_healthy(&when);
        assert!(was_killed(done.status) || !dies || said + 1 >= stage.states.len(), "{when}");
    }

    fn survives_every_fault(&self) {
        if !disk::is_there() {
            return;
        }
        let stage = self.stage();
        let copy = stage.start.copy();
        let (done, calls) = calls(&copy, &mut self.command(&copy, self.typed.len()));
        assert!(done.status.success(), "{}", done.errors());
        let mut faults: Vec<_> =
            (1..=calls).flat_map(|nth| EFFECTS.map(|effect| Fault { effect, nth })).collect();
        let all = faults.len();
        let mut chance = Chance::new(calls);
        while faults.len() > cases(10) {
            faults.swap_remove(chance.below(faults.len() as u64) as usize);
        }
        for fault in &faults {
            self.survives(*fault, &stage);
        }
        println!("{:?}: {} of {all} faults", self.args, faults.len());
    }
}

#[test]
fn an_import_survives_every_fault() {
    let args = &["import", "--yes", "words.tsv"];
    Deed { args, typed: &[], prepare: with_answers, aftermath: nothing_else }
        .survives_every_fault();
}

#[test]
fn answers_survive_every_fault() {
    let typed = &["\ngood\n", "\nagain\n", "u\n", "\neasy\n", "\nhard\n", "\ngood\n"];
    let args = &["review", "--plain"];
    Deed { args, typed, prepare: with_answers, aftermath: nothing_else }.survives_every_fault();
}

#[test]
fn undo_survives_every_fault() {
    Deed { args: &["undo"], typed: &[], prepare: with_answers, aftermath: nothing_else }
        .survives_every_fault();
}

#[test]
fn deleting_many_survives_every_fault() {
    let args = &["delete", "--search", "deck:words"];
    Deed { args, typed: &[], prepare: with_answers, aftermath: nothing_else }
        .survives_every_fault();
}

#[test]
fn a_backup_survives_every_fault() {
    let args = &["backup", "-o", "kept.db"];
    Deed { args, typed: &[], prepare: with_answers, aftermath: backup_is_whole }
        .survives_every_fault();
}

#[test]
fn restoring_survives_every_fault() {
    let args = &["restore", "kept.db"];
    Deed { args, typed: &[], prepare: with_backup, aftermath: numbers_go_on }
        .survives_every_fault();
}

#[test]
fn a_repair_survives_every_fault() {
    let args = &["doctor", "--repair"];
    Deed { args, typed: &[], prepare: with_wrong_states, aftermath: repaired_in_the_end }
        .survives_every_fault();
}

#[test]
fn bringing_an_older_collection_up_to_date_survives_every_fault() {
    Deed { args: &["due"], typed: &[], prepare: of_the_first_schema, aftermath: nothing_else }
        .survives_every_fault();
}

#[test]
fn changing_many_notes_survives_every_fault() {
    let args = &["tag", "--add", "seen", "--search", "deck:words"];
    Deed { args, typed: &[], prepare: with_answers, aftermath: nothing_else }
        .survives_every_fault();
}
