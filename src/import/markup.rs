//! HTML in fields, reduced to text, where known tags or entities occur.
//!
//! `law <3> & more` is no HTML and stays as it is.

/// Text without markup, and what was in the markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reduced {
    /// The text.
    pub text: String,
    /// What stood over the text as ruby, with the text that had none.
    pub reading: String,
    /// Pictures left out.
    pub pictures: u32,
    /// Sounds left out.
    pub sounds: u32,
}

/// Tags that begin and end a line.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "tr",
    "table",
    "tbody",
    "thead",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "hr",
    "section",
    "article",
    "center",
];

/// Tags that leave no trace.
const INLINES: &[&str] = &[
    "b", "i", "u", "em", "strong", "span", "font", "a", "sub", "sup", "small", "big", "s",
    "strike", "del", "ins", "mark", "code", "kbd", "tt", "q", "cite", "abbr", "ruby", "rb", "rtc",
    "label", "bdi", "bdo", "nobr", "wbr", "td", "th",
];

/// Elements whose content is no text.
const HIDDEN: [&str; 3] = ["rp", "script", "style"];

/// Returns `text` without its markup, or `None` where it has none.
#[must_use]
pub fn reduce(text: &str) -> Option<Reduced> {
    if !text.contains(['<', '&']) && !text.contains("[sound:") {
        return None;
    }
    let mut reduced = Reduced::default();
    let mut out = Writer::default();
    let mut found = false;
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&', '[']) {
        out.push(&rest[..at]);
        rest = &rest[at..];
        if let Some(length) = out.element(rest, &mut reduced) {
            found = true;
            rest = &rest[length..];
        } else {
            out.push(&rest[..1]);
            rest = &rest[1..];
        }
    }
    if !found {
        return None;
    }
    out.push(rest);
    reduced.text = tidy(&out.text);
    if out.has_ruby {
        reduced.reading = tidy(&out.reading);
    }
    Some(reduced)
}

/// Where characters go while tags are read.
#[derive(Default)]
struct Writer {
    text: String,
    reading: String,
    /// Within `<rt>`: text is a reading.
    in_rt: bool,
    /// Where in `reading` the base of the open ruby starts.
    base: Option<usize>,
    has_ruby: bool,
    /// What does not come any more: it is not searched for again.
    absent: Vec<&'static str>,
}

impl Writer {
    fn push(&mut self, text: &str) {
        if self.in_rt {
            self.reading.push_str(text);
        } else {
            self.text.push_str(text);
            self.reading.push_str(text);
        }
    }

    /// Reads a tag, an entity or a sound at the start of `rest`; returns its length.
    fn element(&mut self, rest: &str, reduced: &mut Reduced) -> Option<usize> {
        if rest.starts_with('&') {
            let (c, length) = entity(rest)?;
            self.push(c.encode_utf8(&mut [0; 4]));
            return Some(length);
        }
        if rest.starts_with("[sound:") {
            let end = self.end("]", || rest.find(']'))?;
            reduced.sounds += 1;
            return Some(end + 1);
        }
        if rest.starts_with('[') {
            return None;
        }
        if rest.starts_with("<!--") {
            return self.end("-->", || rest.find("-->")).map(|end| end + 3);
        }
        let (name, closing, length) = tag(rest)?;
        let name = name.as_str();
        match name {
            "br" => self.push("\n"),
            "img" => reduced.pictures += 1,
            "audio" | "video" | "object" | "embed" => reduced.sounds += u32::from(!closing),
            name if HIDDEN.contains(&name) => {
                // What is in them is no text. Without an end they are only spoken of.
                if !closing {
                    let kind = HIDDEN.into_iter().find(|kind| *kind == name)?;
                    return self.end(kind, || past(rest, kind));
                }
            }
            "ruby" => {
                self.has_ruby = true;
                self.base = (!closing).then_some(self.reading.len());
            }
            "rt" => {
                if !closing && !self.in_rt {
                    let base = self.base.take().unwrap_or(self.reading.len());
                    self.reading.truncate(base);
                }
                self.in_rt = !closing;
                if closing {
                    self.base = Some(self.reading.len());
                }
            }
            _ if BLOCKS.contains(&name) => {
                if !self.text.is_empty() && !self.text.ends_with('\n') {
                    self.push("\n");
                }
            }
            "td" | "th" if closing => self.push(" "),
            _ if INLINES.contains(&name) => {}
            _ => return None,
        }
        Some(length)
    }

    /// Returns what `find` finds in the rest; `None` at once where it found nothing before.
    fn end(&mut self, mark: &'static str, find: impl FnOnce() -> Option<usize>) -> Option<usize> {
        if self.absent.contains(&mark) {
            return None;
        }
        let found = find();
        if found.is_none() {
            self.absent.push(mark);
        }
        found
    }
}

/// Returns the length of an element up to behind its closing tag.
fn past(text: &str, name: &str) -> Option<usize> {
    text.match_indices("</").find_map(|(at, _)| {
        let (found, _, length) = tag(&text[at..])?;
        (found == name).then_some(at + length)
    })
}

/// Reads `<name ...>` or `</name>`: its name in lower case, whether it closes, its length.
fn tag(text: &str) -> Option<(String, bool, usize)> {
    let inner = text.strip_prefix('<')?;
    let closing = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    if end == 0 || end > 10 || !inner[end..].starts_with(['>', '/', ' ', '\n', '\t']) {
        return None;
    }
    let mut quote = None;
    let close = inner[end..].char_indices().find_map(|(at, c)| match (quote, c) {
        (None, '>') => Some(Some(at)),
        (None, '<') => Some(None),
        (None, '"' | '\'') => {
            quote = Some(c);
            None
        }
        (Some(open), c) if c == open => {
            quote = None;
            None
        }
        _ => None,
    })??;
    // What stands in a tag is attributes, or it is a comparison: `a <b or c> d`.
    let attributes = inner[end..end + close].trim().trim_end_matches('/').trim_end();
    if !attributes.is_empty() && !attributes.contains('=') {
        return None;
    }
    let length = 1 + usize::from(closing) + end + close + 1;
    Some((inner[..end].to_ascii_lowercase(), closing, length))
}

/// Reads a known entity: the character it stands for, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let name = text.get(1..end)?;
    let c = match name {
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "middot" => '·',
        "copy" => '©',
        "reg" => '®',
        "deg" => '°',
        "times" => '×',
        "rarr" => '→',
        "larr" => '←',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "ntilde" => 'ñ',
        "aacute" => 'á',
        "iacute" => 'í',
        "oacute" => 'ó',
        "uacute" => 'ú',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            let c = char::from_u32(code).filter(|c| !c.is_control() || *c == '\n')?;
            if c == '\u{a0}' { ' ' } else { c }
        }
    };
    Some((c, end + 1))
}

/// Returns lines trimmed, with at most one empty line in a row and none at the ends.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.trim().lines().map(str::trim) {
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> Option<String> {
        reduce(html).map(|reduced| reduced.text)
    }

    #[test]
    fn known_tags_and_entities_become_text() {
        for (html, expected) in [
            ("a<br>b", "a\nb"),
            ("a<BR/>b<br />c", "a\nb\nc"),
            ("<div>a</div><div>b</div>", "a\nb"),
            ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
            ("<b>bold</b> &amp; <i class=\"x\">it</i>", "bold & it"),
            ("a&nbsp;b", "a b"),
            ("&lt;tag&gt;", "<tag>"),
            ("&#39;&#x4e2d;", "'中"),
            ("x<img src=\"a>b.png\">y", "xy"),
            ("word [sound:a.mp3]", "word"),
            ("<!-- no -->yes", "yes"),
            ("<style>p{}</style>yes", "yes"),
            ("<span style='color:red'>red</span>", "red"),
        ] {
            assert_eq!(text(html).as_deref(), Some(expected), "{html}");
        }
    }

    #[test]
    fn what_is_no_markup_stays() {
        for plain in [
            "law <3> & more",
            "a < b",
            "x <y or z> w",
            "AT&T",
            "List<String>",
            "<foo>",
            "&x",
            "[a]",
        ] {
            assert_eq!(text(plain), None, "{plain}");
        }
    }

    #[test]
    fn an_element_without_an_end_hides_nothing() {
        for (html, expected) in [
            ("the <script> element runs code", None),
            ("<style> holds rules &amp; more", Some("<style> holds rules & more")),
            ("<rp> is for <b>ruby</b>", Some("<rp> is for ruby")),
            ("a <script> b </scripts> c", None),
            ("a<script>b</SCRIPT >c<style>", Some("ac<style>")),
            ("a<script>if (b<!--c) { <img src=d> }</script>e", Some("ae")),
        ] {
            assert_eq!(text(html).as_deref(), expected, "{html}");
        }
    }

    #[test]
    fn what_never_ends_is_searched_for_once() {
        for part in ["<!--", "[sound:", "<script>", "<rp>", "<a \"'"] {
            assert_eq!(text(&part.repeat(100_000)), None, "{part}");
        }
    }

    #[test]
    fn ruby_becomes_a_reading() {
        let html = "<ruby>食<rp>(</rp><rt>た</rt><rp>)</rp></ruby>べる";
        let reduced = reduce(html).unwrap();
        assert_eq!((reduced.text.as_str(), reduced.reading.as_str()), ("食べる", "たべる"));
        let two = reduce("<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>").unwrap();
        assert_eq!((two.text.as_str(), two.reading.as_str()), ("漢字", "かんじ"));
    }

    #[test]
    fn media_is_counted() {
        let reduced = reduce("a<img src=x><img src=y>[sound:z.mp3]").unwrap();
        assert_eq!((reduced.pictures, reduced.sounds), (2, 1));
    }
}
