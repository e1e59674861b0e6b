//! Workbooks: XLSX and ODS. Each sheet that holds a table of words is read; the others
//! are named with the reason why they are not.

mod number;
mod ods;
mod sheet;
mod table;
#[cfg(test)]
mod tests;
mod xlsx;

use sheet::{Budget, Sheet};

use super::archive::Archive;
use super::delimited::{self, Choice, Given, Known};
use super::detect::no_deck;
use super::{Format, ReadError, ReadOptions, Reading, RowReason};
use crate::domain::watch::{Stage, Watch};

/// What a sheet that is read is called in reports, and why another one is not.
type Refused = (String, String);

/// The sheets of a workbook, and those that are left out.
type Sheets = (Vec<Sheet>, Vec<Refused>);

/// Reads a workbook.
///
/// # Errors
/// [`ReadError::NoDeck`] where no sheet holds a table of words, [`ReadError::Damaged`],
/// [`ReadError::Bomb`], [`ReadError::Cancelled`].
pub fn read(
    bytes: &[u8],
    format: Format,
    options: &ReadOptions,
    watch: &dyn Watch,
) -> Result<Reading, ReadError> {
    read_within(bytes, format, options, watch, Budget::default())
}

/// The same, with so much that is taken at most.
fn read_within(
    bytes: &[u8],
    format: Format,
    options: &ReadOptions,
    watch: &dyn Watch,
    mut budget: Budget,
) -> Result<Reading, ReadError> {
    let mut archive = Archive::open(bytes)?;
    watch.at(Stage::Reading, 0, 0)?;
    let (sheets, mut refused) = if format == Format::Ods {
        ods::sheets(&mut archive, &mut budget, watch)?
    } else {
        xlsx::sheets(&mut archive, &mut budget, watch)?
    };
    let mut reading = Reading::new(format, "UTF-8");
    let mut read: Vec<(Sheet, Reading)> = Vec::new();
    for sheet in sheets {
        let mut one = Reading::new(format, "");
        match rows(&sheet, options, &mut one, watch) {
            Ok(()) if !one.drafts.is_empty() => read.push((sheet, one)),
            Ok(()) => refused.push((sheet.name, "no row has a front and a back".to_owned())),
            Err(ReadError::NoDeck { found, .. }) => refused.push((sheet.name, found)),
            Err(other) => return Err(other),
        }
    }
    if read.is_empty() {
        return Err(nothing(&refused));
    }
    let is_one = read.len() == 1;
    if !is_one || !refused.is_empty() {
        let names: Vec<&str> = read.iter().map(|(sheet, _)| sheet.name.as_str()).collect();
        let s = if is_one { "" } else { "s" };
        reading.reports.push(format!("{} sheet{s} read: {}", names.len(), names.join(", ")));
    }
    if !refused.is_empty() {
        let s = if refused.len() == 1 { "" } else { "s" };
        let list: Vec<String> =
            refused.iter().take(20).map(|(name, why)| format!("{name} ({why})")).collect();
        let report = format!("{} sheet{s} left out: {}", refused.len(), list.join(", "));
        reading.reports.push(report);
    }
    for (sheet, one) in read {
        add(&sheet, one, is_one, &mut reading);
    }
    budget.report(&mut reading);
    Ok(reading)
}

/// Adds what was read of one sheet; of several sheets each says which it is.
fn add(sheet: &Sheet, mut one: Reading, is_one: bool, reading: &mut Reading) {
    if !is_one {
        for draft in &mut one.drafts {
            draft.label(&sheet.name);
        }
        for warning in &mut one.warnings {
            warning.message = format!("sheet {}: {}", sheet.name, warning.message);
        }
        for row in &mut one.rejected {
            row.reason = RowReason::Other(format!("sheet {}: {}", sheet.name, row.reason));
        }
        for report in &mut one.reports {
            *report = format!("{report} (sheet {})", sheet.name);
        }
    }
    reading.drafts.append(&mut one.drafts);
    reading.rejected.append(&mut one.rejected);
    reading.warnings.append(&mut one.warnings);
    reading.reports.append(&mut one.reports);
}

/// Returns the refusal of a workbook of which no sheet could be read.
fn nothing(refused: &[Refused]) -> ReadError {
    let found = match refused {
        [] => "a workbook without a filled sheet".to_owned(),
        [(name, why)] => format!("a workbook with one sheet, {name}: {why}"),
        all => {
            let list: Vec<String> =
                all.iter().take(5).map(|(name, why)| format!("{name}: {why}")).collect();
            format!("a workbook without a table of words ({})", list.join("; "))
        }
    };
    no_deck(found)
}

/// Reads the rows of one sheet.
fn rows(
    sheet: &Sheet,
    options: &ReadOptions,
    reading: &mut Reading,
    watch: &dyn Watch,
) -> Result<(), ReadError> {
    let place = table::find(sheet, options).map_err(no_deck)?;
    if place.rows_above > 0 {
        reading.count(
            place.rows_above,
            "row above the table left out",
            "rows above the table left out",
        );
    }
    let choice = Choice::given(place.width);
    let known = Known { html: true, ..Known::default() };
    let rows = (place.first_row..sheet.len()).map(|row| {
        (sheet.line(row), sheet.cells(row).skip(place.first_column).map(Into::into).collect())
    });
    delimited::table(&mut Given(rows), &choice, options, &known, reading, watch)
}
