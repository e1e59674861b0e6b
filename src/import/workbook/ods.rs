//! The sheets of an OpenDocument spreadsheet.
//!
//! Read here and not by a library: a few bytes may repeat a cell or a row a million
//! times, and how often they are taken has to be bounded.
//!
//! # Source
//! OASIS Open Document Format for Office Applications 1.3, part 3, chapter 9.

use std::collections::HashSet;
use std::ops::Range;

use super::Sheets;
use super::number::{date, number};
use super::sheet::{Budget, MAX_COLUMNS, MAX_ROWS, Sheet};
use crate::domain::watch::{Stage, Watch};
use crate::import::ReadError;
use crate::import::archive::Archive;
use crate::import::detect::no_deck;
use crate::import::encoding;
use crate::import::xml::{Element, Fault, Node, Piece, Xml};

/// Rows between two reports of how far it is.
const STEP: usize = 1024;

/// Returns the sheets with their text, and those that are left out.
pub(super) fn sheets(
    archive: &mut Archive<'_>,
    budget: &mut Budget,
    watch: &dyn Watch,
) -> Result<Sheets, ReadError> {
    if let Some(manifest) = archive.read("META-INF/manifest.xml")?
        && String::from_utf8_lossy(&manifest).contains("encryption-data")
    {
        return Err(no_deck("a workbook protected by a password"));
    }
    let content = archive.read("content.xml")?.unwrap_or_default();
    let content = encoding::decode(&content, None)?.text;
    let mut xml = Xml::new(&content);
    let mut reader = Reader { xml: &mut xml, hidden: HashSet::new(), style: None };
    let found = reader.sheets(budget, watch)?;
    found.ok_or_else(|| no_deck("an OpenDocument file that is no spreadsheet"))
}

/// Reads `content.xml`.
struct Reader<'x, 'a> {
    xml: &'x mut Xml<'a>,
    /// Styles of tables that are not shown.
    hidden: HashSet<String>,
    /// The style that is being read.
    style: Option<String>,
}

impl Reader<'_, '_> {
    /// Returns the sheets, or `None` where the document is no spreadsheet.
    fn sheets(
        &mut self,
        budget: &mut Budget,
        watch: &dyn Watch,
    ) -> Result<Option<Sheets>, ReadError> {
        let (mut sheets, mut refused) = (Vec::new(), Vec::new());
        let mut is_spreadsheet = false;
        loop {
            let open = match self.xml.next_piece().map_err(|fault| damaged(&fault))? {
                Piece::Open(open) => open,
                Piece::End => break,
                Piece::Close(_) | Piece::Text(_) => continue,
            };
            match open.name() {
                "spreadsheet" => is_spreadsheet = true,
                "style" => self.style = open.attribute("name"),
                "table-properties" if open.attribute("display").as_deref() == Some("false") => {
                    self.hidden.extend(self.style.take());
                }
                "table" if is_spreadsheet => {
                    let name = open.attribute("name").unwrap_or_else(|| "unnamed".to_owned());
                    let style = open.attribute("style-name");
                    let sheet = self.sheet(name, budget, watch)?;
                    if style.is_some_and(|style| self.hidden.contains(&style)) {
                        refused.push((sheet.name, "hidden".to_owned()));
                    } else {
                        sheets.push(sheet);
                    }
                }
                _ => {}
            }
        }
        Ok(is_spreadsheet.then_some((sheets, refused)))
    }

    /// Reads up to the end of the table that was opened.
    fn sheet(
        &mut self,
        name: String,
        budget: &mut Budget,
        watch: &dyn Watch,
    ) -> Result<Sheet, ReadError> {
        let mut sheet = Sheet::new(name);
        let (mut row, mut rows) = (0_u32, 0_usize);
        loop {
            match self.xml.next_piece().map_err(|fault| damaged(&fault))? {
                Piece::Open(open) if open.name() == "table-row" => {
                    rows += 1;
                    if rows.is_multiple_of(STEP) {
                        watch.at(Stage::Reading, row as usize, 0)?;
                    }
                    let element = self.xml.whole(open).map_err(|fault| damaged(&fault))?;
                    let times = repeated(&element, "number-rows-repeated");
                    let cells = cells(&element, budget);
                    if !cells.is_empty() {
                        for again in 0..times.min(MAX_ROWS.saturating_sub(row)) {
                            for (columns, text) in &cells {
                                for column in columns.clone() {
                                    sheet.push((row + again, column), text, budget)?;
                                }
                            }
                        }
                    }
                    row = row.saturating_add(times);
                }
                // A table that is drawn into the sheet, with rows of its own.
                Piece::Open(open) if open.name() == "shapes" => {
                    self.xml.whole(open).map_err(|fault| damaged(&fault))?;
                }
                Piece::Close(name) if name == "table" => return Ok(sheet),
                Piece::End => return Ok(sheet),
                Piece::Open(_) | Piece::Close(_) | Piece::Text(_) => {}
            }
        }
    }
}

/// Returns how often an element stands for itself.
fn repeated(element: &Element<'_>, attribute: &str) -> u32 {
    element.attribute(attribute).and_then(|times| times.parse().ok()).unwrap_or(1).max(1)
}

/// Returns the filled cells of a row, each with the columns that it fills.
fn cells(row: &Element<'_>, budget: &mut Budget) -> Vec<(Range<usize>, String)> {
    let mut cells = Vec::new();
    let mut column = 0_usize;
    for cell in row.children() {
        if !matches!(cell.name(), "table-cell" | "covered-table-cell") {
            continue;
        }
        let first = column;
        column = column.saturating_add(repeated(cell, "number-columns-repeated") as usize);
        let text = text(cell, budget);
        if text.is_empty() {
            continue;
        }
        if first < MAX_COLUMNS {
            cells.push((first..column.min(MAX_COLUMNS), text));
        } else {
            budget.left_out += 1;
        }
    }
    cells
}

/// Returns the text of a cell as a person would write it.
fn text(cell: &Element<'_>, budget: &mut Budget) -> String {
    let shown = shown(cell);
    let value = |name| cell.attribute(name);
    match value("value-type").as_deref() {
        Some("float") => {
            let value = value("value").and_then(|value| value.parse().ok()).map(number);
            value.unwrap_or(shown)
        }
        Some("date") => value("date-value").map_or(shown, |value| date(&value)),
        // What is shown of money, shares and times carries their unit.
        _ if is_error(&shown) && value("formula").is_some() => {
            budget.errors += 1;
            String::new()
        }
        _ if shown.is_empty() => value("string-value").unwrap_or_default(),
        _ => shown,
    }
}

/// Whether a formula shows that it failed.
fn is_error(shown: &str) -> bool {
    shown.starts_with("Err:") || (shown.starts_with('#') && shown.ends_with(['!', '?', 'A']))
}

/// Returns the paragraphs of a cell, one a line, without notes on it.
fn shown(cell: &Element<'_>) -> String {
    let mut out = String::new();
    for paragraph in cell.children().filter(|child| child.name() == "p") {
        if !out.is_empty() {
            out.push('\n');
        }
        write(paragraph, &mut out);
    }
    out.trim().to_owned()
}

fn write(element: &Element<'_>, out: &mut String) {
    for node in &element.nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(inner) => match inner.name() {
                "s" => {
                    let blanks = repeated(inner, "c").min(100) as usize;
                    out.extend(std::iter::repeat_n(' ', blanks));
                }
                "tab" => out.push('\t'),
                "line-break" => out.push('\n'),
                "annotation" | "note" | "ruby-text" => {}
                _ => write(inner, out),
            },
        }
    }
}

fn damaged(fault: &Fault) -> ReadError {
    ReadError::Damaged(format!("content.xml, line {}: {}", fault.line, fault.message))
}
