//! A text in Markdown or Org, taken apart into tables and pairs.

use super::front::{Matter, tag};
use super::line::{cells, heading, is_rule, strip};
use super::{list, org};
use crate::import::draft::{MAX_LABELS, cap_labels};

/// A card of two sides, their marks still in them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pair<'a> {
    pub(super) line: u32,
    pub(super) front: std::borrow::Cow<'a, str>,
    pub(super) back: std::borrow::Cow<'a, str>,
    pub(super) tags: Vec<String>,
    /// How many lines it has, if other texts than decks have such lines too: items of
    /// a list, bold type. 0 for a pair that is surely meant.
    pub(super) weak: usize,
}

/// A table; its first row names the columns.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Table<'a> {
    pub(super) line: u32,
    pub(super) header: Vec<&'a str>,
    pub(super) rows: Vec<(u32, Vec<&'a str>)>,
    pub(super) tags: Vec<String>,
}

/// What cards are made of.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block<'a> {
    Table(Table<'a>),
    Pair(Pair<'a>),
}

/// A text taken apart.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
    pub(super) blocks: Vec<Block<'a>>,
    pub(super) deck: Option<String>,
    /// Titles over the whole text.
    pub(super) titles: Vec<String>,
    /// Whether it has marks that only Markdown and Org have.
    pub(super) is_marked: bool,
    /// Lines that are not blank.
    pub(super) content: usize,
    /// Those of them that are no prose.
    pub(super) explained: usize,
    /// Those that cards are made of.
    pub(super) cards: usize,
    /// Lines of code.
    pub(super) code: u32,
    /// Schedules in comments.
    pub(super) schedules: u32,
    /// Whether some cards have more labels than they may.
    pub(super) has_more_labels: bool,
}

/// Whether a text may be Markdown or Org at all; a quick look.
pub(super) fn may_be(text: &str) -> bool {
    let is_mark = |line: &str| {
        let line = line.trim();
        line.starts_with(['#', '|', '*', '-', '_', '+', ':', '?'])
            || line.contains(":::")
            || line.starts_with("---")
            || is_rule(line)
            || heading(line).is_some()
    };
    head(text).lines().any(is_mark)
}

/// Returns as many lines as are needed to tell what a text is.
pub(super) fn head(text: &str) -> &str {
    text.match_indices('\n').nth(2000).map_or(text, |(at, _)| &text[..at])
}

impl<'a> Page<'a> {
    /// Takes a text apart.
    pub(super) fn of(text: &'a str) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let matter = Matter::of(&lines);
        let mut scanner = Scanner {
            page: Self { deck: matter.deck, ..Self::default() },
            is_org: org::is_org(&lines),
            is_tight: lines.iter().any(|line| line.contains("#flashcards")),
            tags: matter.tags,
            has_matter: matter.lines > 0,
            lines,
            ..Scanner::default()
        };
        scanner.lone_title();
        scanner.run(matter.lines);
        scanner.page.is_marked |= scanner.has_matter || scanner.has_heading || scanner.is_tight;
        scanner.page
    }

    /// Whether most lines are those of cards.
    pub(super) fn is_mostly_cards(&self) -> bool {
        self.cards * 2 > self.content + self.code as usize
    }

    /// Takes what other texts than decks have too for other text, where most of it is.
    pub(super) fn drop_weak(&mut self) {
        if self.is_mostly_cards() {
            return;
        }
        let weak = |block: &Block<'_>| match block {
            Block::Pair(pair) => pair.weak,
            Block::Table(_) => 0,
        };
        let lines: usize = self.blocks.iter().map(weak).sum();
        self.blocks.retain(|block| weak(block) == 0);
        self.cards -= lines;
        self.explained -= lines;
    }
}

#[derive(Debug, Default)]
struct Scanner<'a> {
    page: Page<'a>,
    lines: Vec<&'a str>,
    is_org: bool,
    is_tight: bool,
    has_matter: bool,
    has_heading: bool,
    /// The line of the one heading of the first depth.
    title: Option<usize>,
    /// Labels of the whole text.
    tags: Vec<String>,
    /// Lines up to this one are text without a `?` between two sides.
    plain_until: usize,
    /// Whether no comment ends below.
    is_comment_open: bool,
    /// The headings that are open: depth, labels.
    open: Vec<(usize, Vec<String>)>,
}

impl<'a> Scanner<'a> {
    fn line(&self, at: usize) -> &'a str {
        self.lines.get(at).copied().unwrap_or_default()
    }

    /// A single heading of the first depth is the title of the text.
    fn lone_title(&mut self) {
        let depth = |line: &&str| if self.is_org { None } else { heading(line).map(|h| h.0) };
        let firsts: Vec<usize> =
            (0..self.lines.len()).filter(|at| depth(&self.lines[*at]) == Some(1)).take(2).collect();
        if let [only] = firsts.as_slice()
            && self.lines.iter().any(|line| depth(line).is_some_and(|depth| depth > 1))
        {
            self.title = Some(*only);
        }
    }

    /// Counts lines that are no prose.
    fn explain(&mut self, count: usize) {
        self.page.content += count;
        self.page.explained += count;
    }

    /// Counts lines that cards are made of.
    fn carded(&mut self, count: usize) {
        self.explain(count);
        self.page.cards += count;
    }

    /// Returns the labels of what stands here.
    fn labels(&mut self) -> Vec<String> {
        let all = self.tags.iter().chain(self.open.iter().flat_map(|(_, tags)| tags));
        let mut labels = all.take(MAX_LABELS + 1).cloned().collect();
        self.page.has_more_labels |= cap_labels(&mut labels);
        labels
    }

    fn joined(
        &mut self,
        at: usize,
        front: std::borrow::Cow<'a, str>,
        back: std::borrow::Cow<'a, str>,
        weak: usize,
    ) {
        let tags = self.labels();
        self.page.blocks.push(Block::Pair(Pair { line: at as u32 + 1, front, back, tags, weak }));
    }

    fn run(&mut self, start: usize) {
        let mut at = start;
        while at < self.lines.len() {
            let before = at;
            at = self.step(at);
            // Each step takes a line at least.
            at = at.max(before + 1);
        }
    }

    /// Reads what starts on a line; returns the line behind it.
    fn step(&mut self, at: usize) -> usize {
        let line = self.line(at);
        let text = line.trim();
        if text.is_empty() {
            return at + 1;
        }
        if text.starts_with("```") || text.starts_with("~~~") {
            return self.fence(at, &text[..3]);
        }
        if text.starts_with("<!--") {
            // Where one does not end, none below does.
            let last = if self.is_comment_open { at } else { self.lines.len() };
            let end = (at..last).find(|at| self.line(*at).contains("-->"));
            self.is_comment_open |= end.is_none();
            self.page.schedules += u32::from(text.starts_with("<!--SR:"));
            let end = end.unwrap_or(at);
            self.explain(end - at + 1);
            return end + 1;
        }
        if self.is_org {
            if text.starts_with("#+") || text.starts_with("# ") {
                self.explain(1);
                return at + 1;
            }
            if let Some(heading) = org::heading(line) {
                return self.org_heading(at, &heading);
            }
        } else if let Some((depth, title)) = heading(line) {
            self.head(at, depth, title);
            return at + 1;
        }
        if text.starts_with('#') && text.split_whitespace().all(|word| word.starts_with('#')) {
            self.tags.extend(text.split_whitespace().filter_map(tag));
            self.explain(1);
            return at + 1;
        }
        if text.len() >= 3
            && ["-", "*", "_", "="]
                .iter()
                .any(|mark| text.trim_matches([' ']).replace(mark, "").trim().is_empty())
        {
            self.explain(1);
            return at + 1;
        }
        if let Some(end) = self.table(at) {
            return end;
        }
        if let Some(end) = self.definitions(at) {
            return end;
        }
        if list::item(line).is_some() {
            return self.items(at);
        }
        self.paragraph(at)
    }

    fn fence(&mut self, at: usize, fence: &str) -> usize {
        let end = (at + 1..self.lines.len()).find(|at| self.line(*at).trim().starts_with(fence));
        let end = end.unwrap_or(self.lines.len() - 1);
        self.page.code += (end - at).saturating_sub(1) as u32;
        end + 1
    }

    fn head(&mut self, at: usize, depth: usize, title: &str) {
        self.explain(1);
        self.has_heading = true;
        let title = super::inline::plain(title).map_or(title.to_owned(), |plain| plain.text);
        if self.title == Some(at) {
            self.page.titles.push(title);
            return;
        }
        self.open.retain(|(open, _)| *open < depth);
        self.open.push((depth, tag(&title).into_iter().collect()));
    }

    /// A heading of Org: a label, or a card with its answer below it.
    fn org_heading(&mut self, at: usize, heading: &org::Heading<'a>) -> usize {
        self.explain(1);
        self.page.is_marked = true;
        self.open.retain(|(open, _)| *open < heading.depth);
        if !heading.is_drill {
            let tags = tag(heading.title).into_iter().chain(heading.tags.iter().cloned());
            self.open.push((heading.depth, tags.collect()));
            return at + 1;
        }
        let (mut sides, mut side) = ([Vec::new(), Vec::new()], 0);
        let mut end = at + 1;
        let mut in_drawer = false;
        while end < self.lines.len() {
            let line = self.line(end);
            match org::heading(line) {
                Some(below) if below.depth > heading.depth => side = 1,
                Some(_) => break,
                None => {
                    let text = line.trim();
                    in_drawer |= text.starts_with(':') && text.ends_with(':') && text.len() > 2;
                    let is_planned =
                        text.starts_with("SCHEDULED:") || text.starts_with("DEADLINE:");
                    if !in_drawer && !is_planned && !text.is_empty() {
                        sides[side].push(text);
                    }
                    in_drawer &= text != ":END:";
                }
            }
            self.carded(usize::from(!line.trim().is_empty()));
            end += 1;
        }
        let [question, answer] = sides.map(|side| side.join("\n"));
        let (front, back) = match (question.is_empty(), answer.is_empty()) {
            (false, true) => (heading.title.to_owned(), question),
            (true, _) => (heading.title.to_owned(), answer),
            (false, false) => (question, answer),
        };
        self.page.cards += 1;
        self.open.push((heading.depth, heading.tags.clone()));
        self.joined(at, front.into(), back.into(), 0);
        self.open.pop();
        end
    }

    /// Reads a table that starts on a line.
    fn table(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at);
        if !line.contains('|') {
            return None;
        }
        let mut table = Table { line: at as u32 + 1, tags: self.labels(), ..Table::default() };
        let mut next = at;
        if is_rule(self.line(at + 1)) {
            let header = cells(line);
            if !self.is_org && cells(self.line(at + 1)).len() != header.len() {
                return None;
            }
            table.header = header;
            next = at + 2;
        } else if !self.is_org || !line.trim_start().starts_with('|') {
            return None;
        }
        while self.line(next).contains('|') {
            let row = self.line(next);
            if !org::is_rule(row) && !is_rule(row) {
                table.rows.push((next as u32 + 1, cells(row)));
            }
            next += 1;
        }
        self.page.is_marked = true;
        self.carded(next - at);
        if !table.rows.is_empty() {
            self.page.blocks.push(Block::Table(table));
        }
        Some(next)
    }

    /// Reads `term` with `: definition` below it.
    fn definitions(&mut self, at: usize) -> Option<usize> {
        let is_definition = |line: &str| {
            let line = line.trim_start_matches(' ');
            line.starts_with(": ") || line.starts_with(":\t")
        };
        let mut next = at + 1;
        if self.line(next).trim().is_empty() {
            next += 1;
        }
        if is_definition(self.line(at)) || !is_definition(self.line(next)) {
            return None;
        }
        let mut back = String::new();
        while next < self.lines.len() {
            let line = self.line(next);
            let is_more = line.starts_with("    ") || line.starts_with('\t');
            if !is_definition(line) && (!is_more || line.trim().is_empty()) {
                break;
            }
            if !back.is_empty() {
                back.push('\n');
            }
            let text = line.trim();
            back.push_str(text.strip_prefix(':').unwrap_or(text).trim());
            self.carded(1);
            next += 1;
        }
        self.carded(1);
        self.page.is_marked = true;
        self.joined(at, self.line(at).trim().into(), back.into(), 0);
        Some(next)
    }

    /// Reads a list that starts on a line.
    fn items(&mut self, at: usize) -> usize {
        // Each item of the outermost depth with what stands below it.
        let mut items: Vec<(usize, &'a str, Vec<&'a str>)> = Vec::new();
        let outer = list::item(self.line(at)).map_or(0, |(indent, _)| indent);
        let mut end = at;
        while end < self.lines.len() {
            let line = self.line(end);
            if line.trim().is_empty() {
                // A list may have blank lines between its items.
                let goes_on = list::item(self.line(end + 1)).is_some_and(|i| i.0 >= outer);
                if !goes_on {
                    break;
                }
                end += 1;
                continue;
            }
            match list::item(line) {
                Some((indent, text)) if indent <= outer + 1 => items.push((end, text, Vec::new())),
                Some((_, text)) => {
                    if let Some(item) = items.last_mut() {
                        item.2.push(text);
                    }
                }
                None if line.starts_with([' ', '\t']) => {
                    if let Some(item) = items.last_mut() {
                        item.2.push(line.trim());
                    }
                }
                None => break,
            }
            end += 1;
        }
        let nested = items.iter().filter(|item| !item.2.is_empty()).count();
        let marked: Vec<_> =
            items.iter().map(|item| list::marked(strip(item.1), self.is_tight)).collect();
        let count = marked.iter().flatten().count();
        let texts: Vec<&str> = items.iter().map(|item| strip(item.1)).collect();
        let pairs = if count == 0 { list::split_all(&texts) } else { None };
        self.page.is_marked |= count >= 2;
        for (number, (at, text, below)) in items.iter().enumerate() {
            self.schedule(text);
            let lines = 1 + below.len();
            let is_sure = marked[number].is_some_and(|(.., mark)| mark != list::Mark::Bold);
            let weak = if is_sure { 0 } else { lines };
            let pair = marked[number].map(|(front, back, _)| (front, back));
            let pair = pair.or_else(|| pairs.as_ref().and_then(|pairs| pairs[number]));
            match pair {
                Some((front, back)) => {
                    let back = [&[back], below.as_slice()].concat().join("\n");
                    self.joined(*at, front.into(), back.into(), weak);
                    self.carded(lines);
                }
                None if count == 0 && pairs.is_none() && nested == items.len() && nested > 1 => {
                    self.joined(*at, strip(text).into(), below.join("\n").into(), weak);
                    self.carded(lines);
                }
                None => self.page.content += lines,
            }
        }
        end
    }

    fn schedule(&mut self, text: &str) {
        self.page.schedules += u32::from(text.contains("<!--SR:"));
    }

    /// Reads lines of text: a card with `?` between its sides, pairs, or prose.
    fn paragraph(&mut self, at: usize) -> usize {
        let ends = |line: &str| {
            let text = line.trim();
            text.is_empty() || text.starts_with("```") || heading(line).is_some()
        };
        let end = if at < self.plain_until { at } else { self.lines.len() };
        let end = (at..end).find(|at| ends(self.line(*at))).unwrap_or(end).max(at + 1);
        let middle = (at..end).find(|at| matches!(self.line(*at).trim(), "?" | "??"));
        if let Some(middle) = middle.filter(|middle| *middle > at && middle + 1 < end) {
            let side = |from: usize, to: usize| {
                let lines: Vec<&str> = (from..to)
                    .map(|at| strip(self.line(at).trim()))
                    .filter(|line| !line.is_empty())
                    .collect();
                lines.join("\n")
            };
            let (front, back) = (side(at, middle), side(middle + 1, end));
            (at..end).for_each(|at| self.schedule(self.line(at)));
            self.page.is_marked = true;
            self.carded(end - at);
            self.joined(at, front.into(), back.into(), 0);
            return end;
        }
        self.plain_until = self.plain_until.max(end);
        let line = self.line(at);
        self.schedule(line);
        match list::marked(strip(line.trim()), self.is_tight) {
            Some((front, back, mark)) => {
                self.page.is_marked |= mark != list::Mark::Colons;
                self.carded(1);
                let weak = usize::from(mark == list::Mark::Bold);
                self.joined(at, front.into(), back.into(), weak);
            }
            None => self.page.content += 1,
        }
        at + 1
    }
}
