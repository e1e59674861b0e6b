//! The first byte chooses ODS or XLSX; a NUL parts the cells from the shared strings.

#![no_main]

use libfuzzer_sys::fuzz_target;
use termdeck_fuzz::{check, stored};

const TYPES: &[u8] =
    br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const BOOK: &[u8] = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Words" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const LINKS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, inside)) = bytes.split_first() else { return };
    let book = if kind % 2 == 0 {
        let kind = b"application/vnd.oasis.opendocument.spreadsheet";
        stored(&[("mimetype", kind), ("content.xml", inside)])
    } else {
        let at = inside.iter().position(|byte| *byte == 0).unwrap_or(inside.len());
        let (cells, strings) = inside.split_at(at);
        stored(&[
            ("[Content_Types].xml", TYPES),
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", LINKS),
            ("xl/worksheets/sheet1.xml", cells),
            ("xl/sharedStrings.xml", strings.get(1..).unwrap_or_default()),
        ])
    };
    check(&book, None);
});
