//! Decks as learners keep them, and what happens to such files over the years.

use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use unicode_normalization::UnicodeNormalization;

/// Words with senses that share a front, fronts that look alike, and backs that
/// hold what separates columns elsewhere.
const WORDS: [(&str, &str); 24] = [
    ("打", "to hit"),
    ("打", "to play (a ball game)"),
    ("打", "dozen"),
    ("开始", "to begin; to start"),
    ("开端", "beginning"),
    ("改革开放", "reform and opening up"),
    ("可持续发展", "sustainable development"),
    ("可持续发展战略", "strategy of sustainable development"),
    ("人工智能", "artificial intelligence (AI)"),
    ("高铁", "high-speed rail"),
    ("银行", "bank"),
    ("行", "row; line"),
    ("affect", "to have an influence on"),
    ("effect", "result, consequence"),
    ("café", "a small restaurant"),
    ("Straße", "street"),
    ("el niño", "the boy; the child"),
    ("la niña", "the girl"),
    ("polish", "to make shiny"),
    ("Polish", "of Poland"),
    ("食べる", "to eat"),
    ("国家", "country, state, nation"),
    ("law <3>", "the third law & more"),
    ("100%", "entirely"),
];

/// What a back may become.
const NEW_BACKS: [&str; 5] =
    ["an entirely new meaning", "to start over", "to hit; to strike", "bench", "state"];

/// A row: front and back.
pub type Row = (String, String);

/// Returns decks of between `least` and `most` rows, all different.
pub fn decks(least: usize, most: usize) -> impl Strategy<Value = Vec<Row>> {
    subsequence(WORDS.to_vec(), least..=most).prop_shuffle().prop_map(|rows| {
        rows.into_iter().map(|(front, back)| (front.to_owned(), back.to_owned())).collect()
    })
}

/// What happens to a file between two imports.
#[derive(Clone, Debug)]
pub enum Edit {
    Drop(Index),
    Add(Index, Index),
    Duplicate(Index, Index),
    Swap(Index, Index),
    Back(Index, Index),
    Front(Index),
    SplitSenses(Index),
    JoinSenses(Index),
    UpperCase(Index),
    Decompose(Index),
}

pub fn edits(most: usize) -> impl Strategy<Value = Vec<Edit>> {
    let index = any::<Index>;
    let edit = prop_oneof![
        index().prop_map(Edit::Drop),
        (index(), index()).prop_map(|(word, to)| Edit::Add(word, to)),
        (index(), index()).prop_map(|(row, to)| Edit::Duplicate(row, to)),
        (index(), index()).prop_map(|(a, b)| Edit::Swap(a, b)),
        (index(), index()).prop_map(|(row, back)| Edit::Back(row, back)),
        index().prop_map(Edit::Front),
        index().prop_map(Edit::SplitSenses),
        index().prop_map(Edit::JoinSenses),
        index().prop_map(Edit::UpperCase),
        index().prop_map(Edit::Decompose),
    ];
    proptest::collection::vec(edit, 0..=most)
}

/// Carries out an edit; a deck of two rows loses none.
fn edit(rows: &mut Vec<Row>, edit: &Edit) {
    let at = |index: &Index, rows: &Vec<Row>| index.index(rows.len());
    match edit {
        Edit::Drop(row) => {
            if rows.len() > 2 {
                rows.remove(at(row, rows));
            }
        }
        Edit::Add(word, to) => {
            let (front, back) = *word.get(&WORDS);
            rows.insert(at(to, rows), (front.to_owned(), back.to_owned()));
        }
        Edit::Duplicate(row, to) => {
            let copy = rows[at(row, rows)].clone();
            rows.insert(at(to, rows), copy);
        }
        Edit::Swap(a, b) => {
            let (a, b) = (at(a, rows), at(b, rows));
            rows.swap(a, b);
        }
        Edit::Back(row, back) => {
            let row = at(row, rows);
            (*back.get(&NEW_BACKS)).clone_into(&mut rows[row].1);
        }
        Edit::Front(row) => {
            let row = at(row, rows);
            let front = &mut rows[row].0;
            if front.chars().count() > 2 {
                front.pop();
            } else {
                front.push('们');
            }
        }
        Edit::SplitSenses(row) => {
            let row = at(row, rows);
            if let Some((first, second)) = rows[row].1.clone().split_once("; ") {
                let front = rows[row].0.clone();
                first.clone_into(&mut rows[row].1);
                rows.insert(row + 1, (front, second.to_owned()));
            }
        }
        Edit::JoinSenses(row) => {
            let row = at(row, rows);
            let same = |other: &usize| *other != row && rows[*other].0 == rows[row].0;
            if let Some(other) = (0..rows.len()).find(same).filter(|_| rows.len() > 2) {
                rows[row].1 = format!("{}; {}", rows[row].1, rows[other].1);
                rows.remove(other);
            }
        }
        Edit::UpperCase(row) => {
            let row = at(row, rows);
            rows[row].0 = rows[row].0.to_uppercase();
        }
        Edit::Decompose(row) => {
            let row = at(row, rows);
            rows[row].0 = rows[row].0.nfd().collect();
        }
    }
}

/// Returns the deck after all edits.
pub fn edited(rows: &[Row], edits: &[Edit]) -> Vec<Row> {
    let mut rows = rows.to_vec();
    for one in edits {
        edit(&mut rows, one);
    }
    rows
}

/// How a deck is written down.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    pub delimiter: char,
    pub ending: &'static str,
    pub encoding: Encoding,
    pub columns: Columns,
}

/// Which columns there are, and what their header calls them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    /// Front and back without a header.
    Bare,
    /// Front and back.
    Named(&'static str, &'static str),
    /// Back and front.
    Moved(&'static str, &'static str),
    /// A running number, front and back.
    Numbered(&'static str, &'static str),
}

impl Columns {
    /// Returns how many lines the header takes.
    pub fn header_lines(self) -> u32 {
        u32::from(self != Self::Bare)
    }

    fn header(self) -> Option<Vec<&'static str>> {
        match self {
            Self::Bare => None,
            Self::Named(front, back) => Some(vec![front, back]),
            Self::Moved(front, back) => Some(vec![back, front]),
            Self::Numbered(front, back) => Some(vec!["no.", front, back]),
        }
    }

    fn cells(self, number: usize, (front, back): &Row) -> Vec<String> {
        let (front, back) = (front.clone(), back.clone());
        match self {
            Self::Bare | Self::Named(..) => vec![front, back],
            Self::Moved(..) => vec![back, front],
            Self::Numbered(..) => vec![(number + 1).to_string(), front, back],
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf8Marked,
    Utf16Le,
    Utf16Be,
    Gb18030,
}

const NAMED: Columns = Columns::Named("front", "back");

/// What people call the two columns.
const NAMES: [(&str, &str); 5] = [
    ("front", "back"),
    ("Term", "Definition"),
    ("word", "meaning"),
    ("单词", "释义"),
    ("Begriff", "Bedeutung"),
];

impl Layout {
    /// The layout in which nothing has to be guessed.
    pub const PLAIN: Self =
        Self { delimiter: '\t', ending: "\n", encoding: Encoding::Utf8, columns: NAMED };
}

pub fn layouts() -> impl Strategy<Value = Layout> {
    use Encoding::{Gb18030, Utf8, Utf8Marked, Utf16Be, Utf16Le};
    let encoding = prop::sample::select(vec![Utf8, Utf8Marked, Utf16Le, Utf16Be, Gb18030]);
    let delimiter = prop::sample::select(vec!['\t', ',', ';']);
    let ending = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    let columns = (prop::sample::select(NAMES.to_vec()), 0..4).prop_map(
        |((front, back), shape)| match shape {
            0 => Columns::Bare,
            1 => Columns::Named(front, back),
            2 => Columns::Moved(front, back),
            _ => Columns::Numbered(front, back),
        },
    );
    (delimiter, ending, encoding, columns).prop_map(|(delimiter, ending, encoding, columns)| {
        Layout { delimiter, ending, encoding, columns }
    })
}

/// Returns the deck as a file.
pub fn file(rows: &[Row], layout: Layout) -> Vec<u8> {
    let field = |text: &str| {
        if layout.delimiter != '\t' && text.contains([layout.delimiter, '"']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    };
    let mut text = String::new();
    let between = layout.delimiter.to_string();
    if let Some(names) = layout.columns.header() {
        text = names.join(&between) + layout.ending;
    }
    for (number, row) in rows.iter().enumerate() {
        let cells = layout.columns.cells(number, row);
        let cells: Vec<String> = cells.iter().map(|cell| field(cell)).collect();
        text.push_str(&cells.join(&between));
        text.push_str(layout.ending);
    }
    match layout.encoding {
        Encoding::Utf8 => text.into_bytes(),
        Encoding::Utf8Marked => format!("\u{feff}{text}").into_bytes(),
        Encoding::Utf16Le => {
            format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
        }
        Encoding::Utf16Be => {
            format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect()
        }
        Encoding::Gb18030 => encoding_rs::GB18030.encode(&text).0.into_owned(),
    }
}

/// Returns the deck as a file of the plainest kind.
pub fn plain(rows: &[Row]) -> Vec<u8> {
    file(rows, Layout::PLAIN)
}
