//! A web page taken apart into tables, definition lists and lists.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::sides::Side;

/// Elements whose text nobody reads, or that stand around a page.
const HIDDEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "nav", "footer", "select", "textarea",
    "button", "iframe", "title", "math",
];

/// Elements that say something of the text in them, for the reader of fields.
const KEPT: &[&str] =
    &["ruby", "rb", "rt", "rp", "br", "p", "div", "img", "hr", "blockquote", "pre"];

/// So many tables and lists are read within one another, and twice as many texts.
const MOST_DEPTH: usize = 100;

/// Elements of which each has an end tag.
const BLOCKS: &[&str] = &["div", "section", "article", "main", "ul", "ol", "table", "a"];

/// Elements that end where the next of their kind starts.
const ITEMS: &[&str] = &["li", "tr", "p"];

/// A cell spans at most so many columns or rows.
const MOST_SPAN: usize = 64;

/// A table has at most so many cells that only repeat or fill up others.
const MOST_COPIES: usize = 100_000;

/// A text longer than this is not repeated.
const MOST_REPEATED: usize = 1024;

/// A row of a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) line: u32,
    /// Text with the few tags that are kept.
    pub(super) cells: Vec<String>,
    /// Whether its cells are names of columns.
    pub(super) is_head: bool,
}

/// A table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) line: u32,
    pub(super) rows: Vec<Row>,
}

/// A text with its line.
pub(super) type Text = (u32, String);

/// A page taken apart. Texts still hold the tags that are kept.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) sheets: Vec<Sheet>,
    /// Terms and what they mean, from definition lists.
    pub(super) glosses: Vec<(Text, String)>,
    /// The items of lists.
    pub(super) lists: Vec<Vec<Text>>,
    /// The sides of cards of a saved set, one after the other.
    pub(super) sides: Vec<Side>,
    /// Characters of text, and those in tables, definitions and sides.
    pub(super) visible: usize,
    pub(super) tabled: usize,
    /// The first line on which something lies deeper than is read.
    pub(super) too_deep: Option<u32>,
}

/// What is open.
#[derive(Debug)]
enum Frame {
    Table(Grid),
    Definitions(Vec<Text>),
    List(Vec<Text>),
}

/// A table while it is read.
#[derive(Debug, Default)]
struct Grid {
    sheet: Sheet,
    row: Row,
    in_row: bool,
    in_head: bool,
    /// Cells from above that reach down: how many rows yet, and their text.
    down: Vec<(usize, String)>,
    /// What the open cell spans.
    span: (usize, usize),
    cell_is_head: bool,
    heads: usize,
    copies: usize,
}

impl Grid {
    /// Fills in cells that reach down to this row at this place.
    fn fill(&mut self) {
        while let Some((rows, text)) = self.down.get_mut(self.row.cells.len()) {
            if *rows == 0 {
                break;
            }
            *rows -= 1;
            self.row.cells.push(text.clone());
        }
    }

    fn end_cell(&mut self, text: &str) {
        self.fill();
        let (mut columns, mut rows) = self.span;
        self.copies += (columns * rows).saturating_sub(1);
        if self.copies > MOST_COPIES {
            (columns, rows) = (1, 1);
        }
        for at in 0..columns {
            let place = self.row.cells.len();
            let text = if at == 0 { text } else { "" };
            if rows > 1 && text.len() <= MOST_REPEATED {
                self.down.resize(self.down.len().max(place + 1), (0, String::new()));
                self.down[place] = (rows - 1, text.to_owned());
            }
            self.row.cells.push(text.to_owned());
        }
        self.heads += usize::from(self.cell_is_head);
    }

    fn end_row(&mut self) {
        if !self.in_row {
            return;
        }
        self.in_row = false;
        self.fill();
        let mut row = std::mem::take(&mut self.row);
        // A single name in front heads its row; names all through are those of columns.
        row.is_head = self.in_head || (self.heads > 1 && self.heads == row.cells.len());
        self.heads = 0;
        if row.cells.iter().any(|cell| !cell.trim().is_empty()) {
            self.sheet.rows.push(row);
        }
    }
}

/// A text that is open.
#[derive(Debug)]
struct Open {
    /// Its tag.
    kind: String,
    /// How many frames are around it: what stands in a table within it does not end it.
    depth: usize,
    line: u32,
    text: String,
    /// How deep the element lies that holds it and the side before it.
    near: usize,
}

#[derive(Debug, Default)]
struct Reader<'a> {
    page: Page,
    source: &'a str,
    /// The offset up to which lines were counted, and the line there.
    at: (usize, u32),
    frames: Vec<Frame>,
    /// The texts that are open, innermost last.
    texts: Vec<Open>,
    /// The hidden element that is open, and how many of its name.
    hidden: Option<(String, usize)>,
    in_pre: bool,
    /// How many frames are open that lie too deep.
    deeper: usize,
    /// How many elements are open that surely have an end.
    blocks: usize,
    /// The least depth since the last side: two for each element that is open, and
    /// one more where no item has started in it since.
    lowest: usize,
}

impl Page {
    /// Takes a page apart.
    pub(super) fn of(source: &str) -> Self {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let mut reader = Reader { source, at: (0, 1), ..Reader::default() };
        for token in Tokenizer::new_with_emitter(source, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => reader.start(&tag),
                Token::EndTag(tag) => reader.end(&String::from_utf8_lossy(&tag.name)),
                Token::String(text) => reader.text(&String::from_utf8_lossy(&text)),
                _ => {}
            }
        }
        while let Some(depth) = reader.frames.len().checked_sub(1) {
            let left = reader.texts.iter().take_while(|open| open.depth <= depth).count();
            reader.end_texts(left);
            if let Some(frame) = reader.frames.pop() {
                reader.close(frame);
            }
        }
        reader.page
    }
}

impl Reader<'_> {
    fn line(&mut self, offset: usize) -> u32 {
        let (from, line) = self.at;
        let bytes = self.source.as_bytes().get(from..offset).unwrap_or_default();
        let line = line + bytes.split(|b| *b == b'\n').count() as u32 - 1;
        self.at = (offset.max(from), line);
        line
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let name = name.as_str();
        let line = self.line(tag.span.start);
        if let Some((hidden, depth)) = &mut self.hidden {
            *depth += usize::from(hidden == name && !tag.self_closing);
            return;
        }
        if !tag.self_closing && is_hidden(name, tag) {
            self.hidden = Some((name.to_owned(), 1));
            return;
        }
        if BLOCKS.contains(&name) {
            self.blocks += 1;
        } else if ITEMS.contains(&name) {
            self.lowest = self.lowest.min(2 * self.blocks);
        }
        match name {
            "table" => {
                let grid = Grid { sheet: Sheet { line, rows: Vec::new() }, ..Grid::default() };
                self.frame(Frame::Table(grid), line);
            }
            "thead" | "tbody" | "tfoot" => self.section(name == "thead"),
            "tr" => self.row(line),
            "td" | "th" => self.cell(name, line, tag),
            "dl" => self.frame(Frame::Definitions(Vec::new()), line),
            "dt" | "dd" if matches!(self.frames.last(), Some(Frame::Definitions(_))) => {
                self.end_open(&["dt", "dd"]);
                self.open(name, line);
            }
            "ul" | "ol" if self.texts.is_empty() => self.frame(Frame::List(Vec::new()), line),
            "li" if matches!(self.frames.last(), Some(Frame::List(_))) => {
                if self.texts.last().is_some_and(|text| text.kind == "li") {
                    self.end_open(&["li"]);
                }
                if self.texts.is_empty() {
                    self.open(name, line);
                }
            }
            "span" | "div" if has_class(tag, "TermText") => {
                self.open(&format!("{name}:term"), line);
            }
            "li" => self.mark("<br>"),
            "sup" | "sub" | "span" => {}
            "pre" => {
                self.in_pre = true;
                self.mark("<br>");
            }
            "caption" => self.open(name, line),
            _ if KEPT.contains(&name) => self.mark(&format!("<{name}>")),
            _ => {}
        }
    }

    /// Opens a frame, unless it lies too deep: then it is part of what is around it.
    fn frame(&mut self, frame: Frame, line: u32) {
        if self.frames.len() < MOST_DEPTH {
            self.frames.push(frame);
        } else {
            self.deeper += 1;
            self.page.too_deep.get_or_insert(line);
        }
    }

    fn section(&mut self, is_head: bool) {
        self.end_open(&["td", "th"]);
        if let Some(Frame::Table(grid)) = self.frames.last_mut() {
            grid.end_row();
            grid.in_head = is_head;
        }
    }

    fn row(&mut self, line: u32) {
        self.end_open(&["td", "th", "caption"]);
        if let Some(Frame::Table(grid)) = self.frames.last_mut() {
            grid.end_row();
            grid.in_row = true;
            grid.row.line = line;
        }
    }

    fn cell(&mut self, name: &str, line: u32, tag: &StartTag<usize>) {
        self.end_open(&["td", "th", "caption"]);
        if let Some(Frame::Table(grid)) = self.frames.last_mut() {
            if !grid.in_row {
                grid.in_row = true;
                grid.row.line = line;
            }
            grid.cell_is_head = name == "th";
            grid.span = (number(tag, "colspan"), number(tag, "rowspan"));
            self.open(name, line);
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((hidden, depth)) = &mut self.hidden {
            if hidden == name {
                *depth -= 1;
                if *depth == 0 {
                    self.hidden = None;
                }
            }
            return;
        }
        if BLOCKS.contains(&name) {
            self.blocks = self.blocks.saturating_sub(1);
            self.lowest = self.lowest.min(2 * self.blocks + 1);
        }
        match name {
            "table" | "dl" | "ul" | "ol" => {
                let fits = |frame: &Frame| match frame {
                    Frame::Table(_) => name == "table",
                    Frame::Definitions(_) => name == "dl",
                    Frame::List(_) => name == "ul" || name == "ol",
                };
                if self.deeper > 0 && self.frames.last().is_some_and(fits) {
                    self.deeper -= 1;
                } else if self.frames.last().is_some_and(fits) {
                    self.end_open(&["td", "th", "dt", "dd", "li", "caption"]);
                    let depth = self.frames.len();
                    self.texts.retain(|open| open.depth < depth || open.kind.ends_with(":term"));
                    if let Some(frame) = self.frames.pop() {
                        self.close(frame);
                    }
                }
            }
            "tr" | "thead" | "tbody" | "tfoot" => self.section(false),
            "td" | "th" => self.end_open(&["td", "th"]),
            "dt" | "dd" => self.end_open(&["dt", "dd"]),
            "caption" => self.end_open(&["caption"]),
            "li" if self.texts.last().is_some_and(|text| text.kind == "li") => {
                self.end_open(&["li"]);
            }
            "span" | "div"
                if self.texts.last().is_some_and(|t| t.kind == format!("{name}:term")) =>
            {
                self.end_open(&[&format!("{name}:term")]);
            }
            "pre" => self.in_pre = false,
            _ if KEPT.contains(&name) && name != "img" => self.mark(&format!("</{name}>")),
            _ => {}
        }
    }

    fn mark(&mut self, tag: &str) {
        if let Some(open) = self.texts.last_mut() {
            open.text.push_str(tag);
        }
    }

    fn text(&mut self, raw: &str) {
        if self.hidden.is_some() {
            return;
        }
        let count = raw.chars().filter(|c| !c.is_whitespace()).count();
        self.page.visible += count;
        let is_listed =
            self.texts.last().is_none_or(|open| open.kind == "li" || open.kind == "caption");
        let Some(Open { text, .. }) = self.texts.last_mut() else { return };
        self.page.tabled += if is_listed { 0 } else { count };
        for c in raw.chars() {
            match c {
                '&' => text.push_str("&amp;"),
                '<' => text.push_str("&lt;"),
                '\n' if self.in_pre => text.push_str("<br>"),
                c if c.is_whitespace() && c != '\u{3000}' => {
                    if !text.is_empty() && !text.ends_with(' ') {
                        text.push(' ');
                    }
                }
                c => text.push(c),
            }
        }
    }

    /// Ends the innermost open text where it is of one of these kinds.
    fn end_open(&mut self, kinds: &[&str]) {
        let depth = self.frames.len();
        let fits = |open: &Open| open.depth == depth && kinds.contains(&open.kind.as_str());
        if self.texts.last().is_some_and(fits) {
            self.end_texts(self.texts.len() - 1);
        }
    }

    fn open(&mut self, kind: &str, line: u32) {
        if self.texts.len() >= 2 * MOST_DEPTH {
            self.page.too_deep.get_or_insert(line);
            return;
        }
        let depth = self.frames.len();
        let mut near = 0;
        if kind.ends_with(":term") {
            let within = 2 * self.blocks + 1;
            near = std::mem::replace(&mut self.lowest, within).min(within);
        }
        self.texts.push(Open { kind: kind.to_owned(), depth, line, text: String::new(), near });
    }

    /// Ends open texts until so many are left.
    fn end_texts(&mut self, left: usize) {
        while self.texts.len() > left {
            let Some(Open { kind, line, text, near, .. }) = self.texts.pop() else { return };
            let text = text.trim().to_owned();
            match (kind.as_str(), self.frames.last_mut()) {
                ("td" | "th", Some(Frame::Table(grid))) => grid.end_cell(&text),
                ("dt", Some(Frame::Definitions(list))) => list.push((line, format!("t{text}"))),
                ("dd", Some(Frame::Definitions(list))) => list.push((line, format!("d{text}"))),
                ("li", Some(Frame::List(list))) => list.push((line, text)),
                ("span:term" | "div:term", _) => self.page.sides.push(Side { line, text, near }),
                _ => {}
            }
        }
    }

    fn close(&mut self, frame: Frame) {
        match frame {
            Frame::Table(mut grid) => {
                grid.end_row();
                if !grid.sheet.rows.is_empty() {
                    self.page.sheets.push(grid.sheet);
                }
            }
            Frame::List(items) => self.page.lists.push(items),
            Frame::Definitions(list) => self.glosses(list),
        }
    }

    /// Puts terms and meanings together: several of either in a row belong to one card.
    fn glosses(&mut self, list: Vec<Text>) {
        let mut open: Option<(Text, String)> = None;
        for (line, text) in list {
            let (kind, text) = text.split_at(1);
            match (kind, &mut open) {
                ("t", Some(((_, term), meaning))) if meaning.is_empty() => {
                    term.push_str("; ");
                    term.push_str(text);
                }
                ("t", _) => {
                    self.page.glosses.extend(open.take());
                    open = Some(((line, text.to_owned()), String::new()));
                }
                (_, Some((_, meaning))) => {
                    if !meaning.is_empty() {
                        meaning.push_str("<br>");
                    }
                    meaning.push_str(text);
                }
                (_, None) => {}
            }
        }
        self.page.glosses.extend(open);
    }
}

fn is_hidden(name: &str, tag: &StartTag<usize>) -> bool {
    const VOID: &[&str] = &["br", "img", "hr", "input", "meta", "link", "wbr", "col", "source"];
    if HIDDEN.contains(&name) {
        return true;
    }
    if VOID.contains(&name) {
        return false;
    }
    let style = attribute(tag, "style").replace(' ', "");
    style.contains("display:none")
        || tag.attributes.contains_key(b"hidden".as_slice())
        || has_class(tag, "mw-editsection")
        || (name == "sup" && has_class(tag, "reference"))
}

fn attribute(tag: &StartTag<usize>, name: &str) -> String {
    let value = tag.attributes.get(name.as_bytes());
    value.map_or_else(String::new, |value| String::from_utf8_lossy(value).into_owned())
}

fn has_class(tag: &StartTag<usize>, class: &str) -> bool {
    attribute(tag, "class").split_whitespace().any(|c| c == class)
}

/// Returns what a cell spans.
fn number(tag: &StartTag<usize>, name: &str) -> usize {
    attribute(tag, name).trim().parse().unwrap_or(1).clamp(1, MOST_SPAN)
}
