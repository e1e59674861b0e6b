//! Blocks: the lines between two headings, with what they stand under.

use super::furniture;
use super::gloss;
use super::heading;
use super::inline::{self, Bond, Split};
use super::lexicon::Words;
use super::line::{Language, Line, Marker, Share, ends_sentence, is_damaged};
use super::pair::{self, Bias, Item, Match, Side};
use super::section::{self, Role};
use super::title::{is_column, is_label, without_label};

/// What stands over a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Which article of the file, from 0.
    pub article: usize,
    /// The heading; empty before the first.
    pub section: String,
}

/// The lines between two headings or attributions.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub place: Place,
    /// Items, by their numbers among all lines.
    pub items: Vec<usize>,
    /// The attribution that ends it.
    pub attribution: String,
    /// What was found in it.
    pub matches: Vec<Match>,
    /// Votes for the other side first, less those for English first.
    pub votes: i32,
}

/// Lines with their roles, the pairs they hold, and the blocks they make.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub roles: Vec<Role>,
    pub splits: Vec<Vec<Split>>,
    pub blocks: Vec<Block>,
    /// The words of each line.
    pub words: Vec<Words>,
    /// Votes of the whole document.
    pub votes: i32,
    /// The day named by each article, empty where none is.
    pub dates: Vec<String>,
    /// Whether each article begins with a title in a file of several.
    pub titled: Vec<bool>,
    /// The title over all articles, empty where none is.
    pub title: String,
}

impl Layout {
    /// Finds the parts and the pairs of all lines.
    pub fn of(lines: &[Line], language: Language) -> Self {
        let splits: Vec<Vec<Split>> = lines
            .iter()
            .map(|line| match line.marker {
                Marker::Rule | Marker::Furniture | Marker::FrontMatter | Marker::Comment => {
                    Vec::new()
                }
                _ => inline::pairs(&line.text),
            })
            .collect();
        let mut layout = Self {
            roles: roles(lines, &splits),
            splits,
            words: lines
                .iter()
                .map(|line| Words::of(&line.text, Share::of(&line.text).is_latin()))
                .collect(),
            blocks: Vec::new(),
            votes: 0,
            dates: Vec::new(),
            titled: Vec::new(),
            title: overall_title(lines),
        };
        layout.part(lines);
        layout.pair(lines, language);
        layout
    }

    /// Parts the lines in blocks.
    fn part(&mut self, lines: &[Line]) {
        let mut place = Place::default();
        let mut block = Block::default();
        self.dates.push(String::new());
        let mut closed = false;
        // How many items the article has so far.
        let mut written = 0;
        let mut begun = false;
        for (at, role) in self.roles.iter().enumerate() {
            let line = &lines[at];
            let mut date = furniture::date_of(&line.date);
            match role {
                Role::Item => {
                    let titled = written > 0 && self.is_title(lines, at, &place.section);
                    if closed || titled {
                        // After the closing lines of one article another begins, and
                        // at a title inside a file of several.
                        let day = self.dates.last().filter(|_| !closed).cloned();
                        closed = false;
                        written = 0;
                        self.blocks.push(std::mem::take(&mut block));
                        place = Place { article: place.article + 1, section: String::new() };
                        self.dates.push(day.unwrap_or_default());
                        self.titled.resize(place.article, false);
                        self.titled.push(titled);
                        block.place = place.clone();
                    }
                    written += 1;
                    begun = true;
                    block.items.push(at);
                }
                // The translation of all that stands above it: no part of its own.
                Role::Heading(name) if !block.items.is_empty() && heading::is_version(name) => {}
                Role::Heading(name) => {
                    date = date.or_else(|| furniture::date_of(name));
                    self.blocks.push(std::mem::take(&mut block));
                    if !name.is_empty() {
                        place.section.clone_from(name);
                    }
                    block.place = place.clone();
                }
                Role::Attribution(text) => {
                    block.attribution.clone_from(text);
                    self.blocks.push(std::mem::take(&mut block));
                    block.place = place.clone();
                }
                Role::Rule => {
                    self.blocks.push(std::mem::take(&mut block));
                    // A rule right under the title parts no articles.
                    closed = !place.section.is_empty() && written >= 4;
                    block.place = place.clone();
                }
                Role::Boilerplate if line.marker != Marker::Furniture => {
                    self.blocks.push(std::mem::take(&mut block));
                    closed = begun && !place.section.is_empty();
                    block.place = place.clone();
                }
                Role::Boilerplate => {}
                Role::Metadata => {
                    let day = furniture::date_of(&line.text);
                    // The date of an article may stand below its title.
                    let own = written <= 2 && self.dates.last().is_some_and(String::is_empty);
                    if day.is_some() && !place.section.is_empty() && !own {
                        let title = title_before(&mut block.items, lines, at);
                        self.blocks.push(std::mem::take(&mut block));
                        place = Place { article: place.article + 1, section: String::new() };
                        self.dates.push(String::new());
                        block.place = place.clone();
                        block.items = title;
                        closed = false;
                        written = 0;
                    }
                    date = date.or(day);
                }
            }
            if let (Some(day), Some(known)) = (date, self.dates.last_mut())
                && known.is_empty()
            {
                *known = day;
            }
        }
        self.blocks.push(block);
        self.titled.resize(self.dates.len(), false);
    }

    /// Whether an item inside the file is the title of what follows: marked as a
    /// heading, numbered, or alone with its translation above prose.
    fn is_title(&self, lines: &[Line], at: usize, section: &str) -> bool {
        let line = &lines[at];
        let items = || (at + 1..lines.len()).filter(|&next| self.roles[next] == Role::Item);
        let Some(second) = items().next() else { return false };
        // A word with its class or its sounds is an entry, not a title.
        let entry = |at: usize| {
            let text = &lines[at].text;
            !gloss::chinese(text).notes.is_empty() || !gloss::english(text).notes.is_empty()
        };
        if entry(at) || entry(second) {
            return false;
        }
        let first_of_two = self.splits[at].is_empty()
            && second == at + 1
            && is_counterpart(line, &lines[second])
            && !ends_sentence(&line.text);
        match line.marker {
            Marker::Heading(_) => {
                first_of_two || self.splits[at].iter().any(|split| split.bond > Bond::Acronym)
            }
            Marker::Number => {
                // In a list the next number comes at once.
                let until = (at + 1..lines.len())
                    .find(|&next| {
                        lines[next].marker == Marker::Number
                            || matches!(self.roles[next], Role::Heading(_) | Role::Rule)
                    })
                    .unwrap_or(lines.len());
                let alone = at == 0
                    || !(1..=2).any(|back| {
                        at.checked_sub(back).is_some_and(|b| lines[b].marker == Marker::Number)
                    });
                let others = items().take_while(|&next| next < until).count();
                let titled = first_of_two && others >= 3;
                let inline = self.splits[at].len() == 1 && others >= 2;
                (titled || inline) && alone && !ends_sentence(&line.text)
            }
            Marker::None if first_of_two && line.blank_before => {
                let third = items().nth(1);
                let before = (0..at).rev().find(|&before| self.roles[before] == Role::Item);
                let prose =
                    |at: usize| self.splits[at].is_empty() && ends_sentence(&lines[at].text);
                !heading::is_section(section)
                    && third.is_some_and(prose)
                    && before.is_some_and(prose)
            }
            _ => false,
        }
    }

    /// Pairs each block, first without and then with the order that prevails.
    fn pair(&mut self, lines: &[Line], language: Language) {
        let mut found = self.solve(lines, language, false, 0);
        let tight = Self::is_tight(&found, &self.blocks, lines);
        if tight {
            found = self.solve(lines, language, tight, 0);
        }
        for (block, matches) in self.blocks.iter_mut().zip(&found) {
            block.votes = votes(matches);
            self.votes += block.votes;
        }
        if self.blocks.iter().any(|block| block.votes != 0) {
            found = self.solve(lines, language, tight, self.votes);
        }
        for (block, matches) in self.blocks.iter_mut().zip(found) {
            block.votes = votes(&matches);
            block.matches = matches;
        }
        self.votes = self.blocks.iter().map(|block| block.votes).sum();
    }

    fn solve(&self, lines: &[Line], language: Language, tight: bool, all: i32) -> Vec<Vec<Match>> {
        self.blocks
            .iter()
            .map(|block| {
                let items = self.items(block, lines, tight);
                let direction =
                    f64::from(all.signum()) * 0.8 + f64::from(block.votes.clamp(-2, 2)) * 0.5;
                pair::best(&items, language, Bias { cjk_first: direction })
            })
            .collect()
    }

    fn items<'a>(&'a self, block: &Block, lines: &'a [Line], tight: bool) -> Vec<Item<'a>> {
        let mut before = None;
        block
            .items
            .iter()
            .map(|&at| {
                let line = &lines[at];
                let far = before.map_or(0, |before: usize| at - before - 1);
                before = Some(at);
                Item {
                    text: without_label(&line.text),
                    words: &self.words[at],
                    side: side(&line.text),
                    splits: &self.splits[at],
                    labelled: without_label(&line.text).len() < line.text.len(),
                    gap_before: tight && line.blank_before,
                    far,
                }
            })
            .collect()
    }

    /// Whether the lines of a pair mostly stand without a blank line between them.
    fn is_tight(found: &[Vec<Match>], blocks: &[Block], lines: &[Line]) -> bool {
        let (mut apart, mut all) = (0, 0);
        for (matches, block) in found.iter().zip(blocks) {
            for found in matches {
                if let Match::Lines { cjk, latin, .. } = found {
                    let second = cjk.iter().chain(latin).max().copied().unwrap_or(0);
                    all += 1;
                    apart += usize::from(lines[block.items[second]].blank_before);
                }
            }
        }
        all > 0 && apart * 2 <= all && lines.iter().skip(1).any(|line| line.blank_before)
    }
}

/// Takes the title that stands right above the date of its article off the items
/// of the article before it.
fn title_before(items: &mut Vec<usize>, lines: &[Line], at: usize) -> Vec<usize> {
    let close = items
        .iter()
        .rev()
        .enumerate()
        .take(2)
        .take_while(|(nth, item)| **item + nth + 1 == at && !ends_sentence(&lines[**item].text))
        .count();
    let start = items.len() - close;
    // Only a blank line parts a title from the entries above it.
    let first = (start..items.len()).find(|&n| lines[items[n]].blank_before);
    first.map(|first| items.split_off(first)).unwrap_or_default()
}

/// Returns the first heading of the highest level, where it is no section's name.
fn overall_title(lines: &[Line]) -> String {
    lines
        .iter()
        .find(|line| line.marker == Marker::Heading(1) && !heading::is_section(&line.text))
        .map(|line| without_label(&line.text).to_owned())
        .unwrap_or_default()
}

/// Counts the pairs of lines with the other side first, less those without.
fn votes(matches: &[Match]) -> i32 {
    matches
        .iter()
        .map(|found| match found {
            Match::Lines { cjk, latin, score, run: false } if *score > 1.5 => {
                if cjk.first() < latin.first() { 1 } else { -1 }
            }
            _ => 0,
        })
        .sum()
}

fn side(text: &str) -> Side {
    let share = Share::of(text);
    if is_damaged(text) {
        Side::Unknown
    } else if share.is_latin() {
        Side::Latin
    } else {
        Side::Cjk
    }
}

/// Whether the next line is short and in the other language.
fn is_counterpart(line: &Line, next: &Line) -> bool {
    let (own, other) = (Share::of(&line.text), Share::of(&next.text));
    let plain = !matches!(next.marker, Marker::Furniture | Marker::Rule | Marker::Bullet)
        && !furniture::is_furniture(&next.text);
    let opposite = (own.is_cjk() && other.is_latin() && other.cjk == 0)
        || (own.is_latin() && own.cjk == 0 && other.is_cjk());
    plain && opposite && ends_sentence(&line.text) == ends_sentence(&next.text)
}

fn roles(lines: &[Line], splits: &[Vec<Split>]) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::with_capacity(lines.len());
    let mut before: Option<usize> = None;
    let mut titled = 0;
    for (at, line) in lines.iter().enumerate() {
        let mut role = section::role(line, &splits[at], before.map(|at| &lines[at]));
        let listed = splits.get(at + 1).is_some_and(|next| !next.is_empty());
        if matches!(line.marker, Marker::Heading(_)) && !line.blank_after && listed {
            // `# ...` close above the entries of a list: a remark on them, or
            // their heading, but no entry.
            role = if line.blank_before && role == Role::Item {
                Role::Heading(line.text.clone())
            } else if !line.blank_before && line.marker == Marker::Heading(1) {
                Role::Metadata
            } else {
                role
            };
        }
        let next = lines[at + 1..].iter().find(|next| !next.text.is_empty());
        let counterpart = next.is_some_and(|next| is_counterpart(line, next));
        let entry = |marker| matches!(marker, Marker::Bullet | Marker::Number | Marker::Table);
        match role {
            // `## 装备 Gear` right over the entries of a list.
            Role::Item
                if matches!(line.marker, Marker::Heading(2..))
                    && line.date.is_empty()
                    && next.is_some_and(|next| entry(next.marker)) =>
            {
                let name = splits[at].first().map_or(line.text.as_str(), |split| &split.cjk);
                role = Role::Heading(name.to_owned());
            }
            // A full date and a name beside it: who wrote it when.
            Role::Item
                if line.date.len() >= 8
                    && line.marker == Marker::None
                    && splits[at].is_empty()
                    && !ends_sentence(&line.text)
                    && !counterpart =>
            {
                role = Role::Metadata;
            }
            Role::Heading(_) if titled == at && at > 0 => role = Role::Item,
            // A title marked as a heading, with its translation on the next line.
            Role::Heading(_) if counterpart && matches!(line.marker, Marker::Heading(_)) => {
                let high = matches!(line.marker, Marker::Heading(1 | 2));
                let first = high && !roles.contains(&Role::Item);
                let label = line.text.split([':', '：', '|', '∣', '丨']).next();
                let labelled = high && label.is_some_and(is_label);
                let double = next.is_some_and(|next| matches!(next.marker, Marker::Heading(_)));
                if (first || labelled || double) && !heading::is_section(&line.text) {
                    role = Role::Item;
                    titled = at + 1;
                }
            }
            // `NEWS REPORT|慢速英语`: the name of a column over the first article.
            Role::Item
                if !roles.contains(&Role::Item)
                    && line.marker == Marker::None
                    && matches!(splits[at].as_slice(), [split] if is_column(&split.cjk)
                        && (line.text.contains(['|', '｜', '丨', '∣'])
                            || !split.latin.contains(char::is_lowercase))) =>
            {
                role = Role::Heading(String::new());
            }
            _ => {}
        }
        if role == Role::Item {
            before = Some(at);
        }
        roles.push(role);
    }
    roles
}
