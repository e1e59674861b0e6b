//! Which delimiter a text is written with.
//!
//! Each candidate splits the first records; the one that gives the same number of
//! columns most often is taken. One that leaves more than a fifth of the records
//! whole is doubtful.

use std::collections::HashSet;

use super::cards::{self, RowEnd};
use super::record::{BLANKS, Delimiter, Item, Records, Source, TABS, sep};
use super::{header, heading};
use crate::domain::text::is_han;
use crate::import::ReadOptions;
use crate::import::detect::Ending;

/// Records that are looked at.
const SAMPLE: usize = 200;

/// Candidates that a program writes; fewer doubts are needed.
const HARD: &[&str] = &["\t", ",", ";", "|"];

/// Candidates that people write; the earlier one wins a tie.
const SOFT: &[&str] = &[
    " - ", " – ", " — ", " = ", " :: ", "::", "---", "--", " -> ", "=>", "→", "/////", "：", "，",
    "；", "｜", "=", ": ", ":", "～", "~", "\u{3000}", "、", " / ", "(", TABS, BLANKS, "——", "—",
    "–", "-", "/", " ",
];

/// The delimiter, and what the sample showed.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The delimiter.
    pub delimiter: Delimiter,
    /// Columns of most records; 0 where nothing was sampled.
    pub columns: usize,
    /// Whether nothing else comes into question.
    pub is_firm: bool,
    /// What separates rows.
    pub rows: RowEnd,
}

impl Choice {
    /// Returns what stands for the delimiter of records that were split already.
    #[must_use]
    pub const fn given(columns: usize) -> Self {
        Self { delimiter: Delimiter::Char('\t'), columns, is_firm: true, rows: RowEnd::Line }
    }

    /// Returns the delimiter that a file names itself; its rows end with their lines.
    #[must_use]
    pub fn said(text: &str, delimiter: &str) -> Self {
        let delimiter = Delimiter::of(delimiter);
        let columns = Sample::take(text, &delimiter).columns;
        Self { delimiter, columns, is_firm: true, rows: RowEnd::Line }
    }
}

/// Returns the delimiter of a text, or `None` where it has no columns.
#[must_use]
pub fn choose(text: &str, ending: Ending, options: &ReadOptions) -> Option<Choice> {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let said = options.delimiter.as_deref().map(named).or_else(|| sep(first).map(str::to_owned));
    if let Some(said) = said.filter(|said| !said.is_empty()) {
        if let Some(choice) = cards::find(text, Some(&said)) {
            return Some(choice);
        }
        return Some(Choice::said(text, &said));
    }
    if let Some(choice) = cards::find(text, None) {
        return Some(choice);
    }
    let lines = Lines::of(text);
    let mut candidates: Vec<String> = HARD.iter().chain(SOFT).map(|c| (*c).to_owned()).collect();
    for run in lines.runs().into_iter().chain(lines.marks()) {
        if !candidates.contains(&run) {
            candidates.insert(HARD.len(), run);
        }
    }
    let mut best: Option<(f32, Choice)> = None;
    for candidate in candidates.iter().filter(|candidate| lines.have(candidate)) {
        let delimiter = Delimiter::of(candidate);
        let sample = Sample::take(text, &delimiter);
        let Some((score, is_firm)) = sample.judge(candidate, ending, &lines) else { continue };
        // Names of columns are hardly parted so by chance.
        let score = if is_header(first, candidate) { score + 0.5 } else { score };
        let is_better = best.as_ref().is_none_or(|(top, choice)| {
            let longer = !matches!(candidate.as_str(), TABS | BLANKS)
                && candidate.contains(choice.delimiter.text().trim_matches(' '))
                && candidate.len() > choice.delimiter.text().len()
                && score >= *top - 0.02;
            longer || score > *top + 0.001
        });
        if is_better {
            let columns = sample.columns;
            best = Some((score, Choice { delimiter, columns, is_firm, rows: RowEnd::Line }));
        }
    }
    best.map(|(_, choice)| choice)
}

/// Whether a line, cut at a mark that programs write, is nothing but names of columns.
fn is_header(line: &str, candidate: &str) -> bool {
    if !HARD.contains(&candidate) || line.len() > 1024 {
        return false;
    }
    let cells: Vec<&str> = line.split(candidate).map(|c| c.trim().trim_matches('"')).collect();
    header::names(&cells, None).is_some_and(|names| names.iter().all(Option::is_some))
}

/// Returns the delimiter that the learner names by `text`.
fn named(text: &str) -> String {
    match text.to_ascii_lowercase().as_str() {
        "tab" | "\\t" => "\t",
        "comma" => ",",
        "semicolon" => ";",
        "pipe" => "|",
        "colon" => ":",
        "space" => " ",
        _ => text,
    }
    .to_owned()
}

/// What the lines of a text look like, whatever the delimiter.
struct Lines<'a> {
    lines: Vec<&'a str>,
    /// Share of the lines that are whole sentences.
    sentences: f32,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .take(SAMPLE)
            .collect();
        let is_sentence = |line: &&&str| {
            line.ends_with(['.', '!', '?', '。', '！', '？', '”', ':'])
                && (line.split_whitespace().count() >= 6
                    || line.chars().filter(|c| is_han(*c)).count() >= 12)
        };
        let sentences = lines.iter().filter(is_sentence).count();
        let sentences = sentences as f32 / lines.len().max(1) as f32;
        Self { lines, sentences }
    }

    /// Whether a candidate is worth a try.
    fn have(&self, candidate: &str) -> bool {
        let mark = candidate.trim_matches(' ');
        let mark = if mark.is_empty() { candidate } else { mark };
        self.lines.iter().any(|line| match mark {
            "(" => line.ends_with([')', '）']),
            _ => line.contains(mark),
        })
    }

    /// Returns odd marks that stand just once in nearly every line.
    fn marks(&self) -> Vec<String> {
        const MARKS: &str = "`*^§¦@#$%&+\\<>_¶†‡•·※★☆◆⇒≈≡⇔➔►▶∣−―";
        let is_common = |mark: &char| {
            let once = self.lines.iter().filter(|line| line.matches(*mark).count() == 1).count();
            self.lines.len() >= 3 && once * 10 >= self.lines.len() * 9
        };
        MARKS.chars().filter(is_common).map(String::from).collect()
    }

    /// Returns runs of at least two punctuation marks that come again and again.
    fn runs(&self) -> Vec<String> {
        let is_mark =
            |c: char| c.is_ascii_punctuation() && !matches!(c, '"' | '\'' | '.' | '_' | '*' | '`');
        let mut runs = Vec::new();
        for line in self.lines.iter().take(5) {
            for run in line.split(|c| !is_mark(c)).filter(|run| (2..=8).contains(&run.len())) {
                let all_alike = run.chars().all(|c| run.starts_with(c));
                let lines = self.lines.iter().filter(|line| line.contains(run)).count();
                let is_common = lines >= 3 && lines * 10 >= self.lines.len() * 9;
                let is_new = !runs.iter().any(|known| known == run);
                if is_common && is_new && (all_alike || run.len() <= 4) {
                    runs.push(run.to_owned());
                }
            }
        }
        runs
    }
}

/// How one candidate splits the first records.
struct Sample {
    records: usize,
    /// Records of one column.
    single: usize,
    /// The most frequent number of columns from two up.
    columns: usize,
    /// How many records have it.
    uniform: usize,
    /// Share of the delimiters with a blank behind, as in prose.
    spaced: f32,
    /// Share of the records whose two first fields are both numbers.
    numbers: f32,
    /// Share of the records whose second field is a number.
    amounts: f32,
    /// Share of the records that start with a date.
    stamps: f32,
    /// Share of the records whose first two fields are in different scripts.
    bilingual: f32,
    /// Different first fields, as a share of the different records.
    distinct: f32,
}

impl Sample {
    fn take(text: &str, delimiter: &Delimiter) -> Self {
        let mut counts = [0_usize; 64];
        let (mut records, mut single, mut fields) = (0, 0, Vec::new());
        let (mut gaps, mut spaced, mut numbers, mut bilingual) = (0_usize, 0_usize, 0, 0);
        let (mut amounts, mut headings, mut first_spaced) = (0, 0, 0_usize);
        let mut stamps = 0;
        let (mut fronts, mut rows) = (HashSet::new(), HashSet::new());
        let (mut next_line, mut was_heading) = (0, false);
        let mut source = Records::new(text, delimiter, None);
        while records < SAMPLE {
            let line = match source.next(&mut fields) {
                None => break,
                Some(Item::Comment { .. }) => continue,
                Some(Item::Row { line }) => line,
            };
            let filled = fields.iter().filter(|field| !field.trim().is_empty()).count();
            if filled == 0 {
                continue;
            }
            // A line on top of a group of rows is none of them.
            let has_gap = next_line == 0 || line > next_line;
            next_line = line + 1;
            let is_single = fields.len() == 1;
            if is_single && !was_heading && (has_gap || heading::is_heading(fields[0].trim())) {
                was_heading = true;
                headings += 1;
                continue;
            }
            was_heading = false;
            records += 1;
            gaps += fields.len() - 1;
            first_spaced += usize::from(fields.get(1).is_some_and(|field| field.starts_with(' ')));
            spaced += fields.iter().skip(1).filter(|field| field.starts_with(' ')).count();
            if filled < 2 {
                single += 1;
                continue;
            }
            counts[fields.len().min(63)] += 1;
            fronts.insert(fields[0].trim().to_owned());
            rows.insert((fields[0].trim().to_owned(), fields[1].trim().to_owned()));
            stamps += usize::from(is_stamp(&fields[0]));
            let has_digit_only = |at: usize| fields.get(at).is_some_and(|f| is_number(f.trim()));
            numbers += usize::from(has_digit_only(0) && has_digit_only(1));
            amounts += usize::from(has_digit_only(1));
            let is_cjk = |at: usize| fields.get(at).is_some_and(|f| f.chars().any(is_cjk));
            bilingual += usize::from(is_cjk(0) != is_cjk(1));
        }
        // More of them than rows: they are rows themselves.
        if headings * 2 > records {
            records += headings;
            single += headings;
        }
        let (columns, uniform) = counts
            .iter()
            .enumerate()
            .skip(2)
            .max_by_key(|(columns, count)| (**count, std::cmp::Reverse(*columns)))
            .map_or((0, 0), |(columns, count)| (columns, *count));
        // A comma with a blank behind belongs to the meanings, where that between the
        // columns has none; so does any where rows have as many as they like.
        let (more, more_spaced) = ((gaps + single).saturating_sub(records), spaced - first_spaced);
        let is_open = *delimiter == Delimiter::Char(',')
            && counts[2] * 6 >= records
            && (more_spaced * 10 >= more * 9 && more > 0 && first_spaced * 10 <= records
                || uniform * 10 < records * 6);
        let share = |part: usize, of: usize| part as f32 / of.max(1) as f32;
        Self {
            records,
            single,
            columns: if uniform == 0 {
                0
            } else if is_open {
                2
            } else {
                columns
            },
            uniform,
            spaced: share(spaced, gaps),
            numbers: share(numbers, records),
            amounts: share(amounts, records),
            stamps: share(stamps, records),
            bilingual: share(bilingual, records),
            distinct: share(fronts.len(), rows.len()),
        }
    }

    /// Returns a score and whether it leaves no doubt; `None` where the candidate
    /// is out of the question.
    fn judge(&self, candidate: &str, ending: Ending, lines: &Lines<'_>) -> Option<(f32, bool)> {
        if self.columns < 2 || self.records == 0 {
            return None;
        }
        // One odd row of a short list is no fifth of it.
        let single = if self.single == 1 && self.records > 2 {
            0.0
        } else {
            self.single as f32 / self.records as f32
        };
        let uniform = self.uniform as f32 / self.records as f32;
        let mut score = uniform - (single - 0.2).max(0.0) * 2.0;
        let is_promised = match candidate {
            "\t" => ending == Ending::Tab,
            "," | ";" => ending == Ending::Comma,
            _ => false,
        } || ending == Ending::Table;
        let is_prose = lines.sentences > 0.5;
        if candidate == "\t" {
            score += 0.2;
            let is_firm = single <= 0.2 || is_promised;
            return (single <= 0.5 || is_promised).then_some((score, is_firm));
        }
        // Blanks behind the mark: it is punctuation of the text.
        if self.spaced > 0.8 && candidate.chars().count() == 1 {
            score -= 0.1;
            if is_prose && !is_promised {
                return None;
            }
        }
        if is_promised {
            return (single <= 0.6).then_some((score + 0.05, single <= 0.5));
        }
        if HARD.contains(&candidate) {
            let least = if candidate == "," { 0.6 } else { 0.5 };
            let is_one = self.records == 1 && candidate == "," && self.spaced > 0.0;
            // Several meanings behind a term: no two rows need be alike.
            let is_list = candidate == "," && !is_prose && single <= 0.05 && uniform >= 0.3;
            let is_firm = uniform >= least;
            let fits = single <= 0.2 && !is_one && (is_firm || is_list);
            return fits.then_some((score, is_firm));
        }
        let malus = match candidate {
            // Columns lined up by hand: only where single tabs do not do.
            TABS => -0.19,
            BLANKS => 0.0,
            // What stands within words: only where there is nothing else.
            " " | "-" | "/" => 0.3,
            // Set off by blanks in every row: meant as a delimiter, whatever else is there.
            _ if candidate.starts_with(' ') && uniform >= 0.95 => -0.02,
            _ => 0.05,
        };
        // A mark of its own that parts every row alike was chosen to do so.
        let is_own = !SOFT.contains(&candidate);
        // So is one that parts two scripts in every row, when no row is a sentence.
        let is_list = self.records >= 3
            && self.columns == 2
            && self.bilingual >= 0.9
            && lines.sentences < 0.1
            && !matches!(candidate, TABS | BLANKS | " " | "-" | "/" | " / " | "、" | "—" | "–");
        let is_firm = (is_own || is_list) && self.uniform == self.records;
        self.judge_soft(candidate, lines, single, uniform).then_some((score - malus, is_firm))
    }

    fn judge_soft(&self, candidate: &str, lines: &Lines<'_>, single: f32, uniform: f32) -> bool {
        let is_doubtful = single > 0.2 || uniform < 0.75 || self.records < 2;
        // The same words in front again and again: `Q:`, `A:`, or the keys of a data file.
        let repeats = self.records >= 4 && self.distinct < 0.6;
        if is_doubtful || repeats || self.numbers > 0.3 || self.amounts > 0.8 || self.stamps > 0.5 {
            return false;
        }
        match candidate {
            ":" | ": " | "=" | "，" | "、" | "~" | "～" | " / " | "：" => {
                self.columns == 2
                    && lines.sentences <= 0.5
                    && (!matches!(candidate, "，" | "、" | " / ")
                        || self.bilingual >= 0.8
                        || (candidate == " / "
                            && self.records >= 3
                            && self.uniform == self.records))
            }
            TABS | BLANKS => self.columns == 2 && uniform >= 0.9 && lines.sentences <= 0.5,
            "—" | "–" => self.columns == 2,
            "(" | "\u{3000}" | "-" | "/" | " " => self.columns == 2 && self.bilingual >= 0.9,
            " - " | " – " | " — " | " = " | " :: " => self.columns <= 4,
            _ => true,
        }
    }
}

/// Whether a text starts as a line of a log does.
fn is_stamp(text: &str) -> bool {
    let text = text.trim_start().as_bytes();
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    digits == 4 && matches!(text.get(4), Some(b'-' | b'/')) && text.len() > 10
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b"-+.,/: ".contains(&b))
}

/// Whether `c` belongs to an East Asian script.
pub(super) fn is_cjk(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3041}'..='\u{30ff}' | '\u{ac00}'..='\u{d7af}')
}
