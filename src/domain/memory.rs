//! What FSRS holds of a card's memory, and what it knows of the learner's.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Day;

/// A card's memory as FSRS holds it: a cache of the fold over the card's log.
///
/// Of single precision, although it is computed in double: so machines whose
/// mathematical functions differ in the last bit agree all the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// Days after which nine of ten such cards are still remembered, 0.001 to 36 500.
    pub stability: f32,
    /// How hard the card is, 1 to 10.
    pub difficulty: f32,
    /// The study day of the answer that made it so.
    pub day: Day,
}

impl Memory {
    /// Whether two caches say the same, up to what rounding on different machines
    /// can come to.
    #[must_use]
    pub fn is_near(&self, other: &Self) -> bool {
        let near = |a: f32, b: f32| (a - b).abs() <= 1e-3 * a.abs().max(1.0);
        self.day == other.day
            && near(self.stability, other.stability)
            && near(self.difficulty, other.difficulty)
    }
}

/// The lowest and the highest value of each parameter.
///
/// # Source
/// The bounds that the optimiser of open-spaced-repetition keeps (fsrs-rs 6.6).
const BOUNDS: [(f32, f32); Parameters::COUNT] = [
    (0.001, 100.0),
    (0.001, 100.0),
    (0.001, 100.0),
    (0.001, 100.0),
    (1.0, 10.0),
    (0.001, 4.0),
    (0.001, 4.0),
    (0.001, 0.75),
    (0.0, 4.5),
    (0.0, 0.8),
    (0.001, 3.5),
    (0.001, 5.0),
    (0.001, 0.25),
    (0.001, 0.9),
    (0.0, 4.0),
    (0.0, 1.0),
    (1.0, 6.0),
    (0.0, 2.0),
    (0.0, 2.0),
    (0.0, 0.8),
    (0.1, 0.8),
];

/// The parameters of FSRS-6, each within its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f32; Self::COUNT]")]
pub struct Parameters([f32; Self::COUNT]);

impl Parameters {
    /// How many there are.
    pub const COUNT: usize = 21;

    /// Those that fit the average learner.
    ///
    /// # Source
    /// open-spaced-repetition, *The Algorithm*, FSRS-6.
    pub const DEFAULT: Self = Self([
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
        1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
    ]);

    /// Returns the `nth` parameter, counted from 0.
    #[must_use]
    pub const fn at(&self, nth: usize) -> f64 {
        self.0[nth] as f64
    }
}

impl Default for Parameters {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What is beyond a bound becomes the bound.
impl From<[f32; Self::COUNT]> for Parameters {
    fn from(mut values: [f32; Self::COUNT]) -> Self {
        for (value, (low, high)) in values.iter_mut().zip(BOUNDS) {
            *value = value.clamp(low, high);
        }
        Self(values)
    }
}

/// Returns the parameters that numbers with commas or blanks between them mean.
impl FromStr for Parameters {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("FSRS takes {} numbers, such as: {}", Self::COUNT, Self::DEFAULT);
        let numbers: Vec<f32> = text
            .split([',', ' ', '[', ']'])
            .filter(|number| !number.is_empty())
            .map(|number| number.parse::<f32>().ok().filter(|number| number.is_finite()))
            .collect::<Option<_>>()
            .ok_or_else(wrong)?;
        <[f32; Self::COUNT]>::try_from(numbers).map(Self::from).map_err(|_| wrong())
    }
}

impl fmt::Display for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, value) in self.0.iter().enumerate() {
            let comma = if nth == 0 { "" } else { ", " };
            write!(f, "{comma}{value}")?;
        }
        Ok(())
    }
}

/// The parameters of a deck, and where they come from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fitted {
    /// The parameters.
    pub values: Parameters,
    /// How they were fitted to the log; absent where they were given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<Fit>,
}

/// How well parameters did on reviews that they were not fitted to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// The study day on which they were fitted.
    pub day: Day,
    /// Reviews that they were fitted to and scored on.
    pub reviews: u32,
    /// Their log loss on the later reviews.
    pub log_loss: f64,
    /// That of [`Parameters::DEFAULT`] on the same.
    pub default_log_loss: f64,
}

/// Parameters that were given and not fitted.
impl From<Parameters> for Fitted {
    fn from(values: Parameters) -> Self {
        Self { values, fit: None }
    }
}

#[cfg(test)]
impl Parameters {
    /// Those of a learner who forgets otherwise than the average, for tests.
    pub const OTHERS: Self = Self([
        0.9, 2.5, 6.0, 30.0, 5.5, 0.6, 2.0, 0.02, 1.3, 0.3, 0.6, 2.2, 0.1, 0.4, 1.2, 0.4, 2.5, 0.6,
        0.3, 0.1, 0.35,
    ]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_as_they_are_written() {
        let default = Parameters::DEFAULT;
        assert_eq!(default.to_string().parse(), Ok(default));
        let json = serde_json::to_string(&default).unwrap();
        assert_eq!(json.parse(), Ok(default), "a list as other programs show it");
        assert_eq!(serde_json::from_str::<Parameters>(&json).unwrap(), default);
        for wrong in
            ["", "1, 2, 3", &format!("{default}, 1"), &default.to_string().replace("0.212", "NaN")]
        {
            assert!(wrong.parse::<Parameters>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn parameters_stay_within_their_bounds() {
        let far = Parameters::from([1e9; Parameters::COUNT]);
        assert_eq!((far.at(0), far.at(4), far.at(20)), (100.0, 10.0, f64::from(0.8_f32)));
        let near = Parameters::from([-1e9; Parameters::COUNT]);
        assert_eq!((near.at(0), near.at(8)), (f64::from(0.001_f32), 0.0));
        assert_eq!(Parameters::from(Parameters::DEFAULT.0), Parameters::DEFAULT);
    }

    #[test]
    fn caches_of_two_machines_differ_in_rounding_alone() {
        let memory = |stability, difficulty, day| Memory { stability, difficulty, day: Day(day) };
        let here = memory(250.0, 5.0, 1);
        assert!(here.is_near(&memory(250.1, 5.000_1, 1)));
        for other in [memory(251.0, 5.0, 1), memory(250.0, 5.1, 1), memory(250.0, 5.0, 2)] {
            assert!(!here.is_near(&other), "{other:?}");
        }
    }
}
