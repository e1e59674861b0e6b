//! What an attacker would put into a deck.

/// What stands around each attack, so that it is known again wherever it turns up.
pub const MARK: &str = "qzq";

/// Sequences that a terminal would obey, and marks that hide or reorder text.
pub const ATTACKS: [&str; 16] = [
    "\u{1b}[31mred",
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]52;c;aGk=\u{1b}\\",
    "\u{1b}P1$r0m\u{1b}\\",
    "\u{1b}_hidden\u{1b}\\",
    "\u{1b}c",
    "\u{9b}31m",
    "\u{9d}0;title\u{9c}",
    "\u{90}q\u{9c}",
    "\u{202e}gnp.exe",
    "\u{2066}isolate\u{2069}",
    "\u{200f}right",
    "\u{200b}zero\u{feff}width",
    "\u{8}\u{8}\u{8}over",
    "\u{7f}gone\u{e}shift",
];

/// Returns a front or back with one attack in it; numbers tell the rows apart.
pub fn text(number: usize, attack: &str) -> String {
    format!("{MARK}{number}{attack}{number}{MARK}")
}

/// Returns the rows of a hostile deck: every attack once in front and once in back.
pub fn rows() -> Vec<(String, String)> {
    (0..)
        .zip(ATTACKS)
        .map(|(number, attack)| (text(number, attack), text(number + 100, attack)))
        .chain([
            (format!("{MARK}tower e{}", "\u{301}".repeat(10_000)), "a tower of marks".to_owned()),
            (format!("{MARK}emoji 👩‍👩‍👧"), "a family".to_owned()),
        ])
        .collect()
}

/// Returns rows as a table with tabs.
pub fn table(rows: &[(String, String)]) -> String {
    rows.iter().map(|(front, back)| [front, "\t", back, "\n"].concat()).collect()
}

/// Asserts that nothing in the output is a control that a terminal obeys.
pub fn assert_harmless(output: &[u8], whence: &str) {
    let text = std::str::from_utf8(output).unwrap_or_else(|_| panic!("{whence}: invalid UTF-8"));
    let bad = text.char_indices().find(|&(_, c)| {
        let is_control = c.is_control() && c != '\n';
        is_control || termdeck::domain::safe::is_invisible(c)
    });
    if let Some((at, c)) = bad {
        let from = text[..at].char_indices().rev().nth(30).map_or(0, |(from, _)| from);
        let to = text[at..].char_indices().nth(30).map_or(text.len(), |(to, _)| at + to);
        panic!("{whence}: {c:?} in {:?}", &text[from..to]);
    }
}

/// Asserts that no character carries so many marks that they cover the lines around it.
pub fn assert_no_tower(output: &[u8], whence: &str) {
    let mut marks = 0;
    for c in String::from_utf8_lossy(output).chars() {
        marks = if unicode_normalization::char::is_combining_mark(c) { marks + 1 } else { 0 };
        assert!(marks < 50, "{whence}: a tower of combining marks");
    }
}
