//! XML of strangers: read as a stream, nothing expanded but the five entities that
//! XML itself has and characters by number, never nested deeper than a limit.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{ReadError, Reading, RowReason, Warning};
use crate::domain::watch::{Stage, Watch};

/// The deepest nesting that is read.
const MAX_DEPTH: usize = 100;

/// Entries between two reports of how far it is.
const STEP: usize = 2048;

/// The most elements and stretches of text within one entry.
const MAX_NODES: usize = 50_000;

/// Why the XML cannot be read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// 1-based line.
    pub line: u32,
    /// What is wrong there.
    pub message: String,
}

impl From<Fault> for ReadError {
    fn from(fault: Fault) -> Self {
        Self::Broken { line: fault.line, message: fault.message }
    }
}

/// A part of the stream.
#[derive(Debug)]
pub enum Piece<'a> {
    /// The start of an element; an empty one has its end too.
    Open(Element<'a>),
    /// The end of an element, with its name without prefix.
    Close(String),
    /// Text between two tags, or a part of it.
    Text(Cow<'a, str>),
    /// The end of the document, after the end of its root.
    End,
}

/// An element, with what is in it once it was read whole.
#[derive(Debug)]
pub struct Element<'a> {
    tag: BytesStart<'a>,
    /// 1-based line on which it starts.
    pub line: u32,
    /// What is in it, in order.
    pub nodes: Vec<Node<'a>>,
}

/// What an element holds.
#[derive(Debug)]
pub enum Node<'a> {
    /// Another element.
    Element(Element<'a>),
    /// Text.
    Text(Cow<'a, str>),
}

impl<'a> Element<'a> {
    /// Returns its name without prefix.
    #[must_use]
    pub fn name(&self) -> &str {
        self.tag.local_name().into_inner()
    }

    /// Returns an attribute by its name without prefix; an empty one is none.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<String> {
        let is_it = |key: &str| key.rsplit_once(':').map_or(key, |(_, local)| local) == name;
        let mut attributes = self.tag.attributes();
        let mut found = attributes.with_checks(false).flatten();
        let value = found.find(|attribute| is_it(attribute.key.as_ref()))?.value;
        let value = resolved(value.as_ref());
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// Returns the elements right below it.
    pub fn children(&self) -> impl Iterator<Item = &Element<'a>> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Returns the first element right below it with one of these names.
    #[must_use]
    pub fn child(&self, names: &[&str]) -> Option<&Element<'a>> {
        self.children().find(|child| names.contains(&child.name()))
    }

    /// Returns its text and that of all elements below it for which `keep` holds.
    #[must_use]
    pub fn text(&self, keep: fn(&str) -> bool) -> String {
        let mut out = String::new();
        self.collect(keep, &mut out);
        out
    }

    fn collect(&self, keep: fn(&str) -> bool, out: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) if keep(element.name()) => element.collect(keep, out),
                Node::Element(_) => {}
            }
        }
    }
}

/// A document that is read piece by piece.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    /// Up to where lines are counted, and the line there.
    counted: (usize, u32),
    depth: usize,
    has_root: bool,
    /// References to entities that nobody defined, or that are not expanded.
    unknown: u32,
    /// The line of a document type with declarations of its own.
    declares: Option<u32>,
}

impl<'a> Xml<'a> {
    /// Returns the pieces of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            text,
            counted: (0, 1),
            depth: 0,
            has_root: false,
            unknown: 0,
            declares: None,
        }
    }

    /// Returns the line that was read to.
    fn line(&mut self) -> u32 {
        self.line_of(self.offset())
    }

    /// Returns the line of an offset that is not before an earlier one.
    fn line_of(&mut self, at: usize) -> u32 {
        let (from, line) = self.counted;
        let bytes = self.text.as_bytes().get(from..at).unwrap_or_default();
        let breaks = bytes.split(|b| *b == b'\n').count() - 1;
        self.counted = (from + bytes.len(), line.saturating_add(breaks as u32));
        self.counted.1
    }

    /// Returns how many bytes are through.
    #[must_use]
    pub fn offset(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Returns the next piece; comments and instructions are passed over.
    ///
    /// # Errors
    /// A [`Fault`] where the document is broken, cut off or nested too deep.
    pub fn next_piece(&mut self) -> Result<Piece<'a>, Fault> {
        loop {
            let start = self.offset();
            match self.reader.read_event() {
                Ok(Event::Start(tag) | Event::Empty(tag)) => {
                    let line = self.line_of(start);
                    self.depth += 1;
                    self.has_root = true;
                    if self.depth > MAX_DEPTH {
                        let message = format!("elements are nested deeper than {MAX_DEPTH}");
                        return Err(Fault { line, message });
                    }
                    return Ok(Piece::Open(Element { tag, line, nodes: Vec::new() }));
                }
                Ok(Event::End(tag)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Piece::Close(tag.local_name().into_inner().to_owned()));
                }
                Ok(Event::Text(text)) => return Ok(Piece::Text(text.into_inner())),
                Ok(Event::CData(text)) => return Ok(Piece::Text(text.into_inner())),
                Ok(Event::GeneralRef(reference)) => {
                    let text = self.reference(&reference);
                    return Ok(Piece::Text(text));
                }
                Ok(Event::DocType(doctype)) => {
                    if doctype.contains('[') {
                        let line = self.line_of(start);
                        self.declares.get_or_insert(line);
                    }
                }
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
                Ok(Event::Eof) if self.depth == 0 && self.has_root => return Ok(Piece::End),
                Ok(Event::Eof) => {
                    let message = "the XML is cut off".to_owned();
                    return Err(Fault { line: self.line(), message });
                }
                Err(error) => {
                    let message = format!("no valid XML: {error}");
                    return Err(Fault { line: self.line(), message });
                }
            }
        }
    }

    /// Returns an element that was just opened, with all that is in it.
    ///
    /// # Errors
    /// As [`Xml::next_piece`]; an entry with too many parts is a fault too.
    pub fn whole(&mut self, open: Element<'a>) -> Result<Element<'a>, Fault> {
        let (line, mut nodes) = (open.line, 0_usize);
        let mut outer = Vec::new();
        let mut element = open;
        loop {
            nodes += 1;
            if nodes > MAX_NODES {
                let message = format!("an entry of more than {MAX_NODES} parts");
                return Err(Fault { line, message });
            }
            match self.next_piece()? {
                Piece::Open(inner) => outer.push(std::mem::replace(&mut element, inner)),
                Piece::Text(text) => element.nodes.push(Node::Text(text)),
                Piece::Close(_) | Piece::End => {
                    let Some(mut parent) = outer.pop() else { return Ok(element) };
                    parent.nodes.push(Node::Element(element));
                    element = parent;
                }
            }
        }
    }

    /// Returns what should be said about the document as such.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if let Some(line) = self.declares {
            let message = "declarations in the document type are not read".to_owned();
            warnings.push(Warning { line, message });
        }
        if self.unknown > 0 {
            let s = if self.unknown == 1 { "y" } else { "ies" };
            let message = format!("{} unknown entit{s} kept as they stand", self.unknown);
            warnings.push(Warning { line: 0, message });
        }
        warnings
    }

    fn reference(&mut self, reference: &BytesRef<'a>) -> Cow<'a, str> {
        if let Some(c) = entity(reference) {
            return Cow::Owned(c.to_string());
        }
        self.unknown = self.unknown.saturating_add(1);
        Cow::Owned(format!("&{};", &**reference))
    }
}

/// Hands out the elements of these names whole, and the start of every other one.
///
/// A document that breaks off behind its first entries keeps those: the entry it
/// breaks in is a rejected row, and a warning says that nothing behind it was read.
///
/// # Errors
/// [`ReadError::Broken`] where it breaks before its first entry, [`ReadError::Cancelled`].
pub fn entries(
    text: &str,
    names: &[&str],
    reading: &mut Reading,
    watch: &dyn Watch,
    mut head: impl FnMut(&Element<'_>),
    mut entry: impl FnMut(&Element<'_>),
) -> Result<(), ReadError> {
    let mut xml = Xml::new(text);
    let mut count = 0_usize;
    let fault = loop {
        let open = match xml.next_piece() {
            Ok(Piece::Open(open)) => open,
            Ok(Piece::End) => break None,
            Ok(Piece::Close(_) | Piece::Text(_)) => continue,
            Err(fault) => break Some((None, fault)),
        };
        if !names.contains(&open.name()) {
            head(&open);
            continue;
        }
        if count.is_multiple_of(STEP) {
            watch.at(Stage::Reading, xml.offset(), text.len())?;
        }
        let line = open.line;
        match xml.whole(open) {
            Ok(element) => entry(&element),
            Err(fault) => break Some((Some(line), fault)),
        }
        count += 1;
    };
    if let Some((line, fault)) = fault {
        if count == 0 {
            return Err(fault.into());
        }
        let Fault { line: at, message } = fault;
        if let Some(line) = line {
            reading.row(line, Err(RowReason::Other(message.clone())));
        }
        let message = format!("{message}; nothing behind this line was read");
        reading.warnings.push(Warning { line: at, message });
    }
    reading.warnings.extend(xml.warnings());
    Ok(())
}

/// Returns the character of an entity of XML itself, or one given by its number.
fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            let c = char::from_u32(code)?;
            // What would be stripped from the text is not let in by its number.
            Some(if c.is_control() && !matches!(c, '\t' | '\n') { ' ' } else { c })
        }
    }
}

/// Returns the value of an attribute with its references resolved.
fn resolved(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        let found = end.and_then(|end| Some((end, entity(rest.get(1..end)?)?)));
        let (end, c) = found.unwrap_or((0, '&'));
        out.push(c);
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Returns the name of a document's root element, without its prefix; `None` where the
/// text does not start like XML.
#[must_use]
pub fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        if let Some(inner) = rest.strip_prefix("<?") {
            rest = inner.split_once("?>")?.1.trim_start();
        } else if let Some(inner) = rest.strip_prefix("<!--") {
            rest = inner.split_once("-->")?.1.trim_start();
        } else if rest.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype")) {
            let end = rest.find(['>', '['])?;
            let is_subset = rest[end..].starts_with('[');
            let after = if is_subset {
                let close = rest[end..].find(']').map(|at| end + at)?;
                close + rest[close..].find('>')?
            } else {
                end
            };
            rest = rest[after + 1..].trim_start();
        } else {
            break;
        }
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
    let name = &name[..end];
    let name = name.rsplit_once(':').map_or(name, |(_, local)| local);
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Result<String, Fault> {
        let mut xml = Xml::new(text);
        let mut out = String::new();
        loop {
            match xml.next_piece()? {
                Piece::Text(text) => out.push_str(&text),
                Piece::End => return Ok(out),
                Piece::Open(_) | Piece::Close(_) => {}
            }
        }
    }

    #[test]
    fn text_comes_with_its_own_entities_resolved() {
        let text = "<a>x &amp; y &#x4e2d;&#22269;<!-- no --><b/> <![CDATA[<z>]]> &lol; &</a>";
        assert_eq!(texts(text).unwrap(), "x & y 中国 <z> &lol; &");
    }

    #[test]
    fn nothing_that_a_document_declares_is_expanded() {
        let text = "<!DOCTYPE a [<!ENTITY l \"lol\"><!ENTITY m \"&l;&l;&l;\">]>\n<a>&m;</a>";
        assert_eq!(texts(text).unwrap(), "\n&m;");
        let mut xml = Xml::new(text);
        while !matches!(xml.next_piece().unwrap(), Piece::End) {}
        assert_eq!(xml.warnings().len(), 2);
    }

    #[test]
    fn what_is_broken_is_named_with_its_line() {
        for (text, line) in [("<a>\n<b></a>", 2), ("<a>\n\n<b>", 3), ("<a>\n<b x=", 2), ("", 1)] {
            assert_eq!(texts(text).unwrap_err().line, line, "{text}");
        }
        let deep = "<a>".repeat(100_000);
        assert!(texts(&deep).unwrap_err().message.contains("nested"));
    }

    #[test]
    fn the_root_is_found_behind_what_stands_above_it() {
        for (text, name) in [
            ("<tmx version='1.4'>", Some("tmx")),
            ("<?xml version='1.0'?>\n<!-- x -->\n<!DOCTYPE tmx SYSTEM 'a'>\n<tmx>", Some("tmx")),
            ("<!DOCTYPE a [ <!ENTITY x 'y'> ]><x:b/>", Some("b")),
            ("a<b>", None),
            ("<", None),
        ] {
            assert_eq!(root(text), name, "{text}");
        }
    }
}
