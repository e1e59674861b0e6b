//! A disk that fails at a chosen call: `disk.c`, put before the C library.
//!
//! It stands outside the program, so the binary under test is the one that is released:
//! every write, sync, truncation, renaming and removal is a named point without a
//! line about it in the sources.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

use crate::collection::{Collection, Done};

/// What happens at the chosen call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The process is gone before the call.
    Kill,
    /// The process is gone in the middle of a write.
    Tear,
    /// There is no room, now and later.
    Full,
    /// The call fails with an input or output error, those after it succeed.
    Broken,
}

pub const EFFECTS: [Effect; 4] = [Effect::Kill, Effect::Tear, Effect::Full, Effect::Broken];

/// A fault: its effect, and the number of the call it comes with, from 1 on.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    pub effect: Effect,
    pub nth: u64,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let effect = format!("{:?}", self.effect).to_lowercase();
        write!(f, "{effect}:{}", self.nth)
    }
}

/// The compiled library; `None` where there is no C compiler to make it.
static LIBRARY: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/disk.c");
    let library = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("termdeck-disk-{}.so", std::process::id()));
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let mut command = Command::new(compiler);
    command.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source);
    let done = command.stdout(Stdio::null()).status();
    done.is_ok_and(|status| status.success()).then_some(library)
});

/// Whether disks can be made to fail here; says so where not.
pub fn is_there() -> bool {
    let is_there = LIBRARY.is_some();
    if !is_there {
        println!("not run: no C compiler made the library that lets the disk fail");
    }
    is_there
}

/// Lets a command meet a fault.
pub fn strike<'a>(command: &'a mut Command, fault: &Fault) -> &'a mut Command {
    under(command).env("TERMDECK_DISK", fault.to_string())
}

fn under(command: &mut Command) -> &mut Command {
    command.env("LD_PRELOAD", LIBRARY.as_ref().expect("asked for before"))
}

/// Runs a command to its end and returns how often it called for the disk.
pub fn calls(collection: &Collection, command: &mut Command) -> (Done, u64) {
    let count = collection.folder().join("calls");
    under(command).env("TERMDECK_DISK_CALLS", &count);
    let done = finish(command.spawn().unwrap());
    let calls = std::fs::read_to_string(count).unwrap().parse().unwrap();
    (done, calls)
}

/// Waits for the end of a process.
pub fn finish(child: Child) -> Done {
    let output = child.wait_with_output().unwrap();
    Done { status: output.status, out: output.stdout, err: output.stderr }
}
