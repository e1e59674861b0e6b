//! The sheets of an XLSX workbook.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::Sheets;
use super::sheet::{Budget, MAX_ROWS, Sheet};
use crate::domain::watch::{Stage, Watch};
use crate::import::ReadError;
use crate::import::detect::no_deck;

/// Cells between two reports of how far it is.
const STEP: usize = 1 << 16;

/// Dates after the year 9999 are none.
const LAST_DATE: f64 = 2_958_466.0;

/// Returns the sheets with their text, and those that are left out.
pub(super) fn sheets(
    bytes: &[u8],
    budget: &mut Budget,
    watch: &dyn Watch,
) -> Result<Sheets, ReadError> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let (mut sheets, mut refused) = (Vec::new(), Vec::new());
    for meta in book.sheets_metadata().to_vec() {
        if meta.typ != SheetType::WorkSheet {
            refused.push((meta.name, "no worksheet".to_owned()));
            continue;
        }
        if meta.visible != SheetVisible::Visible {
            refused.push((meta.name, "hidden".to_owned()));
            continue;
        }
        let mut cells = book.worksheet_cells_reader(&meta.name).map_err(|e| damaged(&e))?;
        let mut sheet = Sheet::new(meta.name);
        let mut count = 0_usize;
        while let Some(cell) = cells.next_cell().map_err(|error| damaged(&error))? {
            count += 1;
            if count.is_multiple_of(STEP) {
                watch.at(Stage::Reading, count, 0)?;
            }
            let (row, column) = cell.get_position();
            if row >= MAX_ROWS {
                return Err(ReadError::Damaged(format!("a row with the number {row}")));
            }
            let place = (row, column as usize);
            match cell.get_value() {
                DataRef::SharedString(text) => sheet.push(place, text, budget)?,
                DataRef::Error(_) => budget.errors += 1,
                value => sheet.push(place, &text(value), budget)?,
            }
        }
        sheets.push(sheet);
    }
    Ok((sheets, refused))
}

/// Returns a value as a person would write it.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.replace("\r\n", "\n"),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => super::sheet::number(*number),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTimeIso(text) => super::sheet::date(text),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::DateTime(date) => {
            let days = date.as_f64();
            if !(0.0..LAST_DATE).contains(&days) {
                return super::sheet::number(days);
            }
            if date.is_duration() {
                let seconds = (days * 86_400.0).round() as u64;
                let (hours, rest) = (seconds / 3600, seconds % 3600);
                return format!("{hours}:{:02}:{:02}", rest / 60, rest % 60);
            }
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            let time = match (hour, minute, second) {
                (0, 0, 0) => String::new(),
                (_, _, 0) => format!("{hour:02}:{minute:02}"),
                _ => format!("{hour:02}:{minute:02}:{second:02}"),
            };
            if days < 1.0 && !time.is_empty() {
                return time;
            }
            format!("{year:04}-{month:02}-{day:02} {time}").trim_end().to_owned()
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn damaged(error: &XlsxError) -> ReadError {
    match error {
        XlsxError::Password => no_deck("a workbook protected by a password"),
        other => ReadError::Damaged(other.to_string()),
    }
}
