//! The sheets of an XLSX workbook.
//!
//! Read here and not by a library: what a hostile workbook makes a reader unpack, repeat
//! or count has to be bounded everywhere.
//!
//! # Source
//! ECMA-376, Office Open XML File Formats, part 1, chapter 18 (SpreadsheetML).

use std::borrow::Cow;
use std::collections::HashMap;

use super::Sheets;
use super::number::{Shape, Shapes, date, number};
use super::sheet::{Budget, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, Sheet, Texts};
use crate::domain::watch::{Stage, Watch};
use crate::import::archive::Archive;
use crate::import::xml::{Element, Fault, Piece, Xml};
use crate::import::{ReadError, encoding};

/// Cells between two reports of how far it is.
const STEP: usize = 1 << 14;

/// What a part of the workbook is related to, by the end of the relation's type.
type Relations = HashMap<String, (String, String)>;

/// Returns the sheets with their text, and those that are left out.
pub(super) fn sheets(
    archive: &mut Archive<'_>,
    budget: &mut Budget,
    watch: &dyn Watch,
) -> Result<Sheets, ReadError> {
    let package = &mut Package::of(archive);
    let root = relations(package, "")?;
    let book = root.into_values().find(|(kind, _)| kind == "officeDocument");
    let book = book.map_or_else(|| "xl/workbook.xml".to_owned(), |(_, target)| target);
    let related = relations(package, &book)?;
    // A part that is not named lies where it always does.
    let target = |kind: &str| {
        let found = related.values().find(|(found, _)| found == kind);
        found.map_or_else(|| format!("xl/{kind}.xml"), |(_, target)| target.clone())
    };
    let mut context = Context {
        strings: strings(package, &target("sharedStrings"), budget, watch)?,
        shapes: shapes(package, &target("styles"))?,
        is_1904: false,
    };
    let list = book_sheets(package, &book, &mut context, budget)?;
    let (mut sheets, mut refused) = (Vec::new(), Vec::new());
    for listed in list {
        watch.at(Stage::Reading, sheets.len() + refused.len(), 0)?;
        let part = related.get(&listed.relation).filter(|(kind, _)| kind == "worksheet");
        if listed.is_hidden {
            refused.push((listed.name, "hidden".to_owned()));
        } else if let Some((_, part)) = part {
            sheets.push(sheet(package, listed.name, part, &context, budget, watch)?);
        } else {
            refused.push((listed.name, "no worksheet".to_owned()));
        }
    }
    Ok((sheets, refused))
}

/// What the cells of all sheets refer to.
struct Context {
    strings: Texts,
    shapes: Shapes,
    /// Whether dates count from 1904.
    is_1904: bool,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    relation: String,
    is_hidden: bool,
}

/// The archive, and what its parts are called there.
struct Package<'a, 'b> {
    archive: &'a mut Archive<'b>,
    /// By their plain names.
    names: HashMap<String, String>,
}

impl<'a, 'b> Package<'a, 'b> {
    fn of(archive: &'a mut Archive<'b>) -> Self {
        let mut names = HashMap::new();
        for name in archive.names() {
            names.entry(plain(&name)).or_insert_with(|| name.into_owned());
        }
        Self { archive, names }
    }
}

/// Returns the name of a part as it is compared: some writers are careless about case
/// and slashes.
fn plain(name: &str) -> String {
    name.replace('\\', "/").to_ascii_lowercase()
}

/// A part of the package, unpacked.
struct Part {
    name: String,
    text: String,
}

impl Part {
    /// Unpacks a part; `None` where there is none of this name.
    fn open(package: &mut Package<'_, '_>, name: &str) -> Result<Option<Self>, ReadError> {
        let Some(found) = package.names.get(&plain(name)) else { return Ok(None) };
        let Some(bytes) = package.archive.read(found)? else { return Ok(None) };
        let text = encoding::decode(&bytes, None)?.text.into_owned();
        Ok(Some(Self { name: name.to_owned(), text }))
    }

    /// Returns the next element that starts, or the end of one by its name.
    fn next<'a>(&self, xml: &mut Xml<'a>) -> Result<Option<Step<'a>>, ReadError> {
        loop {
            match xml.next_piece().map_err(|fault| self.damaged(&fault))? {
                Piece::Open(open) => return Ok(Some(Step::Open(open))),
                Piece::Close(name) => return Ok(Some(Step::Close(name))),
                Piece::Text(_) => {}
                Piece::End => return Ok(None),
            }
        }
    }

    fn whole<'a>(&self, xml: &mut Xml<'a>, open: Element<'a>) -> Result<Element<'a>, ReadError> {
        xml.whole(open).map_err(|fault| self.damaged(&fault))
    }

    fn damaged(&self, fault: &Fault) -> ReadError {
        ReadError::Damaged(format!("{}, line {}: {}", self.name, fault.line, fault.message))
    }
}

/// What a part is made of, apart from text between its elements.
enum Step<'a> {
    Open(Element<'a>),
    Close(String),
}

/// Returns what a part (or, without a name, the package) is related to, by the ids.
fn relations(package: &mut Package<'_, '_>, of: &str) -> Result<Relations, ReadError> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let slash = if folder.is_empty() { "" } else { "/" };
    let mut relations = HashMap::new();
    let Some(part) = Part::open(package, &format!("{folder}{slash}_rels/{file}.rels"))? else {
        return Ok(relations);
    };
    let mut xml = Xml::new(&part.text);
    while let Some(step) = part.next(&mut xml)? {
        if let Step::Open(open) = step
            && open.name() == "Relationship"
            && let (Some(id), Some(kind), Some(target)) =
                (open.attribute("Id"), open.attribute("Type"), open.attribute("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            relations.insert(id, (kind, resolved(folder, &target)));
        }
    }
    Ok(relations)
}

/// Returns the name of a part that is given from a folder on.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = path.pop(),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// Reads the list of sheets.
fn book_sheets(
    package: &mut Package<'_, '_>,
    name: &str,
    context: &mut Context,
    budget: &mut Budget,
) -> Result<Vec<Listed>, ReadError> {
    let missing = || ReadError::Damaged(format!("{name} is missing"));
    let part = Part::open(package, name)?.ok_or_else(missing)?;
    let mut xml = Xml::new(&part.text);
    let mut sheets = Vec::new();
    while let Some(step) = part.next(&mut xml)? {
        let Step::Open(open) = step else { continue };
        match open.name() {
            "workbookPr" => {
                let date1904 = open.attribute("date1904");
                context.is_1904 = date1904.is_some_and(|value| value == "1" || value == "true");
            }
            "sheet" if sheets.len() == MAX_SHEETS => budget.sheets += 1,
            "sheet" => sheets.push(Listed {
                name: open.attribute("name").unwrap_or_else(|| "unnamed".to_owned()),
                relation: open.attribute("id").unwrap_or_default(),
                is_hidden: open.attribute("state").is_some_and(|state| state != "visible"),
            }),
            _ => {}
        }
    }
    Ok(sheets)
}

/// Reads the texts that cells share.
fn strings(
    package: &mut Package<'_, '_>,
    name: &str,
    budget: &mut Budget,
    watch: &dyn Watch,
) -> Result<Texts, ReadError> {
    let mut texts = Texts::default();
    let Some(part) = Part::open(package, name)? else { return Ok(texts) };
    let mut xml = Xml::new(&part.text);
    let mut count = 0_usize;
    while let Some(step) = part.next(&mut xml)? {
        let Step::Open(open) = step else { continue };
        if open.name() == "si" {
            count += 1;
            if count.is_multiple_of(STEP) {
                watch.at(Stage::Reading, xml.offset(), part.text.len())?;
            }
            let shared = part.whole(&mut xml, open)?;
            texts.push(&rich_text(&shared), budget)?;
        }
    }
    Ok(texts)
}

/// Reads which styles of cells show dates.
fn shapes(package: &mut Package<'_, '_>, name: &str) -> Result<Shapes, ReadError> {
    let mut shapes = Shapes::default();
    let Some(part) = Part::open(package, name)? else { return Ok(shapes) };
    let mut xml = Xml::new(&part.text);
    let mut in_cells = false;
    while let Some(step) = part.next(&mut xml)? {
        match step {
            Step::Open(open) => match open.name() {
                "cellXfs" => in_cells = true,
                "numFmt" => {
                    let id = open.attribute("numFmtId").unwrap_or_default();
                    shapes.name(&id, &open.attribute("formatCode").unwrap_or_default());
                }
                "xf" if in_cells => {
                    shapes.style(&open.attribute("numFmtId").unwrap_or_default());
                }
                _ => {}
            },
            Step::Close(name) => in_cells &= name != "cellXfs",
        }
    }
    Ok(shapes)
}

/// Reads the cells of a sheet.
fn sheet(
    package: &mut Package<'_, '_>,
    name: String,
    part: &str,
    context: &Context,
    budget: &mut Budget,
    watch: &dyn Watch,
) -> Result<Sheet, ReadError> {
    let mut sheet = Sheet::new(name);
    let missing = || ReadError::Damaged(format!("{part} is missing"));
    let part = Part::open(package, part)?.ok_or_else(missing)?;
    let mut xml = Xml::new(&part.text);
    // Rows and columns that do not say where they are follow the ones before.
    let (mut row, mut column, mut count) = (0_u32, 0_usize, 0_usize);
    while let Some(step) = part.next(&mut xml)? {
        match step {
            Step::Open(open) if open.name() == "row" => {
                let number = open.attribute("r").and_then(|number| number.parse().ok());
                row = number.unwrap_or(row.saturating_add(1));
                column = 0;
            }
            Step::Open(open) if open.name() == "c" => {
                count += 1;
                if count.is_multiple_of(STEP) {
                    watch.at(Stage::Reading, xml.offset(), part.text.len())?;
                }
                let cell = part.whole(&mut xml, open)?;
                column = cell.attribute("r").and_then(|place| column_of(&place)).unwrap_or(column);
                if (1..=MAX_ROWS).contains(&row) && column < MAX_COLUMNS {
                    let place = (row - 1, column);
                    write(&cell, place, context, &mut sheet, budget)?;
                } else {
                    budget.left_out += 1;
                }
                column = column.saturating_add(1);
            }
            Step::Close(name) if name == "sheetData" => break,
            Step::Open(_) | Step::Close(_) => {}
        }
    }
    Ok(sheet)
}

/// Returns the column of a place such as `AB12`, from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let number = letters.fold(0_usize, |number, letter| {
        number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    number.checked_sub(1)
}

/// Puts what a cell shows into the sheet.
fn write(
    cell: &Element<'_>,
    place: (u32, usize),
    context: &Context,
    sheet: &mut Sheet,
    budget: &mut Budget,
) -> Result<(), ReadError> {
    let value = || cell.child(&["v"]).map(|value| value.text(|_| true)).unwrap_or_default();
    let text = match cell.attribute("t").as_deref() {
        Some("s") => {
            let at = value().trim().parse().ok();
            return match at.and_then(|at| context.strings.get(at)) {
                Some(text) => sheet.push(place, text, budget),
                None => Ok(()),
            };
        }
        Some("inlineStr") => cell.child(&["is"]).map(rich_text).unwrap_or_default(),
        Some("str") => unescaped(&value()).into_owned(),
        Some("b") => if value().trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
        Some("d") => date(&value()),
        Some("e") => {
            budget.errors += 1;
            return Ok(());
        }
        _ => {
            let value = value();
            let style = cell.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0);
            let shape = context.shapes.get(style);
            match value.trim().parse::<f64>() {
                Ok(days) if shape != Shape::Number => shape.show(days, context.is_1904),
                Ok(value) => number(value),
                Err(_) => value,
            }
        }
    };
    sheet.push(place, &text, budget)
}

/// Returns a text that may have parts with formats of their own, without its phonetics.
fn rich_text(element: &Element<'_>) -> String {
    let mut text = String::new();
    for part in element.children() {
        match part.name() {
            "t" => text.push_str(&part.text(|_| true)),
            "r" => text.extend(part.child(&["t"]).map(|inner| inner.text(|_| true))),
            _ => {}
        }
    }
    match unescaped(&text) {
        Cow::Owned(text) => text,
        Cow::Borrowed(_) => text,
    }
}

/// Returns a text with characters that XML cannot hold, written as `_x000D_`.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(2..6).filter(|_| rest.as_bytes().get(6) == Some(&b'_'));
        let code = code.filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        let c = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        if let Some(c) = c {
            // A line end has two characters in files from Windows.
            if c != '\r' {
                out.push(c);
            }
            rest = &rest[7..];
        } else {
            out.push_str("_x");
            rest = &rest[2..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_parts_are_found() {
        for (place, column) in [
            ("A1", Some(0)),
            ("Z9", Some(25)),
            ("AA1", Some(26)),
            ("xfd1", Some(16_383)),
            ("1", None),
        ] {
            assert_eq!(column_of(place), column, "{place}");
        }
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/a.xml"), "xl/a.xml");
        assert_eq!(resolved("xl/a", "../../../b.xml"), "b.xml");
    }

    #[test]
    fn characters_that_xml_cannot_hold_are_read() {
        for (text, plain) in
            [("a_x000D_\nb", "a\nb"), ("_x005F_x", "_x"), ("_x12", "_x12"), ("_xééé_", "_xééé_")]
        {
            assert_eq!(unescaped(text), plain);
        }
    }
}
