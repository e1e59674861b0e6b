use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::read_within;
use super::sheet::Budget;
use crate::domain::watch::{Cancelled, Stage, Watch};
use crate::import::{Column, Format, ReadError, ReadOptions, Reading, read};

/// Packs entries into a zip archive.
fn packed(entries: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn split(text: &str) -> Option<(char, &str)> {
    text.chars().next().map(|c| (c, &text[c.len_utf8()..]))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A cell: text, `=` and a number, `@` and a number that is a date, `!` and an error.
fn xlsx_cell(place: &str, text: &str) -> String {
    match split(text) {
        Some(('=', number)) => format!("<c r=\"{place}\"><v>{number}</v></c>"),
        Some(('@', days)) => format!("<c r=\"{place}\" s=\"1\"><v>{days}</v></c>"),
        Some(('!', error)) => format!("<c r=\"{place}\" t=\"e\"><v>{error}</v></c>"),
        None => String::new(),
        _ => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(text)),
    }
}

type Rows<'a> = &'a [&'a [&'a str]];

fn xlsx(sheets: &[(&str, Rows<'_>)]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut entries = vec![
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml".to_owned(),
            format!(
                "<styleSheet xmlns=\"{MAIN}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
    ];
    let (mut names, mut relations) = (String::new(), String::new());
    for (at, (name, rows)) in (1..).zip(sheets) {
        let _ = write!(names, "<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"r{at}\"/>");
        let _ = write!(
            relations,
            "<Relationship Id=\"r{at}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"
        );
        let mut data = String::new();
        for (row, cells) in (1..).zip(*rows) {
            let _ = write!(data, "<row r=\"{row}\">");
            for (column, text) in ('A'..).zip(*cells) {
                data.push_str(&xlsx_cell(&format!("{column}{row}"), text));
            }
            data.push_str("</row>");
        }
        entries.push((
            format!("xl/worksheets/sheet{at}.xml"),
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{data}</sheetData></worksheet>"),
        ));
    }
    entries.push((
        "xl/workbook.xml".to_owned(),
        format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{names}</sheets></workbook>"
        ),
    ));
    entries.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("<Relationships xmlns=\"{RELATIONS}\">{relations}</Relationships>"),
    ));
    let entries: Vec<(&str, String)> =
        entries.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    packed(&entries)
}

fn ods_cell(text: &str) -> String {
    match split(text) {
        Some(('=', number)) => format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{number}\">\
             <text:p>{number} shown</text:p></table:table-cell>"
        ),
        Some(('@', date)) => format!(
            "<table:table-cell office:value-type=\"date\" office:date-value=\"{date}\">\
             <text:p>shown</text:p></table:table-cell>"
        ),
        Some(('!', error)) => format!(
            "<table:table-cell table:formula=\"of:=x\" office:value-type=\"string\">\
             <text:p>{error}</text:p></table:table-cell>"
        ),
        None => "<table:table-cell/>".to_owned(),
        _ => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p>\
             <office:annotation><text:p>remark</text:p></office:annotation></table:table-cell>",
            escaped(text)
        ),
    }
}

fn ods_content(sheets: &[(&str, Rows<'_>)]) -> String {
    let mut tables = String::new();
    for (name, rows) in sheets {
        let _ = write!(tables, "<table:table table:name=\"{name}\">");
        for cells in *rows {
            let cells: String = cells.iter().map(|text| ods_cell(text)).collect();
            let _ = write!(tables, "<table:table-row>{cells}</table:table-row>");
        }
        tables.push_str(
            "<table:table-row table:number-rows-repeated=\"1048000\">\
             <table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
             </table:table>",
        );
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"o\" \
         xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>{tables}\
         </office:spreadsheet></office:body></office:document-content>"
    )
}

fn ods_of(content: String) -> Vec<u8> {
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("META-INF/manifest.xml", "<manifest:manifest/>".to_owned()),
        ("content.xml", content),
    ])
}

fn ods(sheets: &[(&str, Rows<'_>)]) -> Vec<u8> {
    ods_of(ods_content(sheets))
}

fn result(bytes: &[u8]) -> Result<Reading, ReadError> {
    read(bytes, "words.bin", &ReadOptions::default(), &())
}

fn pairs(reading: &Reading) -> Vec<(u32, &str, &str)> {
    reading
        .drafts
        .iter()
        .map(|d| (d.line, d.fields.front.as_str(), d.fields.back.as_str()))
        .collect()
}

/// Both kinds of workbook with the same sheets.
fn both(sheets: &[(&str, Rows<'_>)]) -> [(Format, Vec<u8>); 2] {
    [(Format::Xlsx, xlsx(sheets)), (Format::Ods, ods(sheets))]
}

#[test]
fn a_table_is_read_by_its_header_wherever_it_stands() {
    let rows: Rows<'_> = &[
        &["", "Words of week 12"],
        &[],
        &["", "No.", "Wort", "Aussprache", "Bedeutung", "Seite"],
        &["", "=1", "法律", "fǎ lǜ", "law & order", "=12.5"],
        &["", "=2", "国家"],
        &[],
        &["", "=3", "一九", "", "=19", "=13"],
        &["", "=4", "日", "", "@2026-11-23"],
        &["", "=5", "错", "", "!#REF!"],
    ];
    let xlsx_rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.replace("@2026-11-23", "@46349")).collect())
        .collect();
    let xlsx_rows: Vec<Vec<&str>> =
        xlsx_rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let xlsx_rows: Vec<&[&str]> = xlsx_rows.iter().map(Vec::as_slice).collect();
    for (format, bytes) in
        [(Format::Xlsx, xlsx(&[("A", &xlsx_rows)])), (Format::Ods, ods(&[("A", rows)]))]
    {
        let reading = result(&bytes).unwrap();
        assert_eq!(reading.format, format);
        assert_eq!(
            pairs(&reading),
            [(4, "法律", "law & order"), (7, "一九", "19"), (8, "日", "2026-11-23")],
            "{format}"
        );
        assert_eq!(reading.drafts[0].fields.reading, "fǎ lǜ");
        let rejected: Vec<u32> = reading.rejected.iter().map(|row| row.line).collect();
        assert_eq!(rejected, [5, 9], "{format}");
        let expected = [
            "1 row above the table left out",
            "skipped header: No., Wort, Aussprache, Bedeutung, Seite",
            "2 columns left out: 1, 5",
            "1 cell with an error taken as empty",
        ];
        assert_eq!(reading.reports, expected, "{format}");
    }
}

#[test]
fn a_table_without_a_header_is_read_by_what_is_in_it() {
    let rows: Rows<'_> = &[&["法律", "law"], &["国家", "country"], &["社会", "society"]];
    for (format, bytes) in both(&[("Words", rows)]) {
        let reading = result(&bytes).unwrap();
        assert_eq!(pairs(&reading)[0], (1, "法律", "law"), "{format}");
        assert_eq!(reading.drafts.len(), 3);
        assert!(reading.reports.is_empty(), "{:?}", reading.reports);
    }
}

#[test]
fn every_sheet_with_words_is_read_and_the_others_are_named() {
    let words: Rows<'_> = &[&["term", "definition"], &["法", "law"]];
    let more: Rows<'_> = &[&["国", "country"], &["人", "person"], &["山"]];
    let accounts: Rows<'_> =
        &[&["Item", "Payee", "Amount"], &["rent", "Jo", "=800.5"], &["food", "shop", "=90.25"]];
    let list: Rows<'_> = &[&["one"], &["two"], &["three"]];
    for (format, bytes) in
        both(&[("Unit 1", words), ("Accounts", accounts), ("Unit 2", more), ("List", list)])
    {
        let reading = result(&bytes).unwrap();
        assert_eq!(pairs(&reading), [(2, "法", "law"), (1, "国", "country"), (2, "人", "person")]);
        assert_eq!(reading.drafts[0].fields.tags, ["Unit-1"], "{format}");
        assert_eq!(reading.rejected[0].to_string().split(": ").nth(1), Some("sheet Unit 2"));
        assert_eq!(reading.reports[0], "2 sheets read: Unit 1, Unit 2");
        assert_eq!(
            reading.reports[1],
            "2 sheets left out: Accounts (a table of numbers and dates), List (a sheet with one column)"
        );
    }
}

#[test]
fn a_workbook_that_is_no_deck_is_refused_with_what_it_is() {
    let budget: Rows<'_> =
        &[&["Item", "Jan", "Feb"], &["Rent", "=800", "=800"], &["Food", "=90", "=95"]];
    let calendar: Rows<'_> = &[
        &["November 2026"],
        &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        &["", "", "", "", "", "", "=1"],
        &["dentist", "", "call Jo", "", "", "", "=8"],
    ];
    let people: Rows<'_> = &[&["Name", "Email", "Phone"], &["Jo", "jo@x.org", "555-12"]];
    let empty: Rows<'_> = &[];
    for rows in [budget, calendar, people, empty] {
        for (format, bytes) in both(&[("S", rows)]) {
            let error = result(&bytes).unwrap_err();
            assert!(
                matches!(&error, ReadError::NoDeck { looked_for, .. } if looked_for.contains("two columns")),
                "{format}: {error}"
            );
        }
    }
}

#[test]
fn the_learner_says_what_the_columns_hold() {
    let rows: Rows<'_> = &[&["law", "noun", "法"], &["land", "noun", "国"]];
    let front = "front".parse().unwrap();
    let options = ReadOptions {
        columns: Some(vec!["back".parse().unwrap(), Column::Ignore, front]),
        ..ReadOptions::default()
    };
    for (_, bytes) in both(&[("S", rows)]) {
        let reading = read(&bytes, "x", &options, &()).unwrap();
        assert_eq!(pairs(&reading), [(1, "法", "law"), (2, "国", "land")]);
    }
    let named: Rows<'_> = &[&["word", "meaning"], &["法", "law"]];
    let options = ReadOptions { no_header: true, ..ReadOptions::default() };
    for (_, bytes) in both(&[("S", named)]) {
        assert_eq!(read(&bytes, "x", &options, &()).unwrap().drafts.len(), 2);
    }
}

#[test]
fn what_repeats_without_end_is_read_up_to_a_limit() {
    let content = ods_content(&[("S", &[&["法", "law"], &["国", "land"]])]);
    let text = "<text:p>x</text:p>";
    let many = |what: &str| format!("table:number-{what}-repeated=\"4000000000\"");
    let cell = |times: &str| format!("<table:table-cell {times}>{text}</table:table-cell>");
    let row =
        |times: &str, cell: String| format!("<table:table-row {times}>{cell}</table:table-row>");
    for (name, row, is_bomb) in [
        ("cells", row("", cell(&many("columns"))), false),
        ("rows", row(&many("rows"), cell("")), true),
        ("both", row(&many("rows"), cell(&many("columns"))), true),
    ] {
        let content =
            content.replacen("<table:table-row table", &format!("{row}<table:table-row table"), 1);
        let bytes = ods_of(content);
        let budget = Budget { cells: 1000, ..Budget::default() };
        match read_within(&bytes, Format::Ods, &ReadOptions::default(), &(), budget) {
            Ok(reading) => assert!(!is_bomb && reading.drafts.len() == 3, "{name}: {reading:?}"),
            Err(error) => {
                assert!(is_bomb && matches!(error, ReadError::Bomb { .. }), "{name}: {error}");
            }
        }
    }
}

#[test]
fn text_in_cells_keeps_lines_and_loses_remarks() {
    let content = ods_content(&[("S", &[&["法", "MARK"], &["国", "land"]])]).replace(
        "<text:p>MARK</text:p>",
        "<text:p>law<text:s text:c=\"2\"/><text:span>of<text:note>x</text:note></text:span></text:p><text:p>land</text:p>",
    );
    let reading = result(&ods_of(content)).unwrap();
    assert_eq!(reading.drafts[0].fields.back, "law  of\nland");
}

#[test]
fn what_is_no_spreadsheet_is_named() {
    let text = packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.text".to_owned()),
        (
            "content.xml",
            "<office:document-content><office:text/></office:document-content>".to_owned(),
        ),
    ]);
    let secret = packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("META-INF/manifest.xml", "<manifest:encryption-data/>".to_owned()),
        ("content.xml", "?".to_owned()),
    ]);
    let binary =
        packed(&[("[Content_Types].xml", String::new()), ("xl/workbook.bin", "x".to_owned())]);
    for (bytes, found) in [
        (text, "an OpenDocument file that is no spreadsheet"),
        (secret, "a workbook protected by a password"),
        (binary, "a binary workbook of Excel (xlsb)"),
    ] {
        match result(&bytes) {
            Err(ReadError::NoDeck { found: named, .. }) => assert_eq!(named, found),
            other => panic!("{found}: {other:?}"),
        }
    }
}

#[test]
fn a_workbook_lists_only_so_many_sheets() {
    let book = "<workbook xmlns:r=\"r\"><sheets>MORE</sheets></workbook>";
    let one = "<sheet name=\"S\" r:id=\"r1\"/>";
    let hidden = "<sheet name=\"H\" state=\"hidden\" r:id=\"r1\"/>".repeat(1199);
    let bytes = packed(&[
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("xl/workbook.xml", book.replace("MORE", &[one, &hidden].concat())),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"t/worksheet\" Target=\"S.xml\"/></Relationships>"
                .to_owned(),
        ),
        // Some writers are careless about case and slashes.
        (
            "XL\\s.xml",
            "<worksheet><sheetData><row><c t=\"str\"><v>法</v></c><c t=\"str\"><v>law</v></c></row>\
             <row><c t=\"str\"><v>国</v></c><c t=\"str\"><v>land</v></c></row></sheetData></worksheet>"
                .to_owned(),
        ),
    ]);
    let reading = result(&bytes).unwrap();
    assert_eq!(pairs(&reading), [(1, "法", "law"), (2, "国", "land")]);
    assert!(
        reading.reports.contains(&"200 sheets left out: more than 1000".to_owned()),
        "{reading:?}"
    );
    assert!(
        reading.reports.iter().any(|report| report.starts_with("999 sheets left out: H (hidden)"))
    );
}

/// Notes how often it is told how far the work is.
struct Heard(std::cell::Cell<usize>);

impl Watch for Heard {
    fn at(&self, _: Stage, _: usize, _: usize) -> Result<(), Cancelled> {
        self.0.set(self.0.get() + 1);
        Ok(())
    }
}

#[test]
fn each_sheet_is_a_place_to_stop() {
    let rows: Rows<'_> = &[&["法", "law"], &["国", "land"]];
    let heard = |sheets: &[(&str, Rows<'_>)]| {
        let watch = Heard(std::cell::Cell::new(0));
        let budget = Budget { cells: 0, ..Budget::default() };
        // Nothing is taken from the sheets, so that only opening them is heard.
        let read =
            read_within(&xlsx(sheets), Format::Xlsx, &ReadOptions::default(), &watch, budget);
        assert!(read.is_err());
        watch.0.get()
    };
    let empty: Rows<'_> = &[];
    assert_eq!(heard(&[("A", empty), ("B", empty), ("C", rows)]), heard(&[("C", rows)]) + 2);
}
