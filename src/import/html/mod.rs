//! Web pages: tables, definition lists, lists of `term – meaning`, saved sets of cards.
//!
//! A page that is mostly text beside them is an article and not read here.

mod page;
mod sides;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::delimited::{self, Choice, Given, Known, header};
use super::markdown::list;
use super::{
    Draft, Format, ReadError, ReadOptions, Reading, RowReason, Warning, article, detect, markup,
};
use crate::domain::Field;
use page::{Page, Row, Sheet};

/// Whether a text is a web page with cards in it, and not an article.
#[must_use]
pub fn looks_like(text: &str) -> bool {
    if !is_page(text) {
        return false;
    }
    let page = Page::of(text);
    let Ok(reading) = cards(&page, &ReadOptions::default()) else { return false };
    if reading.drafts.len() < 2 {
        return false;
    }
    page.tabled * 2 >= page.visible || !article::looks_like(text)
}

/// Reads the cards of a page.
///
/// # Errors
/// [`ReadError::NoDeck`] where there is none.
pub fn read(text: &str, options: &ReadOptions) -> Result<Reading, ReadError> {
    cards(&Page::of(text), options)
}

/// Whether a text starts as a page, or a part of one, does.
fn is_page(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<table",
        "<meta",
        "<dl",
        "<ul",
        "<ol",
        "<div",
        "<section",
        "<article",
        "<main",
        "<h1",
        "<h2",
        "<style",
    ];
    let mut head = text.trim_start();
    while let Some(rest) = head.strip_prefix("<!--").or_else(|| head.strip_prefix("<?")) {
        let Some((_, rest)) = rest.split_once('>') else { return false };
        head = rest.trim_start();
    }
    let line = head.lines().next().unwrap_or_default();
    let starts = |tag: &&str| head.get(..tag.len()).is_some_and(|h| h.eq_ignore_ascii_case(tag));
    let is_row = line.contains('\t') && !line.starts_with("<html");
    STARTS.iter().any(starts) && !is_row
}

fn cards(page: &Page, options: &ReadOptions) -> Result<Reading, ReadError> {
    let mut reading = Reading::new(Format::Html, "");
    if let Some(line) = page.too_deep {
        let message = "nested too deep: what lies deeper is read as part of what is around it";
        reading.warnings.push(Warning { line, message: message.to_owned() });
    }
    tables(page, options, &mut reading)?;
    for ((line, term), meaning) in &page.glosses {
        reading.row(*line, card(*line, term, meaning));
    }
    sides::read(&page.sides, &mut reading);
    if reading.drafts.is_empty() {
        lists(page, &mut reading);
    }
    if reading.drafts.is_empty() {
        return Err(detect::no_deck("a web page without a table or a list of terms"));
    }
    reading.drafts.sort_by_key(|draft| draft.line);
    Ok(reading)
}

/// Reads the largest table of words, and those that are made like it.
fn tables(page: &Page, options: &ReadOptions, into: &mut Reading) -> Result<(), ReadError> {
    let mut others = Vec::new();
    let mut found = Vec::new();
    for sheet in &page.sheets {
        let mut reading = Reading::new(Format::Html, "");
        match table(sheet, options, &mut reading) {
            Ok(()) => found.push((sheet, reading)),
            Err(ReadError::NoDeck { .. }) => others.push(sheet.line),
            Err(other) => return Err(other),
        }
    }
    let best = found.iter().filter(|(_, reading)| is_of_words(reading));
    let best = best.max_by_key(|(_, reading)| reading.drafts.len());
    let like = best.map(|(sheet, _)| likeness(sheet));
    for (sheet, reading) in found {
        let own = likeness(sheet);
        let is_alike = like.as_ref() == Some(&own);
        let is_read = if is_of_words(&reading) {
            is_alike || is_named(sheet)
        } else {
            // With the same names over it, its rows were meant to be words.
            is_alike && own.1.is_some() && !is_layout(&reading)
        };
        if like.is_none() || !is_read {
            others.push(sheet.line);
            continue;
        }
        into.drafts.extend(reading.drafts);
        into.rejected.extend(reading.rejected);
        into.warnings.extend(reading.warnings);
        into.reports.extend(reading.reports);
    }
    if !others.is_empty() {
        others.sort_unstable();
        let s = if others.len() == 1 { "" } else { "s" };
        let lines: Vec<String> = others.iter().map(u32::to_string).collect();
        let lines = lines.join(", ");
        into.reports.push(format!("{} other table{s} left out: line {lines}", others.len()));
    }
    Ok(())
}

/// How a table is made: how wide it is, and the names of its columns.
fn likeness(sheet: &Sheet) -> (usize, Option<&[String]>) {
    let width = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let head = sheet.rows.first().filter(|row| row.is_head).map(|row| row.cells.as_slice());
    (width, head)
}

/// Whether what was read from a table is words and their meanings.
fn is_of_words(reading: &Reading) -> bool {
    let drafts = &reading.drafts;
    !drafts.is_empty() && drafts.len() >= reading.rejected.len() && !is_layout(reading)
}

/// Whether a table only lays a page out: it has long texts in few rows.
fn is_layout(reading: &Reading) -> bool {
    let drafts = &reading.drafts;
    let length: usize = drafts.iter().map(|draft| draft.fields.front.len()).sum();
    !drafts.is_empty() && length >= drafts.len() * 300
}

/// Whether the names of a table's columns are those of a word list.
fn is_named(sheet: &Sheet) -> bool {
    sheet.rows.first().is_some_and(|row| {
        let cells: Vec<String> = row.cells.iter().map(|cell| plain(cell)).collect();
        header::names(&cells, None).is_some()
    })
}

fn table(sheet: &Sheet, options: &ReadOptions, reading: &mut Reading) -> Result<(), ReadError> {
    let is_head = |row: &Row| row.is_head && !options.no_header;
    let heads = sheet.rows.iter().take_while(|row| is_head(row)).count();
    // Of several rows of names the last one is next to the columns.
    let cells: Option<Vec<String>> = heads
        .checked_sub(1)
        .map(|last| sheet.rows[last].cells.iter().map(|cell| plain(cell)).collect());
    let names = cells.as_ref().map(|cells| {
        let names: header::Names = cells.iter().map(|cell| header::name(cell)).collect();
        names
    });
    let names = names.filter(|names| names.iter().any(Option::is_some));
    if let Some(cells) = &cells {
        reading.reports.push(format!("skipped header: {}", cells.join(", ")));
    }
    let mut has_ruby = false;
    let mut width = 0;
    let rows: Vec<(u32, Vec<Cow<'_, str>>)> = sheet.rows[heads..]
        .iter()
        .filter(|row| !is_head(row))
        .map(|row| {
            width = width.max(row.cells.len());
            let cells = row.cells.iter().map(|cell| {
                // The reading over a word is taken off where the row is read.
                if cell.contains("<rt>") {
                    has_ruby = true;
                    Cow::Borrowed(cell.as_str())
                } else {
                    Cow::Owned(plain(cell))
                }
            });
            (row.line, cells.collect())
        })
        .collect();
    let known = Known { names, html: has_ruby, ..Known::default() };
    let options = ReadOptions { no_header: options.no_header || heads > 0, ..options.clone() };
    let mut source = Given(rows.into_iter());
    delimited::table(&mut source, &Choice::given(width), &options, &known, reading, &())
}

/// Returns a text without the tags that were kept in it.
fn plain(text: &str) -> String {
    markup::reduce(text).map_or_else(|| text.to_owned(), |reduced| reduced.text)
}

/// Returns a card from two texts in which tags were kept.
fn card(line: u32, front: &str, back: &str) -> Result<Draft, RowReason> {
    let mut draft = Draft::on(line);
    match markup::reduce(front) {
        Some(front) => {
            draft.add(Field::Front, &front.text);
            draft.add(Field::Reading, &front.reading);
        }
        None => {
            draft.add(Field::Front, front);
        }
    }
    draft.add(Field::Back, &plain(back));
    draft.checked()
}

/// Reads lists in which each item is a term and its meaning.
fn lists(page: &Page, reading: &mut Reading) {
    for items in &page.lists {
        let texts: Vec<String> = items.iter().map(|(_, text)| plain(text)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let Some(pairs) = list::split_all(&texts).filter(|_| texts.len() > 2) else { continue };
        for ((line, _), pair) in items.iter().zip(pairs) {
            let draft = pair.ok_or(RowReason::NoBack).and_then(|(front, back)| {
                let mut draft = Draft::on(*line);
                draft.add(Field::Front, front);
                draft.add(Field::Back, back);
                draft.checked()
            });
            reading.row(*line, draft);
        }
    }
}
