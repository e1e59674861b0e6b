//! Values of options that are read with a message of our own.

use std::str::FromStr;

use chrono::{DateTime, FixedOffset};

/// Reads a moment.
pub fn moment(text: &str) -> Result<DateTime<FixedOffset>, String> {
    let wrong = |_| format!("`{text}` is no moment (write it as 2026-11-23T12:00:00Z)");
    DateTime::parse_from_rfc3339(text).map_err(wrong)
}

/// Reads a number that is not negative.
pub fn number<N: FromStr>(text: &str) -> Result<N, String> {
    text.parse().map_err(|_| format!("`{text}` is no whole number from 0 on"))
}
