//! Where to kill: chance that can be repeated.

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus};

/// SplitMix64: small, and the same on every machine and in every version.
pub struct Chance(u64);

impl Chance {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }
}

/// How many cases a test tries where the suite tries `few`: `TERMDECK_FAULTS` asks for more.
pub fn cases(few: usize) -> usize {
    std::env::var("TERMDECK_FAULTS").map_or(few, |text| text.parse().unwrap())
}

/// Kills the process (SIGKILL) and says whether that ended it, or it had ended before.
pub fn kill(child: &mut Child) -> bool {
    // A process that has ended already cannot be killed: that is no failure.
    let _ = child.kill();
    was_killed(child.wait().unwrap())
}

pub fn was_killed(status: ExitStatus) -> bool {
    status.signal() == Some(9)
}

/// Reads what is left in a pipe after its writer has gone.
pub fn rest(pipe: &mut impl Read, into: &mut Vec<u8>) {
    pipe.read_to_end(into).unwrap();
}
