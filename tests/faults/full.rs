//! A disk without room, and a limit on the size of files: the error is clear, nothing
//! that was acknowledged is lost, and with room it goes on.

use std::path::Path;
use std::process::{Command, Stdio};

use super::deeds::{ANSWERS, BACKUP, Deed, IMPORT, RESTORE, typed_in};
use super::disk::finish;
use super::moments::{Chance, cases};
use crate::collection::{Collection, Done};

const DEEDS: [Deed; 4] = [IMPORT, ANSWERS, BACKUP, RESTORE];

/// A small disk in memory; gone afterwards.
struct Disk {
    folder: tempfile::TempDir,
}

impl Disk {
    /// Returns one, where the system lets a test have it.
    fn new() -> Option<Self> {
        let disk = Self { folder: tempfile::tempdir().unwrap() };
        let is_there = disk.mount(&["-t", "tmpfs", "tmpfs"], "size=64m");
        if !is_there {
            println!("not run: only root can make a disk that fills up");
        }
        is_there.then_some(disk)
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn mount(&self, args: &[&str], options: &str) -> bool {
        let mut command = Command::new("mount");
        command.args(["-o", options]).args(args).arg(self.path());
        command.output().is_ok_and(|done| done.status.success())
    }

    fn set_size(&self, kib: u64) {
        assert!(self.mount(&[], &format!("remount,size={kib}k")), "no disk of {kib} KiB");
    }

    fn used_kib(&self) -> u64 {
        let done = Command::new("du").args(["-sk"]).arg(self.path()).output().unwrap();
        let text = String::from_utf8(done.stdout).unwrap();
        text.split_whitespace().next().unwrap().parse().unwrap()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Nothing is lost where it stays: it lives in memory.
        let _ = Command::new("umount").arg(self.path()).status();
    }
}

/// Asserts that a command that failed says that the disk did not do it.
fn assert_clear(done: &Done, when: &str) {
    if !done.status.success() {
        let errors = done.errors().to_lowercase();
        let words = ["the disk is full", "the disk failed", "no space left", "file too large"];
        assert!(words.iter().any(|word| errors.contains(word)), "{when}: {errors}");
        assert_eq!(done.status.code(), Some(1), "{when}: {errors}");
    }
}

#[test]
fn a_disk_that_fills_up_costs_nothing_that_was_acknowledged() {
    let Some(disk) = Disk::new() else { return };
    let mut chance = Chance::new(0xd15c);
    let mut failed = 0;
    for deed in &DEEDS {
        let stage = deed.stage();
        for _ in 0..cases(3) {
            disk.set_size(65_536);
            let collection = stage.start.copy_to(Collection::within(disk.path()));
            let mut command = deed.command(&collection, usize::MAX);
            let room = chance.below(400);
            disk.set_size(disk.used_kib() + room);
            let done = finish(command.spawn().unwrap());
            disk.set_size(65_536);
            let when = format!("{:?} with {room} KiB left", deed.args);
            assert_clear(&done, &when);
            failed += usize::from(!done.status.success());
            deed.judge(&collection, &stage, &done, false, &format!("{room} KiB left"));
        }
    }
    println!("{failed} of {} ran out of room", DEEDS.len() * cases(3));
}

#[test]
fn a_limit_on_the_size_of_files_costs_nothing_that_was_acknowledged() {
    let mut chance = Chance::new(0x5128);
    let mut failed = 0;
    for deed in &DEEDS {
        let stage = deed.stage();
        for _ in 0..cases(3) {
            let collection = stage.start.copy();
            let command = deed.command(&collection, usize::MAX);
            let blocks = chance.below(500);
            let mut limited = Command::new("sh");
            limited.args(["-c", &format!("ulimit -f {blocks}; exec \"$0\" \"$@\"")]);
            limited.arg(command.get_program()).args(command.get_args());
            for (name, value) in command.get_envs() {
                if let Some(value) = value {
                    limited.env(name, value);
                }
            }
            limited.current_dir(collection.folder());
            limited.stdin(typed_in(&collection));
            limited.stdout(Stdio::piped()).stderr(Stdio::piped());
            let done = finish(limited.spawn().unwrap());
            assert_clear(&done, &format!("{:?} under {blocks} blocks", deed.args));
            failed += usize::from(!done.status.success());
            deed.judge(&collection, &stage, &done, false, &format!("{blocks} blocks"));
        }
    }
    println!("{failed} of {} met the limit", DEEDS.len() * cases(3));
}
