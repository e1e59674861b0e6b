//! Markdown and Org: tables, `term :: definition`, `- **term**: gloss`, definition
//! lists, cards with `?` between their sides.
//!
//! Headings above them become labels. What is neither is left out and counted; a
//! text that is mostly prose in two languages is an article and not read here.

mod front;
mod inline;
mod line;
pub(super) mod list;
mod org;
mod page;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::delimited::{self, Choice, Given, Known, header};
use super::{
    Draft, Format, MAX_FIELD, ReadError, ReadOptions, Reading, RowReason, Warning, article, detect,
};
use crate::domain::{DeckName, Field, note};
use page::{Block, Page, Pair, Table};

/// Whether a text is Markdown or Org with cards in it, and not an article.
#[must_use]
pub fn looks_like(text: &str) -> bool {
    if !page::may_be(text) {
        return false;
    }
    let mut page = Page::of(page::head(text));
    page.drop_weak();
    if !page.is_marked || page.blocks.is_empty() {
        return false;
    }
    let is_clear = page.explained * 10 >= page.content * 9;
    // A table is meant, whatever stands around it; other pairs stand in any text.
    let has_table = page.blocks.iter().any(|block| matches!(block, Block::Table(_)));
    let is_enough = if has_table {
        page.cards * 10 >= (page.content + page.code as usize) * 3
    } else {
        page.explained * 10 >= page.content * 6
    };
    is_clear || (is_enough && !article::looks_like(text))
}

/// Reads the cards of a text.
///
/// # Errors
/// [`ReadError::NoDeck`] where there is none.
pub fn read(text: &str, options: &ReadOptions) -> Result<Reading, ReadError> {
    let mut page = Page::of(text);
    // Who names the format knows what is in the file.
    let is_told = options.format == Some(Format::Markdown);
    if !is_told {
        page.drop_weak();
    }
    let is_sure = is_told || page.is_mostly_cards();
    let mut reading = Reading::new(Format::Markdown, "");
    match page.deck.as_deref().map(str::parse::<DeckName>) {
        Some(Ok(deck)) => reading.deck = Some(deck.as_str().to_owned()),
        Some(Err(bad)) => reading.warnings.push(Warning { line: 1, message: bad.to_string() }),
        None => {}
    }
    reading
        .reports
        .extend(page.titles.iter().map(|title| format!("1 title line skipped: {title}")));
    if page.has_more_labels {
        reading.warn_of_labels();
    }
    let mut done = Done::default();
    for block in &page.blocks {
        match block {
            Block::Table(rows) => {
                let start = reading.drafts.len();
                table(rows, options, &mut reading, &mut done)?;
                if !is_sure && header::names(&rows.header, None).is_none() {
                    reading.drafts[start..].iter_mut().for_each(doubt);
                }
            }
            Block::Pair(pair) => reading.row(pair.line, card(pair, &mut done)),
        }
    }
    if reading.drafts.is_empty() && reading.rejected.is_empty() {
        return Err(detect::no_deck("Markdown without a table or a pair"));
    }
    done.report(&page, &mut reading);
    Ok(reading)
}

/// Offers a row of a table that may be one of anything, unticked.
fn doubt(draft: &mut Draft) {
    draft.confidence_pct = 50;
    "stands in a text of something else".clone_into(&mut draft.reason);
}

/// What was done to the text of cells.
#[derive(Debug, Default)]
struct Done {
    reduced: u32,
    pictures: u32,
    tables: u32,
}

impl Done {
    fn report(&self, page: &Page<'_>, reading: &mut Reading) {
        let lines = (page.content - page.explained) as u32;
        for (count, what, done) in [
            (self.reduced, "field", "of Markdown reduced to text"),
            (self.pictures, "picture", "left out"),
            (self.tables, "table", "without two columns of text left out"),
            (page.schedules, "schedule", "of another program left out"),
            (page.code, "line", "of code left out"),
            (lines, "line", "of other text left out"),
        ] {
            if count > 0 {
                let s = if count == 1 { "" } else { "s" };
                reading.reports.push(format!("{count} {what}{s} {done}"));
            }
        }
    }

    /// Returns the text of a cell or a side, and the reading over it.
    fn plain<'t>(&mut self, raw: &'t str) -> (Cow<'t, str>, String) {
        // What is too long is refused as a whole.
        let plain = if raw.len() > MAX_FIELD { None } else { inline::plain(raw.trim()) };
        match plain {
            None => (Cow::Borrowed(raw.trim()), String::new()),
            Some(plain) => {
                self.reduced += 1;
                self.pictures += plain.pictures;
                (Cow::Owned(plain.text), plain.reading)
            }
        }
    }
}

fn card(pair: &Pair<'_>, done: &mut Done) -> Result<Draft, RowReason> {
    let (front, over) = done.plain(&pair.front);
    let (back, _) = done.plain(&pair.back);
    let mut draft = Draft::on(pair.line);
    draft.add(Field::Front, &front);
    draft.add(Field::Back, &back);
    draft.add(Field::Reading, &over);
    draft.fields.tags = note::tags(pair.tags.iter().map(String::as_str));
    draft.checked()
}

/// Reads a table by the way of all tables; its first row names the columns.
fn table(
    table: &Table<'_>,
    options: &ReadOptions,
    reading: &mut Reading,
    done: &mut Done,
) -> Result<(), ReadError> {
    let header: Vec<String> =
        table.header.iter().map(|cell| done.plain(cell).0.into_owned()).collect();
    let is_own = options.columns.is_none() && is_own(&header);
    let width = header.len().max(table.rows.iter().map(|(_, row)| row.len()).max().unwrap_or(0));
    let names: header::Names = header.iter().map(|cell| header::name(cell)).collect();
    let has_names = names.iter().any(Option::is_some) && !options.no_header;
    let known = Known {
        names: has_names.then_some(names),
        tags: if is_own { Vec::new() } else { table.tags.clone() },
        is_own,
        has_hard_blanks: is_own,
        html: true,
        ..Known::default()
    };
    let mut rows = Vec::with_capacity(table.rows.len() + 1);
    let has_header = header.iter().any(|cell| !cell.is_empty());
    if options.no_header && has_header {
        rows.push((table.line, header.into_iter().map(Cow::Owned).collect()));
    } else if has_header {
        reading.reports.push(format!("skipped header: {}", header.join(", ")));
    }
    for (line, cells) in &table.rows {
        let cells = cells.iter().map(|cell| {
            if is_own { Cow::Owned(inline::unescaped(cell)) } else { done.plain(cell).0 }
        });
        rows.push((*line, cells.collect()));
    }
    // What stands below the first row is never another header.
    let options = ReadOptions { no_header: true, ..options.clone() };
    let mut source = Given(rows.into_iter());
    let choice = Choice::given(width);
    match delimited::table(&mut source, &choice, &options, &known, reading, &()) {
        Err(ReadError::NoDeck { .. }) => {
            done.tables += 1;
            Ok(())
        }
        other => other,
    }
}

/// Whether this program wrote a table: some of its columns, with deck and id.
fn is_own(header: &[String]) -> bool {
    header.iter().all(|name| delimited::OWN.contains(&name.as_str()))
        && header.ends_with(&["deck".to_owned(), "id".to_owned()])
}
