//! A small deck in every format that is read, as its bytes.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A file name and the bytes of the file.
pub type Sample = (&'static str, Vec<u8>);

/// Packs entries into a zip archive.
pub fn packed(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Returns an XLSX workbook with this sheet.
pub fn xlsx(sheet: &str) -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |all: &[String]| {
        let all = all.concat();
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             {all}</Relationships>"
        )
    };
    packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &relations(&[relation("r", "officeDocument", "xl/workbook.xml")])),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/>\
                 </sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &relations(&[
                relation("r1", "worksheet", "worksheets/sheet1.xml"),
                relation("r2", "sharedStrings", "sharedStrings.xml"),
            ]),
        ),
        ("xl/sharedStrings.xml", "<sst><si><t>国家</t></si><si><t>country</t></si></sst>"),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// Returns the sheet of a workbook with these rows.
pub fn sheet(rows: &[(&str, &str)]) -> String {
    let cell = |text: &str| ["<c t=\"inlineStr\"><is><t>", text, "</t></is></c>"].concat();
    let rows: Vec<String> = rows
        .iter()
        .map(|(front, back)| ["<row>", &cell(front), &cell(back), "</row>"].concat())
        .collect();
    format!(
        "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>{}\
         </sheetData></worksheet>",
        rows.concat()
    )
}

/// Returns an OpenDocument spreadsheet with this content.
pub fn ods(content: &str) -> Vec<u8> {
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", content),
    ])
}

/// Returns the content of a spreadsheet with these rows.
pub fn content(rows: &[(&str, &str)]) -> String {
    let cell = |text: &str| ["<t:table-cell><x:p>", text, "</x:p></t:table-cell>"].concat();
    let rows: Vec<String> = rows
        .iter()
        .map(|(front, back)| {
            ["<t:table-row>", &cell(front), &cell(back), "</t:table-row>"].concat()
        })
        .collect();
    format!(
        "<o:document><o:body><o:spreadsheet><t:table t:name=\"S\">{}</t:table></o:spreadsheet>\
         </o:body></o:document>",
        rows.concat()
    )
}

/// Returns a translation memory with these units.
pub fn tmx(rows: &[(&str, &str)]) -> String {
    let units: Vec<String> = rows
        .iter()
        .map(|(front, back)| {
            let side = |code: &str, text: &str| {
                ["<tuv xml:lang=\"", code, "\"><seg>", text, "</seg></tuv>"].concat()
            };
            ["<tu>", &side("zh", front), &side("en", back), "</tu>\n"].concat()
        })
        .collect();
    format!("<tmx version=\"1.4\"><header srclang=\"zh\"/><body>{}</body></tmx>", units.concat())
}

/// Returns a termbase with these entries.
pub fn tbx(rows: &[(&str, &str)]) -> String {
    let entries: Vec<String> = rows
        .iter()
        .map(|(front, back)| {
            let side = |code: &str, text: &str| {
                let (open, close) = ("\"><termSec><term>", "</term></termSec></langSec>");
                ["<langSec xml:lang=\"", code, open, text, close].concat()
            };
            ["<conceptEntry>", &side("zh", front), &side("en", back), "</conceptEntry>\n"].concat()
        })
        .collect();
    format!("<tbx type=\"TBX-Core\"><text><body>{}</body></text></tbx>", entries.concat())
}

/// Returns a collection of SuperMemo with these questions.
pub fn supermemo(rows: &[(&str, &str)]) -> String {
    let elements: Vec<String> = rows
        .iter()
        .map(|(front, back)| {
            let content = ["<Question>", front, "</Question><Answer>", back, "</Answer>"].concat();
            ["<SuperMemoElement><Content>", &content, "</Content></SuperMemoElement>\n"].concat()
        })
        .collect();
    format!("<SuperMemoCollection>{}</SuperMemoCollection>", elements.concat())
}

/// Returns a Kindle's vocabulary with these words and sentences.
pub fn kindle(rows: &[(&str, &str)]) -> Vec<u8> {
    let db = rusqlite::Connection::open_in_memory().unwrap();
    db.execute_batch(
        "CREATE TABLE WORDS (id TEXT PRIMARY KEY NOT NULL, word TEXT, stem TEXT, lang TEXT,
             category INTEGER, timestamp INTEGER);
         CREATE TABLE LOOKUPS (id TEXT PRIMARY KEY NOT NULL, word_key TEXT, book_key TEXT,
             usage TEXT, timestamp INTEGER);
         CREATE TABLE BOOK_INFO (id TEXT PRIMARY KEY NOT NULL, title TEXT, authors TEXT);",
    )
    .unwrap();
    for (word, usage) in rows {
        db.execute("INSERT INTO WORDS VALUES (?1, ?1, ?1, 'zh', 0, 1)", [word]).unwrap();
        db.execute("INSERT INTO LOOKUPS VALUES (?1, ?1, 'b', ?2, 1)", [word, usage]).unwrap();
    }
    db.serialize(rusqlite::MAIN_DB).unwrap().to_vec()
}

/// Returns the same rows in every format whose shape can break.
pub fn of(rows: &[(&str, &str)]) -> Vec<Sample> {
    let lines = |line: &dyn Fn(&str, &str) -> String| -> Vec<u8> {
        rows.iter().flat_map(|(front, back)| line(front, back).into_bytes()).collect()
    };
    let object = |front: &str, back: &str| {
        serde_json::json!({"term": front, "definition": [back], "note": {"text": "x"}}).to_string()
    };
    let objects: Vec<String> = rows.iter().map(|(front, back)| object(front, back)).collect();
    vec![
        ("words.xlsx", xlsx(&sheet(rows))),
        ("words.ods", ods(&content(rows))),
        ("words.tmx", tmx(rows).into_bytes()),
        ("words.tbx", tbx(rows).into_bytes()),
        ("words.xml", supermemo(rows).into_bytes()),
        ("vocab.db", kindle(rows)),
        ("words.json", format!("[{}]", objects.join(",\n")).into_bytes()),
        ("words.jsonl", objects.join("\n").into_bytes()),
        ("words.u8", lines(&|front, back| format!("{front} {front} [pin1 yin1] /{back}/\n"))),
        ("words.txt", lines(&|front, back| format!("Q: {front}\nA: {back}\n\n"))),
        ("words.tsv", lines(&|front, back| format!("{front}\t{back}\n"))),
    ]
}

/// Rows of a usual deck.
pub const ROWS: [(&str, &str); 6] = [
    ("法律", "law of the land"),
    ("社会", "society as a whole"),
    ("改革", "a reform"),
    ("银行", "a bank"),
    ("开始", "to start or to begin"),
    ("可持续发展", "sustainable development"),
];
