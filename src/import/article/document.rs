//! A text made ready for pairing: lines without markup and reading marks, in
//! the script asked for.

use std::collections::BTreeSet;

use super::annotation::{self, CERTAIN};
use super::line::{Language, Line, Marker, Pronunciation, Share};
use super::script::Conversion;
use super::{furigana, gloss, hanja, html, markup, normalise, section};
use crate::import::ScriptChoice;

/// An article, or several in one file.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// The lines in order.
    pub lines: Vec<Line>,
    /// The language beside English.
    pub language: Language,
    /// What was done to the characters.
    pub conversion: Conversion,
    /// How many reading marks were removed.
    pub marks: usize,
    /// How many readings of Japanese and Korean words were moved out of the text.
    pub readings: usize,
    /// How many Chinese forms of Korean words were.
    pub forms: usize,
    /// How many characters were converted.
    pub converted: usize,
    /// The numbers of the raw lines that are not blank.
    pub raws: Vec<u32>,
}

impl Document {
    /// Prepares a text.
    pub fn of(text: &str, choice: ScriptChoice) -> Self {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let raws = markup::raw_lines(text)
            .iter()
            .zip(1..)
            .filter(|(line, _)| !line.trim().is_empty())
            .map(|(_, number)| number)
            .collect();
        let language = Language::of(text);
        let mut lines = if html::is_html(text) { html::lines(text) } else { markup::lines(text) };
        let mut document = Self {
            lines: Vec::new(),
            language,
            conversion: Conversion::None,
            marks: 0,
            readings: 0,
            forms: 0,
            converted: 0,
            raws,
        };
        for line in &mut lines {
            line.text = normalise::close_up(&line.text);
        }
        strip_counters(&mut lines);
        strip_speakers(&mut lines);
        strip_places(&mut lines);
        match language {
            Language::Chinese => document.take_pinyin(&mut lines, choice),
            Language::Japanese => {
                for line in &mut lines {
                    let plain = furigana::remove(&line.text);
                    document.readings += plain.readings.len();
                    line.text = plain.text;
                    line.readings = plain.readings;
                }
            }
            Language::Korean => {
                for line in &mut lines {
                    let plain = hanja::remove(&line.text);
                    document.readings += plain.readings.len();
                    document.forms += plain.forms.len();
                    line.text = plain.text;
                    line.readings = plain.readings;
                    line.forms = plain.forms;
                }
            }
        }
        let lines = section::part_headings(normalise::join_wrapped(attach_readings(lines)));
        document.lines = lines;
        document.convert();
        document
    }

    /// Removes reading marks, and decides by them on the script.
    fn take_pinyin(&mut self, lines: &mut [Line], choice: ScriptChoice) {
        let certain: usize =
            lines.iter().map(|line| annotation::remove(&line.text, false).certain).sum();
        self.conversion = Conversion::of(choice, certain);
        for line in lines {
            let plain = annotation::remove(&line.text, certain >= CERTAIN);
            self.marks += plain.removed;
            line.text = plain.text;
            line.readings = plain.readings;
        }
    }

    fn convert(&mut self) {
        for line in &mut self.lines {
            let (text, changed) = self.conversion.apply(&line.text);
            self.converted += changed;
            line.original = std::mem::replace(&mut line.text, text);
            for reading in &mut line.readings {
                reading.term = self.conversion.apply(&reading.term).0;
            }
        }
    }
}

/// Takes off bare numbers that count the lines: `7 苹果 apple`, `8 梨 pear`.
fn strip_counters(lines: &mut [Line]) {
    let counter = |line: &Line| -> Option<u32> {
        let (number, rest) = line.text.split_once(' ')?;
        let digits = number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit());
        (digits && !rest.trim().is_empty()).then(|| number.parse().ok()).flatten()
    };
    let counters: Vec<Option<u32>> = lines.iter().map(counter).collect();
    let next = |a: Option<u32>, b: Option<u32>| a.zip(b).is_some_and(|(a, b)| a + 1 == b);
    let run = |from: usize| {
        counters.get(from..from + 3).is_some_and(|n| next(n[0], n[1]) && next(n[1], n[2]))
    };
    for (at, line) in lines.iter_mut().enumerate() {
        if (at.saturating_sub(2)..=at).any(run)
            && let Some((_, rest)) = line.text.split_once(' ')
        {
            line.text = rest.trim_start().to_owned();
        }
    }
}

/// Takes off the letters of who speaks in a dialogue: `A: Hello.`, `B：你好。`.
fn strip_speakers(lines: &mut [Line]) {
    fn speech(text: &str) -> Option<(char, &str)> {
        let mut chars = text.chars();
        let speaker =
            chars.next().filter(|c| c.is_ascii_uppercase() || matches!(c, '甲' | '乙'))?;
        let said = chars.as_str().strip_prefix([':', '：'])?.trim_start();
        (!said.is_empty()).then_some((speaker, said))
    }
    let speakers: BTreeSet<char> =
        lines.iter().filter_map(|line| speech(&line.text)).map(|(speaker, _)| speaker).collect();
    if speakers.len() < 2 {
        return;
    }
    for line in lines {
        if let Some((_, said)) = speech(&line.text) {
            line.text = said.to_owned();
        }
    }
}

/// Takes off where in a book or a recording a line stands: `p.12 芦苇`, `00:35 Hello`.
fn strip_places(lines: &mut [Line]) {
    fn rest(text: &str) -> Option<&str> {
        let bare = text.trim_start_matches(['[', '(']);
        let (place, rest) = bare.split_once(' ')?;
        let place = place.trim_end_matches([']', ')', ':', '：', ',']);
        let page =
            place.strip_prefix(['p', 'P']).map(|number| number.trim_start_matches(['p', '.']));
        let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let found = match page {
            Some(page) => number(page),
            None => place.contains(':') && place.len() <= 8 && place.split(':').all(number),
        };
        (found && !rest.trim().is_empty()).then(|| rest.trim_start())
    }
    if lines.iter().filter(|line| rest(&line.text).is_some()).count() < 3 {
        return;
    }
    for line in lines {
        if let Some(rest) = rest(&line.text) {
            line.text = rest.to_owned();
        }
    }
}

/// Gives a line that is nothing but the reading of the line before it to that line.
fn attach_readings(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        if let Some(before) = out.last_mut()
            && before.marker != Marker::Furniture
            && !line.text.is_empty()
            && annotation::is_reading(&before.text, &line.text)
        {
            let reading = line.text.trim_matches(|c| "()（）[]/".contains(c)).to_owned();
            before.readings.push(Pronunciation { term: before.text.clone(), reading });
            before.raws.extend(line.raws);
            before.blank_after = line.blank_after;
        } else if let Some(before) = out.last_mut()
            && Share::of(&before.text).is_latin()
            && before.text.len() <= 40
            && let Some(sounds) = gloss::sounds(&line.text)
        {
            // The sounds of the word above.
            before.text = format!("{} {sounds}", before.text);
            before.raws.extend(line.raws);
            before.blank_after = line.blank_after;
        } else {
            out.push(line);
        }
    }
    out
}
