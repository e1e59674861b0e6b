//! Which format a file is in: its content decides, its name only breaks ties.

#[cfg(test)]
mod tests;

use super::delimited::cards::RowEnd;
use super::delimited::record::Delimiter;
use super::delimited::{self, Choice};
use super::{
    Format, ReadError, ReadOptions, anki_text, article, cedict, html, json, machine, markdown,
    supermemo, tbx, tmx,
};

/// What a file is asked to hold, for messages.
pub const LOOKED_FOR: &str = "rows of at least two columns (tab, comma, semicolon, ...), \
     an Anki package or text export, a bilingual article or term list, tables or lists in \
     Markdown, HTML, a workbook, TBX, TMX, CC-CEDICT, questions and answers, JSON";

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
    /// Markdown or Org.
    Markdown,
    /// Tables of a web page.
    Html,
    /// A termbase.
    Tbx,
    /// A translation memory.
    Tmx,
    /// A dictionary in the form of CC-CEDICT.
    Cedict,
    /// Questions and answers.
    Supermemo,
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
        Some(Format::Markdown) => return Ok(Detected::Markdown),
        Some(Format::Html) => return Ok(Detected::Html),
        Some(Format::Tbx) => return Ok(Detected::Tbx),
        Some(Format::Tmx) => return Ok(Detected::Tmx),
        Some(Format::Cedict) => return Ok(Detected::Cedict),
        Some(Format::Supermemo) => return Ok(Detected::Supermemo),
        Some(format @ (Format::Apkg | Format::Xlsx | Format::Ods | Format::Kindle)) => {
            let looked_for = format!("{format}; leave --format out to have it found out");
            return Err(ReadError::NoDeck { found: "text".to_owned(), looked_for });
        }
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
        if tbx::looks_like(text) {
            return Ok(Detected::Tbx);
        }
        if tmx::looks_like(text) {
            return Ok(Detected::Tmx);
        }
        if cedict::looks_like(text) {
            return Ok(Detected::Cedict);
        }
        if supermemo::looks_like(text) {
            return Ok(Detected::Supermemo);
        }
        if html::looks_like(text) {
            return Ok(Detected::Html);
        }
        if markdown::looks_like(text) {
            return Ok(Detected::Markdown);
        }
        if text.trim_start().starts_with("<?xml") || text.trim_start().starts_with("<svg") {
            return Err(no_deck("an XML file"));
        }
        if is_page(text) {
            let is_article = article::looks_like(text);
            return is_article.then_some(Detected::Article).ok_or_else(|| no_deck(describe(text)));
        }
    }
    let is_named = options.delimiter.is_some() || options.columns.is_some();
    if let Some(found) = machine::kind(text).filter(|_| !is_named) {
        return Err(no_deck(found));
    }
    let choice = delimited::choose(text, ending, options);
    let is_open = options.delimiter.is_none() && options.columns.is_none();
    // What a spreadsheet writes is a table, whatever its rows look like.
    let is_written = |choice: &Choice| {
        choice.delimiter.is_certain()
            || (choice.is_firm && choice.delimiter == Delimiter::Char(','))
    };
    if is_open && !choice.as_ref().is_some_and(is_written) {
        // A list under a title: the article reader knows which side is which language.
        let score = article::score(text);
        if score.has_headings && score.pct >= 50 && !is_source_code(text) {
            return Ok(Detected::Article);
        }
    }
    if let Some(choice) = choice.as_ref().filter(|choice| choice.is_firm) {
        // Statements have commas and bars as evenly as a table.
        let is_table = choice.delimiter.is_certain() || ending != Ending::Other;
        // Cards that each end with a semicolon look like statements.
        let is_code = || match &choice.rows {
            RowEnd::Text(end) if end == ";" => is_source_code(&text.replace(";\n", "\n")),
            _ => is_source_code(text),
        };
        // Bars under headings are tables of an article, if it reads as one.
        let is_article = choice.delimiter == Delimiter::Char('|')
            && options.delimiter.is_none()
            && text.lines().any(|line| line.starts_with("# ") || line.starts_with("## "))
            && article::looks_like(text);
        if !is_article && (is_table || options.delimiter.is_some() || !is_code()) {
            return Ok(Detected::Delimited(choice.clone()));
        }
    }
    if is_source_code(text) {
        return Err(no_deck("source code"));
    }
    let article = article::looks_like(text);
    match choice {
        Some(choice) if !article => Ok(Detected::Delimited(choice)),
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
