//! Where in a sheet the table is, and whether it is one of words.

use super::sheet::Sheet;
use crate::import::ReadOptions;
use crate::import::delimited::header;
use crate::import::machine::LEDGER;

/// Rows in which the names of the columns are looked for.
const TOP: usize = 25;

/// Rows by which a sheet is judged.
const SAMPLE: usize = 300;

/// Names of days and months, by their first letters.
const CALENDAR: &[&str] = &[
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
    "周一",
    "周二",
    "周三",
    "周四",
    "周五",
    "周六",
    "周日",
    "星期一",
    "星期二",
    "星期三",
    "星期四",
    "星期五",
    "星期六",
    "星期日",
    "月曜",
    "火曜",
    "水曜",
    "木曜",
    "金曜",
    "土曜",
    "日曜",
];

/// The rows and columns of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The first row, among those that are filled.
    pub first_row: usize,
    /// Filled rows above it.
    pub rows_above: usize,
    /// The first column, from 0.
    pub first_column: usize,
    /// Columns of the table.
    pub width: usize,
}

/// Returns where the table is, or what the sheet seems to be instead.
pub(super) fn find(sheet: &Sheet, options: &ReadOptions) -> Result<Place, String> {
    if sheet.len() == 0 {
        return Err("an empty sheet".to_owned());
    }
    let top = sheet.len().min(TOP);
    let cells = |row: usize| sheet.cells(row).collect::<Vec<_>>();
    let filled = |row: usize| sheet.cells(row).filter(|cell| !cell.is_empty()).count();
    // A row of known names; without one, the first row as wide as most.
    let named = if options.no_header {
        None
    } else {
        (0..top).find(|row| header::names(&cells(*row), Some(&cells(row + 1))).is_some())
    };
    let sample = sheet.len().min(SAMPLE);
    let wide = (0..sample).filter(|row| filled(*row) >= 2).count();
    let first_row = named.unwrap_or_else(|| {
        if wide * 2 > sample { (0..top).find(|row| filled(*row) >= 2).unwrap_or(0) } else { 0 }
    });
    let rows = first_row..sheet.len().min(first_row + SAMPLE);
    // What the learner says of the columns counts from the sheet's first one.
    let first_column = if options.columns.is_some() {
        0
    } else {
        let first = |row| sheet.cells(row).position(|cell| !cell.is_empty());
        rows.clone().filter_map(first).min().unwrap_or(0)
    };
    let width = rows.clone().map(|row| sheet.cells(row).count()).max().unwrap_or(0);
    let width = width.saturating_sub(first_column);
    let place = Place { first_row, rows_above: first_row, first_column, width };
    if options.columns.is_some() {
        return Ok(place);
    }
    if width < 2 || wide == 0 {
        return Err("a sheet with one column".to_owned());
    }
    if named.is_none() && is_calendar(sheet, top) {
        return Err("a calendar".to_owned());
    }
    if named.is_none() && is_ledger(&cells(first_row), top, sheet) {
        return Err("a table of numbers and dates".to_owned());
    }
    Ok(place)
}

/// Whether a row at the top names most days of a week or months of a year.
fn is_calendar(sheet: &Sheet, top: usize) -> bool {
    let is_day = |cell: &str| {
        let lower = cell.trim().to_lowercase();
        CALENDAR.iter().any(|name| lower.starts_with(name)) && lower.chars().count() <= 12
    };
    let days = |row: usize| sheet.cells(row).filter(|cell| is_day(cell)).count();
    (0..top).any(|row| days(row) >= 5)
}

/// Whether the columns are named like those of accounts and lists of people, or are mostly
/// amounts and dates.
fn is_ledger(names: &[&str], top: usize, sheet: &Sheet) -> bool {
    let is_ledger = |cell: &&&str| LEDGER.contains(&cell.trim().to_lowercase().as_str());
    let named = names.iter().filter(is_ledger).count();
    if named >= 2 {
        return true;
    }
    let (mut amounts, mut texts) = (0_usize, 0_usize);
    for cell in (1..sheet.len().min(top * 4)).flat_map(|row| sheet.cells(row)) {
        if is_amount(cell) {
            amounts += 1;
        } else if !cell.is_empty() && !cell.bytes().all(|b| b.is_ascii_digit()) {
            texts += 1;
        }
    }
    amounts > 0 && (amounts * 2 > texts || named > 0)
}

/// Whether a cell is a date or an amount with decimals or a currency.
fn is_amount(cell: &str) -> bool {
    let has_digit = cell.bytes().any(|b| b.is_ascii_digit());
    let is_plain = |c: char| c.is_ascii_digit() || " .,:-/%+$€£¥元".contains(c);
    has_digit && cell.chars().all(is_plain) && !cell.bytes().all(|b| b.is_ascii_digit())
}
