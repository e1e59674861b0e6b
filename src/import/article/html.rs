//! HTML reduced to lines.

use super::line::{Line, Marker, Share};
use super::normalise::characters;

/// Elements that begin and end a line.
const BLOCKS: &str = "p div br li ul ol tr table thead tbody h1 h2 h3 h4 h5 h6 section article \
    header footer nav blockquote dl dt dd hr body html head title main aside figure figcaption \
    form center pre button option select";

/// Elements whose text nobody reads.
const SILENT: [&str; 8] =
    ["script", "style", "noscript", "template", "rp", "svg", "select", "iframe"];

/// Elements around what belongs to the site.
const SITE: [&str; 6] = ["nav", "footer", "aside", "form", "button", "figcaption"];

/// Elements that may hold others and say by a class what they hold.
const HOLDERS: [&str; 9] = ["div", "ul", "ol", "section", "p", "span", "table", "header", "dl"];

/// Parts of the names of classes and ids for what belongs to the site.
const SITE_NAMES: &str = "nav navbar menu crumb crumbs breadcrumb breadcrumbs share sharing social \
    related recommend recommended comment comments reply respond footer foot sidebar toolbar \
    login copyright tags tag ad ads adv banner pagination pager hot rank ranking links toc \
    subscribe newsletter popular qrcode disclaimer caption topbar topnav navi gnb lnb \
    subnav masthead";

/// Parts of such names that say the opposite: `content-with-sidebar`.
const OWN_NAMES: &str = "content with has no wrap wrapper container layout page article body";

/// Whether the text is written in HTML.
pub(super) fn is_html(text: &str) -> bool {
    let lower: String = text.chars().take(20_000).collect::<String>().to_lowercase();
    let closed = ["</p>", "</div>", "</li>", "</td>", "</h1>", "</h2>", "</span>", "</body>"]
        .iter()
        .map(|tag| lower.matches(tag).count())
        .sum::<usize>();
    lower.trim_start().starts_with("<!doctype html") || lower.contains("<html") || closed >= 3
}

/// Splits HTML into lines at its blocks; each knows the raw lines it stood on.
///
/// Navigation, comments and the like are known by their elements and classes,
/// unless that would leave next to nothing of the page.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let strict = read(text, true);
    let letters = |site: bool| -> usize {
        let of = |line: &&Line| (line.marker == Marker::Furniture) == site;
        strict.iter().filter(of).map(|line| line.text.chars().count()).sum()
    };
    if letters(true) > 4 * letters(false) { read(text, false) } else { strict }
}

fn read(text: &str, classes: bool) -> Vec<Line> {
    let mut reader = Reader { number: 1, classes, ..Reader::default() };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("<!--") {
            let end = after.find("-->").map_or(after.len(), |at| at + 3);
            reader.skip(&after[..end]);
            rest = &after[end..];
        } else if c == '<'
            && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c))
        {
            let end = rest.find('>').map_or(rest.len(), |at| at + 1);
            reader.tag(&rest[..end]);
            rest = &rest[end..];
        } else if c == '&' {
            let (decoded, length) = entity(rest);
            reader.push(decoded);
            rest = &rest[length..];
        } else {
            reader.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    reader.end();
    reader.lines
}

#[derive(Default)]
struct Reader {
    lines: Vec<Line>,
    text: String,
    raws: Vec<u32>,
    marker: Marker,
    number: u32,
    after_cr: bool,
    silent: usize,
    cells: usize,
    /// Whether classes and ids are looked at.
    classes: bool,
    /// The open elements that may belong to the site, and whether they do.
    open: Vec<(String, bool)>,
    /// Characters of the line that are in a link, and whether one is open.
    linked: usize,
    in_link: bool,
    /// How many links the line holds.
    links: usize,
}

impl Reader {
    fn push(&mut self, c: char) {
        self.count(c);
        if self.silent > 0 {
            return;
        }
        if !c.is_whitespace() {
            if self.raws.last() != Some(&self.number) {
                self.raws.push(self.number);
            }
            self.text.push(c);
            self.linked += usize::from(self.in_link);
        } else if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// Counts raw lines as they are counted everywhere: LF, CRLF and lone CR.
    fn count(&mut self, c: char) {
        if c == '\r' || (c == '\n' && !self.after_cr) {
            self.number += 1;
        }
        self.after_cr = c == '\r';
    }

    fn skip(&mut self, text: &str) {
        text.chars().for_each(|c| self.count(c));
    }

    fn tag(&mut self, tag: &str) {
        let closing = tag.starts_with("</");
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        let name = name.as_str();
        if SILENT.contains(&name) && !tag.ends_with("/>") {
            self.silent = if closing { self.silent.saturating_sub(1) } else { self.silent + 1 };
        }
        match name {
            // The reading over a character stands after it in brackets.
            "rt" if self.silent == 0 => self.text.push(if closing { ')' } else { '(' }),
            "td" | "th" if !closing => {
                if self.cells > 0 {
                    self.text.push('|');
                }
                self.cells += 1;
                self.marker = Marker::Table;
            }
            "a" => {
                self.in_link = !closing;
                self.links += usize::from(!closing);
            }
            _ if BLOCKS.split_whitespace().any(|block| block == name) => {
                self.end();
                self.marker = match (closing, name) {
                    (false, "li") => Marker::Bullet,
                    (false, "hr") => {
                        self.lines.push(Line {
                            raws: vec![self.number],
                            marker: Marker::Rule,
                            ..Line::default()
                        });
                        Marker::None
                    }
                    (false, "h1") => Marker::Heading(1),
                    (false, "title") => Marker::FrontMatter,
                    (false, "h2" | "h3" | "h4" | "h5" | "h6") => Marker::Heading(2),
                    _ => Marker::None,
                };
                self.cells = 0;
            }
            _ => {}
        }
        if SITE.contains(&name) || HOLDERS.contains(&name) {
            self.hold(tag, name, closing);
        }
        self.skip(tag);
    }

    /// Opens or closes an element that may belong to the site.
    fn hold(&mut self, tag: &str, name: &str, closing: bool) {
        let known = self.open.iter().rposition(|(open, _)| open == name);
        if closing {
            if let Some(at) = known {
                self.open.truncate(at);
            }
            return;
        }
        // A paragraph ends where the next one begins.
        if name == "p" && self.open.last().is_some_and(|(open, _)| open == "p") {
            self.open.pop();
        }
        let site = SITE.contains(&name) || (self.classes && is_site(tag));
        if !tag.ends_with("/>") && self.open.len() < DEEPEST {
            self.open.push((name.to_owned(), site));
        }
    }

    fn end(&mut self) {
        let text = characters(self.text.trim());
        let letters = self.text.chars().filter(|c| !c.is_whitespace()).count();
        let share = Share::of(&text);
        // An entry that is one link leads elsewhere, unless it is a pair.
        let link = letters > 0
            && self.linked >= letters
            && (self.links > 1 || !(share.cjk > 0 && share.letters > 0))
            && !matches!(self.marker, Marker::Heading(_) | Marker::Table);
        let site = link || self.open.iter().any(|(_, site)| *site);
        let marker = if site { Marker::Furniture } else { self.marker };
        if !text.trim().is_empty() {
            self.lines.push(Line {
                raws: std::mem::take(&mut self.raws),
                text: text.trim().to_owned(),
                marker,
                blank_before: true,
                blank_after: true,
                ..Line::default()
            });
        }
        self.text.clear();
        self.raws.clear();
        self.linked = 0;
        self.links = 0;
    }
}

/// How many elements may be open in one another.
const DEEPEST: usize = 200;

/// Whether a class or an id of a tag says that it belongs to the site.
fn is_site(tag: &str) -> bool {
    let tag = tag.to_lowercase();
    ["class=", "id="].iter().any(|attribute| {
        let Some(at) = tag.find(&format!(" {attribute}")) else { return false };
        let value = &tag[at + attribute.len() + 1..];
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or(""),
            _ => value.split([' ', '>']).next().unwrap_or(""),
        };
        value.split_whitespace().any(|name| {
            let among = |list: &str, part: &str| list.split_whitespace().any(|own| own == part);
            let parts = || name.split(['-', '_']);
            parts().any(|part| among(SITE_NAMES, part))
                && !parts().any(|part| among(OWN_NAMES, part))
        })
    })
}

/// Returns the character that a text's first entity stands for, and its length.
fn entity(text: &str) -> (char, usize) {
    const NAMES: [(&str, char); 20] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("mdash", '—'),
        ("ndash", '–'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("hellip", '…'),
        ("middot", '·'),
        ("emsp", ' '),
        ("ensp", ' '),
        ("copy", '©'),
        ("bull", '•'),
        ("laquo", '«'),
        ("raquo", '»'),
    ];
    let literal = ('&', 1);
    let Some(end) = text.bytes().take(12).position(|b| b == b';') else { return literal };
    let name = &text[1..end];
    let decoded = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        };
        code.and_then(char::from_u32)
    } else {
        NAMES.iter().find(|(known, _)| *known == name).map(|&(_, c)| c)
    };
    decoded.map_or(literal, |c| (c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_lines_and_keep_their_raw_numbers() {
        let found = lines(
            "<p>中文&amp;\n一</p><p>one</p>\r\n<ruby>國<rp>(</rp><rt>guó</rt><rp>)</rp></ruby><br>b",
        );
        let texts: Vec<_> = found.iter().map(|l| (l.text.as_str(), l.raws.clone())).collect();
        assert_eq!(
            texts,
            [("中文& 一", vec![1, 2]), ("one", vec![2]), ("國(guó)", vec![3]), ("b", vec![3])]
        );
    }

    #[test]
    fn what_belongs_to_the_site_is_furniture() {
        let page = "<div id='top'><ul class=\"menu-list\"><li>RSS</li></ul></div>\
                    <div class=\"content-with-sidebar\"><p>苹果</p><p>apple</p></div>\
                    <ul><li><a href='x'>推荐</a></li><li><a href='y'>梨</a> pear</li></ul>\
                    <div class=comments><p>好</p></div>";
        let found = lines(page);
        let own: Vec<_> = found
            .iter()
            .filter(|line| line.marker != Marker::Furniture)
            .map(|line| line.text.as_str())
            .collect();
        assert_eq!(own, ["苹果", "apple", "梨 pear"]);
    }

    #[test]
    fn cells_are_parted_by_bars() {
        let found = lines("<table><tr><td>苹果</td><td>apple</td></tr></table>");
        assert_eq!(found[0].text, "苹果|apple");
        assert_eq!(found[0].marker, Marker::Table);
    }
}
