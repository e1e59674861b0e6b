//! One list in every format, encoding and kind of line end gives the same rows.

use encoding_rs::Encoding;
use termdeck::import::{Format, ReadOptions, Reading, read};

/// A language's words, and the encodings from before Unicode that its lists are found in.
struct List {
    words: [(&'static str, &'static str); 6],
    legacy: &'static [&'static str],
}

const LISTS: [List; 6] = [
    List {
        words: [
            ("人工智能", "artificial intelligence"),
            ("大模型", "large model"),
            ("末班车", "last train"),
            ("关系数据库", "relational database"),
            ("图书馆", "library"),
            ("国际合作", "international cooperation"),
        ],
        legacy: &["gb18030"],
    },
    List {
        words: [
            ("資料庫", "database"),
            ("圖書館", "library"),
            ("經濟發展", "economic development"),
            ("計程車", "taxi"),
            ("飛機場", "airport"),
            ("望遠鏡", "telescope"),
        ],
        legacy: &["big5", "gb18030"],
    },
    List {
        words: [
            ("食べる", "to eat"),
            ("コンピューター", "computer"),
            ("新幹線", "bullet train"),
            ("図書館", "library"),
            ("美しい", "beautiful"),
            ("電話をかける", "to phone"),
        ],
        legacy: &["shift_jis", "euc-jp"],
    },
    List {
        words: [
            ("학교", "school"),
            ("도서관", "library"),
            ("감사합니다", "thank you"),
            ("컴퓨터", "computer"),
            ("사랑", "love"),
            ("대학교", "university"),
        ],
        legacy: &["euc-kr"],
    },
    List {
        words: [
            ("café", "coffee"),
            ("élève", "pupil"),
            ("forêt", "forest"),
            ("garçon", "boy"),
            ("où", "where"),
            ("noël", "Christmas"),
        ],
        legacy: &["windows-1252"],
    },
    List {
        words: [
            ("слово", "word"),
            ("книга", "book"),
            ("дерево", "tree"),
            ("молоко", "milk"),
            ("город", "town"),
            ("вечер", "evening"),
        ],
        legacy: &["windows-1251", "koi8-r"],
    },
];

/// Rows of a format: two words a line, every line with a number of its own.
type Writer = fn(&[(&str, &str)]) -> String;

fn joined(words: &[(&str, &str)], row: impl Fn(&str, &str) -> String) -> String {
    words.iter().map(|(front, back)| row(front, back)).collect()
}

/// Each format, the name of its file, how it is written, and the line of its first row.
const FORMATS: [(&str, Format, Writer, u32); 11] = [
    ("words.tsv", Format::Delimited, |w| joined(w, |a, b| format!("{a}\t{b}\n")), 1),
    ("words.csv", Format::Delimited, |w| joined(w, |a, b| format!("\"{a}\",{b}\n")), 1),
    ("words.csv", Format::Delimited, |w| joined(w, |a, b| format!("{a};{b}\n")), 1),
    ("words.txt", Format::Delimited, |w| joined(w, |a, b| format!("{a} - {b}\n")), 1),
    (
        "words.txt",
        Format::AnkiText,
        |w| format!("#separator:tab\n#html:true\n{}", joined(w, |a, b| format!("{a}\t{b}\n"))),
        3,
    ),
    (
        "words.md",
        Format::Markdown,
        |w| {
            format!(
                "| Word | Meaning |\n|---|---|\n{}",
                joined(w, |a, b| format!("| {a} | {b} |\n"))
            )
        },
        3,
    ),
    (
        "words.md",
        Format::Markdown,
        |w| format!("# List\n{}", joined(w, |a, b| format!("- **{a}**: {b}\n"))),
        2,
    ),
    (
        "words.html",
        Format::Html,
        |w| {
            let row = |a: &str, b: &str| format!("<tr><td>{a}</td><td>{b}</td></tr>\n");
            format!("<html><table>\n{}</table></html>\n", joined(w, row))
        },
        2,
    ),
    (
        "words.json",
        Format::Json,
        |w| {
            let rows: Vec<_> = w
                .iter()
                .map(|(a, b)| format!("{{\"front\": \"{a}\", \"back\": \"{b}\"}}"))
                .collect();
            format!("[\n{}\n]\n", rows.join(",\n"))
        },
        0,
    ),
    (
        "words.tmx",
        Format::Tmx,
        |w| {
            let unit = |a: &str, b: &str| {
                format!(
                    "<tu><tuv xml:lang=\"fr\"><seg>{a}</seg></tuv>\
                     <tuv xml:lang=\"en\"><seg>{b}</seg></tuv></tu>\n"
                )
            };
            let header = "<tmx version=\"1.4\">\n<header srclang=\"fr\"/><body>\n";
            format!("{header}{}</body></tmx>\n", joined(w, unit))
        },
        3,
    ),
    (
        "words.tbx",
        Format::Tbx,
        |w| {
            let entry = |a: &str, b: &str| {
                format!(
                    "<termEntry><langSet xml:lang=\"fr\"><tig><term>{a}</term></tig></langSet>\
                     <langSet xml:lang=\"en\"><tig><term>{b}</term></tig></langSet></termEntry>\n"
                )
            };
            let header = "<martif type=\"TBX\" xml:lang=\"fr\">\n<text><body>\n";
            format!("{header}{}</body></text></martif>\n", joined(w, entry))
        },
        3,
    ),
];

const UNICODE: [&str; 6] =
    ["UTF-8", "UTF-8 BOM", "UTF-16LE", "UTF-16BE", "UTF-16LE BOM", "UTF-16BE BOM"];

fn encoded(text: &str, name: &str) -> Option<Vec<u8>> {
    let marked = name.strip_suffix(" BOM").map(|_| '\u{feff}');
    let text: String = marked.into_iter().chain(text.chars()).collect();
    match name.trim_end_matches(" BOM") {
        "UTF-8" => Some(text.into_bytes()),
        "UTF-16LE" => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        "UTF-16BE" => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        label => {
            let (bytes, _, has_errors) = Encoding::for_label(label.as_bytes())?.encode(&text);
            (!has_errors).then(|| bytes.into_owned())
        }
    }
}

/// Every kind of line end, and all of them in turn.
fn line_ends(text: &str) -> [String; 4] {
    let mut mixed = String::new();
    for (line, end) in text.split_inclusive('\n').zip(["\n", "\r\n", "\r"].iter().cycle()) {
        mixed.push_str(line.trim_end_matches('\n'));
        mixed.push_str(end);
    }
    [text.to_owned(), text.replace('\n', "\r\n"), text.replace('\n', "\r"), mixed]
}

fn pairs(reading: &Reading) -> Vec<(&str, &str)> {
    reading.drafts.iter().map(|d| (d.fields.front.as_str(), d.fields.back.as_str())).collect()
}

#[test]
fn format_encoding_and_line_end_change_nothing() {
    let mut faults = Vec::new();
    for list in &LISTS {
        for (name, format, write, first) in FORMATS {
            let text = write(&list.words);
            for (end, text) in line_ends(&text).iter().enumerate() {
                for encoding in UNICODE.iter().chain(list.legacy) {
                    let Some(bytes) = encoded(text, encoding) else { continue };
                    let case = format!(
                        "{} as {name} ({format}) in {encoding}, line end {end}",
                        list.words[0].0
                    );
                    match read(&bytes, name, &ReadOptions::default(), &()) {
                        Ok(reading) => {
                            let lines: Vec<u32> = reading.drafts.iter().map(|d| d.line).collect();
                            let expected: Vec<u32> = (first..first + 6).collect();
                            if pairs(&reading) != list.words || reading.format != format {
                                faults.push(format!(
                                    "{case}: {}: {:?}",
                                    reading.format,
                                    pairs(&reading)
                                ));
                            } else if first > 0 && lines != expected {
                                faults.push(format!("{case}: lines {lines:?}"));
                            }
                        }
                        Err(error) => faults.push(format!("{case}: {error}")),
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_broken_row_is_rejected_on_its_line_whatever_the_encoding() {
    let rows = [
        "good\tgut",
        "alone",
        "empty\t",
        "\tleer",
        "\"two\nlines\"\tzwei",
        "six\tsechs\tmehr",
        "\"open\tauf",
        "last\tletzt",
    ];
    for legacy in ["UTF-8", "UTF-8 BOM", "UTF-16LE", "UTF-16BE BOM", "windows-1252", "shift_jis"] {
        for text in line_ends(&(rows.join("\n") + "\n")) {
            let bytes = encoded(&text, legacy).unwrap();
            let reading = read(&bytes, "words.tsv", &ReadOptions::default(), &()).unwrap();
            let drafts: Vec<u32> = reading.drafts.iter().map(|draft| draft.line).collect();
            let rejected: Vec<u32> = reading.rejected.iter().map(|row| row.line).collect();
            assert_eq!(
                (drafts, rejected),
                (vec![1, 5, 7, 8, 9], vec![2, 3, 4]),
                "{legacy}: {text:?}"
            );
            assert_eq!(reading.drafts[1].fields.front, "two\nlines");
            assert_eq!(reading.drafts[2].fields.note, "mehr");
        }
    }
}
