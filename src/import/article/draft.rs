//! From pairs to drafts: kind, confidence, and the fields beside the two sides.

use std::collections::BTreeSet;

use super::block::{Block, Layout};
use super::confidence::{self, misfit};
use super::document::Document;
use super::example::examples;
use super::gloss;
use super::heading::{is_quotation_section, known_section};
use super::inline::{Bond, Split};
use super::lexicon::{Words, evidence};
use super::line::{Class, Language, Line, Marker, Share, ends_sentence, is_cjk, is_latin};
use super::pair::Match;
use super::prose;
use super::script::Conversion;
use super::title::{TITLE, is_label, titles, without_label};
use crate::domain::note::tags;
use crate::domain::text::{collapse, fold, is_han};
use crate::domain::{Fields, Kind};
use crate::import::Draft;

/// The drafts of an article and the class of each of its lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Drafts {
    pub drafts: Vec<Draft>,
    /// For each line, its class if it is in a pair.
    pub paired: Vec<Option<Class>>,
}

/// Returns the drafts of all pairs that were found.
pub(super) fn drafts(document: &Document, layout: &Layout) -> Drafts {
    let lines = &document.lines;
    let mut out = Drafts { drafts: Vec::new(), paired: vec![None; lines.len()] };
    let titles = titles(document, layout);
    let listed: usize = layout
        .blocks
        .iter()
        .flat_map(|block| &block.matches)
        .filter(|found| matches!(found, Match::Inline { .. }))
        .count();
    let matched: usize = layout.blocks.iter().map(|block| block.matches.len()).sum();
    let list = listed >= 3 && listed * 2 > matched;
    for (number, block) in layout.blocks.iter().enumerate() {
        let context = Context { document, layout, block, list };
        let start = out.drafts.len();
        for (at, found) in block.matches.iter().enumerate() {
            match found {
                Match::Inline { at: item } => {
                    let line = block.items[*item];
                    out.paired[line] = Some(Class::Pair);
                    let neighbours = context.neighbours(at);
                    for split in &layout.splits[line] {
                        out.drafts.push(context.inline(&lines[line], split, neighbours));
                    }
                }
                // Taken apart when the block was solved.
                Match::Parallel(_) => {}
                Match::Lines { cjk, latin, score, run } => {
                    for &item in cjk.iter().chain(latin) {
                        out.paired[block.items[item]] = Some(Class::Pair);
                    }
                    out.drafts.push(context.lines(cjk, latin, *score, *run));
                }
            }
        }
        let (attribution, translated) = attributions(layout, number);
        let quoted = is_quotation_section(&block.place.section);
        let drafts = &mut out.drafts[start..];
        let last = drafts.iter().rposition(|draft| draft.kind == Kind::Sentence);
        for (at, draft) in drafts.iter_mut().enumerate() {
            let whole = quoted && draft.kind == Kind::Sentence;
            let spoken = !attribution.is_empty() && (whole || Some(at) == last);
            if whole || spoken {
                draft.kind = Kind::Quotation;
            }
            put(draft, block, layout, &titles);
            if spoken {
                draft.fields.source.clone_from(&attribution);
                join_notes(&mut draft.fields.note, &translated);
            }
        }
    }
    suggestions(&mut out.drafts, document, layout, &titles);
    examples(&mut out.drafts, document, layout);
    out
}

/// Writes into a draft where it stands: source, section, title and day.
fn put(draft: &mut Draft, block: &Block, layout: &Layout, titles: &[String]) {
    let title = titles.get(block.place.article).map_or("", String::as_str);
    let date = layout.dates.get(block.place.article).map_or("", String::as_str);
    draft.fields.source = match (title, date) {
        (title, "") => title.to_owned(),
        ("", date) => date.to_owned(),
        (title, date) => format!("{title} ({date})"),
    };
    let short = if title.chars().count() <= 20 { title } else { "" };
    let labels = [&block.place.section, short, date].map(label);
    draft.fields.tags = tags(labels.iter().map(String::as_str));
}

/// Adds the glosses in running text, never ticked.
fn suggestions(drafts: &mut Vec<Draft>, document: &Document, layout: &Layout, titles: &[String]) {
    let key = |front: &str, back: &str| (fold(front), fold(back));
    let mut known: BTreeSet<(String, String)> =
        drafts.iter().map(|draft| key(&draft.fields.front, &draft.fields.back)).collect();
    for block in &layout.blocks {
        let entries: BTreeSet<usize> = block
            .matches
            .iter()
            .filter_map(|found| match found {
                Match::Inline { at } => Some(block.items[*at]),
                _ => None,
            })
            .collect();
        for &at in &block.items {
            let line = &document.lines[at];
            let short = !ends_sentence(&line.text) && line.text.chars().count() < 25;
            // A short line with a bracket is a pair as a whole.
            if short || entries.contains(&at) {
                continue;
            }
            for found in prose::glosses(&line.text, document.language) {
                if !known.insert(key(&found.term, &found.english)) {
                    continue;
                }
                let fields = Fields {
                    front: tidy(&found.term),
                    back: tidy(&found.english),
                    reading: found.reading,
                    ..Fields::default()
                };
                let mut draft = draft(line.first(), fields, 50.0, "a gloss in running text");
                draft.kind = Kind::Term;
                put(&mut draft, block, layout, titles);
                drafts.push(draft);
            }
        }
    }
}

/// How many attributions may follow one another.
const MOST_ATTRIBUTIONS: usize = 4;

/// Returns the attribution of a block, and those that follow it at once: the
/// same in the other language.
fn attributions(layout: &Layout, number: usize) -> (String, Vec<String>) {
    let first = layout.blocks[number].attribution.clone();
    let more = layout.blocks[number + 1..]
        .iter()
        .take(MOST_ATTRIBUTIONS)
        .take_while(|next| next.items.is_empty() && !next.attribution.is_empty())
        .map(|next| next.attribution.clone());
    let mut more: Vec<String> = if first.is_empty() { Vec::new() } else { more.collect() };
    // The one in the language of the fronts comes first.
    match more.iter().position(|text| text.contains(is_cjk)) {
        Some(at) if !first.contains(is_cjk) => {
            let own = std::mem::replace(&mut more[at], first);
            (own, more)
        }
        _ => (first, more),
    }
}

/// Returns a label as a tag: no blanks, no marks at its ends.
fn label(text: &str) -> String {
    let plain = text.replace(|c: char| "()（）[]【】《》“”‘’\"'#,，".contains(c), " ");
    let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
    plain.split_whitespace().collect::<Vec<_>>().join("-")
}

struct Context<'a> {
    document: &'a Document,
    layout: &'a Layout,
    block: &'a Block,
    /// Whether most pairs of the file stand on one line.
    list: bool,
}

impl Context<'_> {
    fn language(&self) -> Language {
        self.document.language
    }

    /// Returns how many pairs on one line stand right beside this one.
    fn neighbours(&self, at: usize) -> usize {
        let inline = |n: usize| matches!(self.block.matches.get(n), Some(Match::Inline { .. }));
        usize::from(at.checked_sub(1).is_some_and(inline)) + usize::from(inline(at + 1))
    }

    fn inline(&self, line: &Line, split: &Split, neighbours: usize) -> Draft {
        let (front, back) = same_parts(&split.cjk, &split.latin);
        let titled = front.len() < split.cjk.len() || back.len() < split.latin.len();
        let sole = neighbours == 0
            && !self.list
            && !titled
            && !matches!(
                line.marker,
                Marker::Table | Marker::Bullet | Marker::Number | Marker::Heading(_)
            );
        let (base, alone) = match split.bond {
            Bond::Wide => (96, 80),
            Bond::Mark => (93, 72),
            Bond::Paren => (90, 74),
            Bond::Space => (87, 74),
            Bond::Glued => (82, 71),
            Bond::Acronym => (75, 45),
        };
        let mut pct = f64::from(if sole { alone } else { base });
        // The text below speaks of it: it is a title.
        if sole && split.bond > Bond::Acronym && self.is_used_below(line, front) {
            pct += 10.0;
        }
        if split.bond > Bond::Acronym {
            // Among others of its kind an entry may be any length.
            let weight = if neighbours > 0 { 3.0 } else { 5.0 };
            pct -= weight * misfit(front, back, self.language());
        }
        let mut reason = if sole && pct < 70.0 { "a gloss in running text" } else { "" };
        if let Some(fault) = confidence::fault(front, back) {
            (pct, reason) = (pct.min(45.0), fault);
        } else if pct < 70.0 && reason.is_empty() {
            reason = "the lengths differ much";
        }
        let mut fields = self.fields(line, front, back);
        if fields.reading.is_empty() {
            fields.reading.clone_from(&split.reading);
        }
        join_notes(&mut fields.note, &split.notes);
        draft(line.first(), fields, pct, reason)
    }

    /// Whether one of the next lines holds the term.
    fn is_used_below(&self, line: &Line, front: &str) -> bool {
        let lines = &self.document.lines;
        let at = lines.partition_point(|other| other.first() <= line.first());
        front.chars().count() >= 2
            && lines[at..].iter().take(3).any(|other| other.text.contains(front))
    }

    fn lines(&self, cjk: &[usize], latin: &[usize], score: f64, run: bool) -> Draft {
        let lines = &self.document.lines;
        let of = |items: &[usize]| -> Vec<&Line> {
            items.iter().map(|&item| &lines[self.block.items[item]]).collect()
        };
        let (own, other) = (of(cjk), of(latin));
        let join = |lines: &[&Line], glue: &str| {
            lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(glue)
        };
        let (front, back) = (join(&own, ""), join(&other, " "));
        let (front, back) = same_parts(&front, &back);
        let cjk_first = cjk.first() < latin.first();
        let usual = self.layout.votes.signum();
        let against = if cjk_first { usual < 0 } else { usual > 0 };
        let mixed = if cjk_first { self.block.votes <= 0 } else { self.block.votes >= 0 };
        // The bonus for the order is no evidence for the pair itself.
        let words = |items: &[usize]| -> Vec<&Words> {
            items.iter().map(|&item| &self.layout.words[self.block.items[item]]).collect()
        };
        let merit = confidence::fit(front, back, self.language())
            + evidence(&words(cjk), &words(latin), self.language());
        let mut pct = 58.0 + 9.0 * merit.min(score + 0.8);
        let mut reason = if pct < 70.0 { "the two lines may not belong together" } else { "" };
        if cjk.len() + latin.len() > 2 {
            (pct, reason) = (pct.min(78.0), "several lines joined");
        }
        let apart = cjk.iter().chain(latin).max().zip(cjk.iter().chain(latin).min());
        if run {
            (pct, reason) = (pct.min(76.0), "lines and their translations stand in two runs");
        } else if apart.is_some_and(|(last, first)| last - first + 1 > cjk.len() + latin.len()) {
            // Equal numbers and names tie two lines over a caption between them.
            let labelled = own.first().is_some_and(|line| without_label(&line.text) != line.text);
            let sure = merit >= 4.5 || (labelled && merit >= 3.0);
            (pct, reason) =
                (pct.min(if sure { 75.0 } else { 60.0 }), "another line stands between");
        }
        if against && mixed && self.layout.votes.abs() >= 2 {
            (pct, reason) = (pct.min(60.0), "against the usual order");
        }
        if let Some(fault) = confidence::fault(front, back) {
            (pct, reason) = (pct.min(45.0), fault);
        }
        let (own_gloss, other_gloss) = (gloss::chinese(front), gloss::english(back));
        let first = own.first().copied().cloned().unwrap_or_default();
        let mut source = first;
        for more in own.iter().skip(1) {
            source.original.push_str(&more.original);
            source.readings.extend(more.readings.iter().cloned());
            source.forms.extend(more.forms.iter().cloned());
        }
        let mut fields = self.fields(&source, &own_gloss.text, &other_gloss.text);
        join_notes(&mut fields.note, &own_gloss.notes);
        join_notes(&mut fields.note, &other_gloss.notes);
        let line = own.iter().chain(&other).map(|line| line.first()).min().unwrap_or(0);
        let mut draft = draft(line, fields, pct, reason);
        let at_top = known_section(&self.block.place.section).is_none()
            && cjk.iter().chain(latin).any(|&n| n <= 2);
        let headline = other.iter().chain(&own).any(|line| line.marker == Marker::Quote);
        if (headline && Share::of(back).words >= 4) || (at_top && is_headline(front, back)) {
            draft.kind = Kind::Sentence;
        }
        draft
    }

    fn fields(&self, line: &Line, front: &str, back: &str) -> Fields {
        let front = tidy(front);
        let reading = line
            .readings
            .iter()
            .find(|reading| fold(&reading.term) == fold(&front))
            .map(|reading| reading.reading.clone());
        // A sentence in its old script would only repeat it.
        let mut note = match kind(&front, back) {
            Kind::Term => self.original(line, &front),
            _ => String::new(),
        };
        let forms: Vec<String> = line
            .forms
            .iter()
            .filter(|form| front.contains(form.term.as_str()))
            .map(|form| form.reading.clone())
            .collect();
        join_notes(&mut note, &forms);
        Fields {
            back: tidy(back),
            reading: reading.unwrap_or_default(),
            note,
            front,
            ..Fields::default()
        }
    }

    /// Returns a term as it was before its script was converted, if that differs.
    fn original(&self, line: &Line, front: &str) -> String {
        if self.document.conversion == Conversion::None || front.chars().count() > TITLE {
            return String::new();
        }
        let at = line.original.char_indices().find_map(|(at, _)| {
            let rest = &line.original[at..];
            let end = rest.char_indices().nth(front.chars().count()).map_or(rest.len(), |(n, _)| n);
            let slice = &rest[..end];
            (self.document.conversion.apply(slice).0 == front).then_some(slice)
        });
        at.filter(|slice| *slice != front).unwrap_or("").to_owned()
    }
}

/// Whether a title is a clause, as those of news are: `Ancient shoes found in ice`.
fn is_headline(front: &str, back: &str) -> bool {
    let words: Vec<&str> = back.split_whitespace().collect();
    let small = words.iter().skip(1).filter(|word| word.starts_with(char::is_lowercase)).count();
    words.len() >= 5
        && back.starts_with(char::is_uppercase)
        && small * 2 >= words.len()
        && front.chars().filter(|c| is_cjk(*c)).count() >= 7
}

/// Returns a side as it is stored: NFC, blanks collapsed, none beside wide marks.
fn tidy(text: &str) -> String {
    let text = collapse(text);
    let chars: Vec<char> = text.chars().collect();
    let wide = |c: Option<&char>| {
        c.is_some_and(|c| matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？'))
    };
    let kept: String = chars
        .iter()
        .enumerate()
        .filter(|(at, c)| {
            **c != ' ' || !(wide(chars.get(at + 1)) || (*at > 0 && wide(chars.get(at - 1))))
        })
        .map(|(_, c)| *c)
        .collect();
    crate::domain::text::nfc(kept)
}

fn join_notes(note: &mut String, more: &[String]) {
    for part in more.iter().filter(|part| !part.is_empty()) {
        if !note.is_empty() {
            note.push_str("; ");
        }
        note.push_str(part);
    }
}

fn draft(line: u32, fields: Fields, pct: f64, reason: &str) -> Draft {
    let kind = kind(&fields.front, &fields.back);
    Draft {
        line,
        kind,
        confidence_pct: pct.clamp(10.0, 98.0) as u8,
        reason: reason.to_owned(),
        fields,
        ..Draft::default()
    }
}

/// Returns the kind of a pair by its form: a sentence ends or runs on as one.
fn kind(front: &str, back: &str) -> Kind {
    let words = Share::of(back).words;
    let ends = ends_sentence(front) && front.chars().filter(|c| is_han(*c)).count() > 3;
    let closes = ends_sentence(back) && words >= 4;
    if ends || closes || words > 14 { Kind::Sentence } else { Kind::Term }
}

/// Drops a label that only one side carries: `每日一词∣术语` beside `term`.
fn same_parts<'a>(front: &'a str, back: &'a str) -> (&'a str, &'a str) {
    let own = without_label(front);
    let back = without_label(back);
    let other = match back.split_once(": ") {
        Some((label, rest)) if is_label(label) => rest,
        _ => back,
    };
    (own, other)
}

/// Whether a line without counterpart is prose or a heading rather than half a pair.
pub(super) fn is_context(text: &str) -> bool {
    let share = Share::of(text);
    let chinese = share.is_cjk() && (ends_sentence(text) || share.cjk > 25);
    chinese || !text.contains(|c| is_cjk(c) || is_latin(c))
}
