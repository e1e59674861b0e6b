//! Which format a file is in: its content decides, its name only breaks ties.

#[cfg(test)]
mod tests;

use super::delimited::{self, Choice};
use super::{Format, ReadError, ReadOptions, anki_text, article, json};

/// What a file is asked to hold, for messages.
pub const LOOKED_FOR: &str = "rows of at least two columns (tab, comma, semicolon, ...), \
     Anki's text export, a bilingual article or term list, termdeck's JSON";

/// First bytes of files that are no text, and what they are.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF file (picture, sound or video)"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office document"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\0asm", "a program"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"\x1a\x45\xdf\xa3", "a video"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
];

/// Refuses what is plainly no text, and says what it is.
///
/// # Errors
/// [`ReadError::NoDeck`].
pub fn refuse_binary(bytes: &[u8]) -> Result<(), ReadError> {
    let found = if bytes.starts_with(b"PK\x03\x04") {
        Some(archive(bytes))
    } else if bytes.get(4..8) == Some(b"ftyp") {
        Some("a video")
    } else {
        MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
    };
    found.map_or(Ok(()), |found| Err(no_deck(found)))
}

/// Returns what a zip archive holds, by the names of its first entries.
fn archive(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(1 << 16)];
    let has = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    if has(b"collection.anki2") {
        "an Anki package (in Anki, export it as plain text)"
    } else if has(b"xl/") {
        "an Excel workbook (save it as CSV)"
    } else if has(b"word/") {
        "a Word document"
    } else if has(b"opendocument") {
        "an OpenDocument file (save it as CSV)"
    } else {
        "a zip archive"
    }
}

/// Refuses text that is mostly control characters or could not be decoded.
///
/// # Errors
/// [`ReadError::NoDeck`].
pub fn refuse_noise(text: &str) -> Result<(), ReadError> {
    let (mut lost, mut controls, mut all) = (0_usize, 0_usize, 0_usize);
    // A file with a stray NUL in each row is still text; binary data has them all.
    let mut kinds = 0_u64;
    for c in text.chars().take(100_000) {
        all += 1;
        if c == '\u{fffd}' {
            lost += 1;
        } else if c.is_control() && !matches!(c, '\t' | '\n' | '\r') {
            controls += 1;
            kinds |= 1 << (c as u32 & 0x3f);
        }
    }
    let is_noise = (kinds.count_ones() >= 6 && controls * 20 > all)
        || (lost >= 4 && lost * 4 > all)
        || (controls >= 16 && controls * 2 > all);
    if is_noise { Err(no_deck("binary data")) } else { Ok(()) }
}

/// Returns the refusal of a file that seems to be `found`.
#[must_use]
pub fn no_deck(found: impl Into<String>) -> ReadError {
    ReadError::NoDeck { found: found.into(), looked_for: LOOKED_FOR.into() }
}

/// A format, with what was found out about it on the way.
#[derive(Debug)]
pub enum Detected {
    /// Rows, with their delimiter.
    Delimited(Choice),
    /// Rows with directives on top.
    AnkiText,
    /// An article.
    Article,
    /// JSON.
    Json,
}

/// Returns the format of a cleaned text.
///
/// # Errors
/// [`ReadError::NoDeck`] where it is none.
pub fn detect(text: &str, name: &str, options: &ReadOptions) -> Result<Detected, ReadError> {
    let ending = Ending::of(name);
    match options.format {
        Some(Format::Json) => return Ok(Detected::Json),
        Some(Format::Article) => return Ok(Detected::Article),
        Some(Format::AnkiText) => return Ok(Detected::AnkiText),
        Some(Format::Delimited) => {
            return delimited::choose(text, Ending::Table, options)
                .map(Detected::Delimited)
                .ok_or_else(|| no_deck(describe(text)));
        }
        None => {}
    }
    if anki_text::has_directives(text) {
        return Ok(Detected::AnkiText);
    }
    if options.delimiter.is_none() && options.columns.is_none() {
        if json::looks_like(text) {
            return Ok(Detected::Json);
        }
        if text.trim_start().starts_with("<?xml") || text.trim_start().starts_with("<svg") {
            return Err(no_deck("an XML file"));
        }
        if is_page(text) {
            let is_article = article::looks_like(text);
            return is_article.then_some(Detected::Article).ok_or_else(|| no_deck(describe(text)));
        }
    }
    let choice = delimited::choose(text, ending, options);
    if let Some(choice) = choice.as_ref().filter(|choice| choice.is_firm) {
        // Statements have commas and bars as evenly as a table.
        let is_table = choice.delimiter.is_certain() || ending != Ending::Other;
        if is_table || options.delimiter.is_some() || !is_source_code(text) {
            return Ok(Detected::Delimited(choice.clone()));
        }
    }
    if is_source_code(text) {
        return Err(no_deck("source code"));
    }
    let article = article::looks_like(text);
    match choice {
        Some(choice) if !article || article::score(text) < 50 => Ok(Detected::Delimited(choice)),
        _ if article => Ok(Detected::Article),
        _ => Err(no_deck(describe(text))),
    }
}

/// What the end of a file's name promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// `.csv`.
    Comma,
    /// `.tsv`, `.tab`.
    Tab,
    /// A table, with whatever delimiter.
    Table,
    /// Anything else.
    Other,
}

impl Ending {
    fn of(name: &str) -> Self {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Self::Comma,
            "tsv" | "tab" => Self::Tab,
            _ => Self::Other,
        }
    }
}

/// Whether a text is a whole web page.
fn is_page(text: &str) -> bool {
    let head = text.trim_start();
    let starts = |tag: &str| head.get(..tag.len()).is_some_and(|h| h.eq_ignore_ascii_case(tag));
    starts("<!doctype html") || starts("<html")
}

/// Says what a text without columns seems to be.
fn describe(text: &str) -> &'static str {
    if is_page(text) {
        "a web page without pairs"
    } else if is_source_code(text) {
        "source code"
    } else if text.lines().filter(|line| !line.trim().is_empty()).count() == 1 {
        "one line of text without a second column"
    } else {
        "text without pairs"
    }
}

/// Whether a good part of the lines are statements of a programming language.
pub fn is_source_code(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "fn ",
        "let ",
        "use ",
        "pub ",
        "impl ",
        "mod ",
        "def ",
        "import ",
        "from ",
        "class ",
        "return ",
        "return;",
        "if (",
        "for (",
        "while (",
        "#include",
        "#define",
        "const ",
        "var ",
        "function ",
        "public ",
        "private ",
        "static ",
        "package ",
        "namespace ",
        "using ",
        "<?php",
        "#!/",
        "export ",
        "struct ",
        "enum ",
        "elif ",
        "else:",
        "try:",
        "select ",
        "INSERT ",
        "CREATE ",
        "SELECT ",
        "DROP ",
        "insert ",
        "create ",
        "else {",
        "} else",
        "@Override",
        "print(",
        "self.",
        "echo ",
    ];
    let (mut code, mut all) = (0_usize, 0_usize);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()).take(200) {
        all += 1;
        let statement = line.ends_with(['{', '}', ';']) && !line.contains('\t');
        let block = line.ends_with("):") || line.ends_with("->") || line.starts_with("});");
        let word = WORDS.iter().any(|word| line.starts_with(word))
            && line.contains(['(', '{', ';', '=', ':', '<', '"', '\'']);
        code += usize::from(statement || block || word);
    }
    all >= 3 && code * 5 >= all * 2
}
