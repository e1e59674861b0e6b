//! Numbers that look random and are the same on every machine.
//!
//! Written out, because the stream of a random-number crate may change.

/// What the state of SplitMix64 grows by: 2^64 by the golden ratio, odd.
pub(super) const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// Returns 64 bits each of which depends on every bit of `z`.
///
/// # Source
/// The output function of SplitMix64 (Steele, Lea, Flood, *Fast splittable pseudorandom
/// number generators*, 2014).
pub(super) const fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_that_of_the_paper() {
        // The first numbers of the reference implementation, seeded with 1234567.
        let numbers = [1, 2, 3].map(|n| mixed(STEP.wrapping_mul(n).wrapping_add(1_234_567)));
        let known =
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!(numbers, known);
    }
}
