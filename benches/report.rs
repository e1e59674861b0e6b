//! What was measured, beside its floor and its budget.

use std::path::{Path, PathBuf};

/// One piece of work in the table.
pub struct Line {
    /// Name of its group.
    pub group: &'static str,
    /// Name of the bench of the library.
    pub ours: &'static str,
    /// Name of the bench of the floor, where there is one to compare with.
    pub floor: Option<&'static str>,
    /// What it may take.
    pub budget: Budget,
}

/// What a piece of work may take.
#[derive(Clone, Copy)]
pub struct Budget {
    /// The number.
    pub most: f64,
    /// What it counts: milliseconds, or times its floor.
    pub unit: &'static str,
}

/// The unit of a budget that is a ratio.
const OF_FLOOR: &str = "x";

/// Returns where the measurements are kept.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("criterion")
}

/// Prints the medians of the last run, each beside its floor.
pub fn print(lines: &[Line]) {
    println!("\n{:<44} {:>10} {:>10} {:>7} {:>10}", "median", "floor", "ours", "ratio", "budget");
    for line in lines {
        let Some(ours) = median_ms(line.group, line.ours) else { continue };
        let floor = line.floor.and_then(|floor| median_ms(line.group, floor));
        let Budget { most, unit } = line.budget;
        let is_kept = match unit {
            OF_FLOOR => floor.is_some_and(|floor| ours <= floor * most),
            _ => ours <= most,
        };
        let budget = format!("{most} {unit}");
        let verdict = if is_kept { "" } else { "  missed" };
        let ratio = floor.map_or(String::from("-"), |floor| format!("{:.2}", ours / floor));
        let floor = floor.map_or(String::from("-"), shown);
        let work = format!("{}: {}", line.group, line.floor.unwrap_or("no floor"));
        println!("{work:<44} {floor:>10} {:>10} {ratio:>7} {budget:>10}{verdict}", shown(ours));
    }
}

fn shown(ms: f64) -> String {
    if ms < 10.0 { format!("{ms:.3} ms") } else { format!("{ms:.0} ms") }
}

/// Returns the median of a bench in milliseconds.
fn median_ms(group: &str, bench: &str) -> Option<f64> {
    let path = folder().join(group).join(bench).join("new").join("estimates.json");
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
    Some(json["median"]["point_estimate"].as_f64()? / 1e6)
}
