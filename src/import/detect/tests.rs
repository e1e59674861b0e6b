use crate::import::{Format, ReadError, ReadOptions, read};

fn refused(bytes: &[u8], name: &str) -> String {
    match read(bytes, name, &ReadOptions::default(), &()) {
        Err(ReadError::NoDeck { found, looked_for }) => {
            assert!(looked_for.contains("two columns"), "{looked_for}");
            found
        }
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn what_is_no_text_is_named() {
    for (bytes, found) in [
        (&b"\x89PNG\r\n\x1a\n\0\0"[..], "a PNG picture"),
        (b"%PDF-1.7\n1,2\n", "a PDF document"),
        (b"\0\0\0\x18ftypmp42", "a video"),
        (b"{\\rtf1\\ansi a\tb}", "an RTF document"),
        (b"\xd0\xcf\x11\xe0 W\0o\0r\0d\0", "an old Microsoft Office document"),
        (
            b"\xd0\xcf\x11\xe0 W\0o\0r\0k\0b\0o\0o\0k\0",
            "an old Excel workbook (xls); save it as xlsx or csv",
        ),
        (
            b"\xd0\xcf\x11\xe0\0E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
            "an Office document protected by a password; save it without one",
        ),
    ] {
        assert_eq!(refused(bytes, "deck.csv"), found);
    }
    let noise: Vec<u8> = (0..4000_u32).map(|n| (n * n * 31 + n * 7 + n / 3) as u8).collect();
    assert_eq!(refused(&noise, "deck.csv"), "binary data");
}

#[test]
fn text_that_is_no_deck_is_refused() {
    let rust = "use std::fmt;\n\nfn main() {\n    let x = 5;\n    show(x);\n}\n";
    let python =
        "import os\n\ndef main():\n    x = 5\n    if x > 3:\n        print(x)\n    return x\n";
    let css = "body {\n  color: red;\n  margin: 0;\n}\n";
    let prose = "It was a bright cold day in spring, and the clocks were striking.\n\
                 She turned the corner, looked back, and walked on.\n\
                 Nobody had seen her, nobody would ask.\n";
    let chinese = "今天天气很好，我们一起去公园散步。公园里有很多人，大家都很高兴。\n\
                   孩子们在草地上奔跑，老人们在树下下棋，时间过得很快。\n";
    for (name, text) in [
        ("main.rs", rust),
        ("main.py", python),
        ("style.css", css),
        ("prose.txt", prose),
        ("chinese.txt", chinese),
        ("word.txt", "hello\n"),
        ("line.txt", "Hello, this is one line of text.\n"),
        ("list.txt", "apple\npear\nplum\n"),
        (
            "data.yaml",
            "- term: a\n  meaning: b\n- term: c\n  meaning: d\n- term: e\n  meaning: f\n",
        ),
        (
            "dump.sql",
            "INSERT INTO t VALUES (1,'a','b');\nINSERT INTO t VALUES (2,'c','d');\n\
             INSERT INTO t VALUES (3,'e','f');\n",
        ),
        ("page.html", "<!DOCTYPE html>\n<p>one, two</p>\n<p>three, four</p>\n"),
        (
            "prices.csv",
            "date,open,close\n2026-01-02,12.5,13\n2026-01-03,13,14.25\n2026-01-04,14,12\n",
        ),
        (
            "people.csv",
            "name,email,phone\nJo,jo@x.org,555-12\nJan,jan@x.org,555-99\nAl,al@x.org,5\n",
        ),
        ("versions.txt", "foo==1.0\nbar==2.3.1\nbaz==0.9\n"),
        ("doc.xml", "<?xml version=\"1.0\"?>\n<a>b,c</a>\n"),
        (
            "log.txt",
            "2026-11-23 12:00:01 INFO start: ok\n2026-11-23 12:00:02 INFO stop: ok\n\
                     2026-11-23 12:00:09 WARN disk: full\n",
        ),
    ] {
        let found = refused(text.as_bytes(), name);
        assert!(!found.is_empty());
    }
}

#[test]
fn the_content_decides_and_not_the_name() {
    for (name, text, format) in [
        ("deck.csv", "a\tb\nc\td\n", Format::Delimited),
        ("deck.json", "a\tb\nc\td\n", Format::Delimited),
        ("deck.txt", "[{\"front\": \"a\", \"back\": \"b\"}]", Format::Json),
        ("deck.csv", "#separator:tab\na\tb\n", Format::AnkiText),
        ("deck.txt", "[a]\tb\n[c]\td\n", Format::Delimited),
        ("deck.txt", "{a}\tb\n{c}\td\n", Format::Delimited),
        ("deck.csv", "Hello, world\n", Format::Delimited),
        ("deck.csv", "Q: one\nA: two\n\nQ: three\nA: four\n", Format::Supermemo),
    ] {
        let reading = read(text.as_bytes(), name, &ReadOptions::default(), &()).unwrap();
        assert_eq!(reading.format, format, "{name}: {text}");
    }
}

#[test]
fn nothing_is_nothing() {
    for bytes in [&b""[..], b"\n\n  \r\n", b"\xef\xbb\xbf", b"\xff\xfe"] {
        assert_eq!(
            read(bytes, "x", &ReadOptions::default(), &()),
            Err(ReadError::Empty),
            "{bytes:?}"
        );
    }
}

#[test]
fn what_was_removed_is_reported() {
    let reading = read(b"a\0\tb\x1b\r\nc\td\r\n", "x", &ReadOptions::default(), &()).unwrap();
    assert_eq!(reading.reports, ["2 control characters removed"]);
    assert_eq!(reading.drafts[0].fields.front, "a");
}
