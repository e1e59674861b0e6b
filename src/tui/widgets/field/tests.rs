//! Text fields, as keys work them.

use proptest::prelude::*;

use super::*;
use crate::tui::tests::keys_of;

fn typed(field: &mut TextField, keys: &str) {
    for key in keys_of(keys) {
        field.press(&key);
    }
}

#[test]
fn the_cursor_moves_by_what_people_see_as_a_character() {
    let mut field = TextField::new("人e\u{301}👩‍👩‍👧");
    typed(&mut field, "<Left><Left>");
    assert_eq!(field.row(20).1, 2);
    typed(&mut field, "<Del>");
    assert_eq!(field.text(), "人👩‍👩‍👧");
    typed(&mut field, "<Backspace>国");
    assert_eq!(field.text(), "国👩‍👩‍👧");
}

#[test]
fn words_and_ends_are_deleted_at_once() {
    let mut field = TextField::new("one 国家 three");
    typed(&mut field, "<C-w>");
    assert_eq!(field.text(), "one 国家 ");
    typed(&mut field, "<C-w>");
    assert_eq!(field.text(), "one ");
    typed(&mut field, "<Home><C-k>");
    assert_eq!(field.text(), "");
}

#[test]
fn the_cursor_moves_by_words_and_by_single_han_characters() {
    let mut field = TextField::new("the 人工 state's end.");
    let mut places = Vec::new();
    for _ in 0..6 {
        typed(&mut field, "<C-Left>");
        places.push(field.text()[field.cursor..].to_owned());
    }
    let want = ["end.", "state's end.", "工 state's end.", "人工 state's end."];
    assert_eq!(places[..4], want);
    assert_eq!(places[4..], ["the 人工 state's end."; 2], "and no farther than the start");
    let mut ends = Vec::new();
    for _ in 0..6 {
        typed(&mut field, "<A-f>");
        ends.push(field.text()[..field.cursor].to_owned());
    }
    assert_eq!(ends[..3], ["the", "the 人", "the 人工"]);
    assert_eq!(ends[5], "the 人工 state's end.");
}

#[test]
fn a_word_is_deleted_on_either_side_of_the_cursor() {
    let mut field = TextField::new("rule of law, 法治");
    typed(&mut field, "<A-Backspace>");
    assert_eq!(field.text(), "rule of law, 法");
    typed(&mut field, "<Home><A-d>");
    assert_eq!(field.text(), " of law, 法");
    typed(&mut field, "<C-Del>");
    assert_eq!(field.text(), " law, 法");
}

#[test]
fn a_mark_that_joins_the_character_before_it_takes_the_cursor_along() {
    let mut field = TextField::new("ea");
    typed(&mut field, "<Left>\u{301}");
    typed(&mut field, "<Backspace>");
    assert_eq!(field.text(), "a");
}

#[test]
fn the_row_follows_the_cursor() {
    let mut field = TextField::new("人工智能发展");
    assert_eq!(field.row(8), ("…能发展".to_owned(), 7));
    typed(&mut field, "<Home>");
    assert_eq!(field.row(8), ("人工智…".to_owned(), 0));
}

#[test]
fn rows_break_behind_blanks_and_between_chinese_characters() {
    let cases: [(&str, usize, &[&str]); 8] = [
        ("one two three", 7, &["one two ", "three"]),
        ("one   two", 4, &["one  ", " two"]),
        ("人工智能发展", 6, &["人工智", "能发展"]),
        ("人工智能。发展", 8, &["人工智", "能。发展"]),
        ("extraordinary", 5, &["extra", "ordin", "ary"]),
        ("a\n\nb", 5, &["a", "", "b"]),
        ("a👩‍👩‍👧b", 3, &["a👩‍👩‍👧", "b"]),
        ("", 5, &[""]),
    ];
    for (text, cells, want) in cases {
        assert_eq!(TextField::new(text).lines(cells).0, want, "{text:?} in {cells}");
    }
}

#[test]
fn lines_carry_the_cursor_over_breaks() {
    let mut field = TextField::new("ab\n国家");
    assert_eq!(field.lines(4), (vec!["ab".into(), "国家".into()], (1, 4)));
    typed(&mut field, "<Left><Left>");
    assert_eq!(field.lines(4).1, (1, 0));
    typed(&mut field, "<Left>");
    assert_eq!(field.lines(4).1, (0, 2));
}

#[test]
fn the_cursor_keeps_its_column_over_wide_and_short_rows() {
    let mut field = TextField::new("abcdef\n国家\nx\nabcdef");
    let column = |field: &TextField| field.lines(10).1;
    typed(&mut field, "<Left>");
    assert_eq!(column(&field), (3, 5));
    let mut seen = Vec::new();
    while field.up(10) {
        seen.push(column(&field));
    }
    assert_eq!(seen, [(2, 1), (1, 4), (0, 5)], "column 5 comes back after the short rows");
    field.down(10);
    typed(&mut field, "<Left>");
    assert!(field.up(10));
    assert_eq!(column(&field), (0, 2), "a move to the side sets another column");
    assert!(!field.up(10), "above the first row is nothing");
}

#[test]
fn rows_of_one_wrapped_line_are_moved_through_like_lines() {
    let mut field = TextField::new("one two three four");
    typed(&mut field, "<Home>");
    let mut seen = vec![field.lines(8).1];
    while field.down(8) {
        seen.push(field.lines(8).1);
    }
    assert_eq!(seen, [(0, 0), (1, 0), (2, 0)]);
    typed(&mut field, "<End>");
    field.up(8);
    assert_eq!(field.lines(8).1, (1, 4), "the column of the end of `four`");
}

#[test]
fn home_and_end_go_to_the_ends_of_the_line_and_with_ctrl_of_the_text() {
    let mut field = TextField::new("first\nsecond\nthird");
    field.up(20);
    typed(&mut field, "<C-a>");
    assert_eq!(field.lines(20).1, (1, 0));
    typed(&mut field, "<End>");
    assert_eq!(field.lines(20).1, (1, 6));
    typed(&mut field, "<C-k>");
    assert_eq!(field.text(), "first\nsecondthird", "at its end, a line goes on in the next one");
    typed(&mut field, "<C-u>");
    assert_eq!(field.text(), "first\nthird");
    typed(&mut field, "<C-Home>x<C-End>y");
    assert_eq!(field.text(), "xfirst\nthirdy");
}

#[test]
fn undo_goes_back_word_by_word_and_redo_comes_again() {
    let mut field = TextField::new("old ");
    typed(&mut field, "two words<C-w><Left>!");
    assert_eq!(field.text(), "old two! ");
    let mut seen = Vec::new();
    while field.can_undo() {
        typed(&mut field, "<C-7>");
        seen.push(field.text().to_owned());
    }
    assert_eq!(seen, ["old two ", "old two words", "old two ", "old "]);
    while field.can_redo() {
        typed(&mut field, "<A-r>");
    }
    assert_eq!(field.text(), "old two! ");
    typed(&mut field, "<A-u>x");
    assert!(!field.can_redo(), "another change forgets what was taken back");
}

#[test]
fn deletions_in_one_go_come_back_in_one() {
    let mut field = TextField::new("人工智能");
    typed(&mut field, "<Backspace><Backspace><Home><Del>");
    assert_eq!(field.text(), "工");
    assert!(field.undo());
    assert_eq!((field.text(), field.row(9).1), ("人工", 0));
    assert!(field.undo());
    assert_eq!((field.text(), field.row(9).1), ("人工智能", 8));
    assert!(!field.undo());
}

#[test]
fn a_paste_is_one_step() {
    let mut field = TextField::new("a");
    typed(&mut field, "b");
    field.insert("国\r\n家");
    assert_eq!(field.text(), "ab国\n家");
    field.undo();
    assert_eq!(field.text(), "ab");
}

#[test]
fn what_is_pasted_stays_on_its_lines_and_is_harmless_when_drawn() {
    let mut field = TextField::default();
    field.insert("a\r\nb\u{1b}[31m");
    assert_eq!(field.text(), "a\nb\u{1b}[31m");
    assert_eq!(field.lines(20).0, ["a", "b␛[31m"]);
    let much = "x".repeat(MAX_BYTES);
    assert!(!field.has_room_for(&much));
    field.insert(&much);
    assert_eq!(field.text().len(), 8);
}

#[test]
fn a_field_of_one_line_joins_what_is_pasted() {
    let mut field = TextField::default();
    field.insert_joined("policy\r\n  technology\n\nai\n");
    assert_eq!(field.text(), "policy technology ai");
    field.insert_joined(" ");
    assert_eq!(field.text(), "policy technology ai ", "a blank that is typed stays");
}

proptest! {
    #[test]
    fn whatever_is_done_can_be_taken_back(
        start in "[ab国家 \n\u{301}]{0,12}",
        keys in prop::collection::vec(0_usize..11, 1..40),
    ) {
        const KEYS: [&str; 11] = ["x", "国", " ", "<Backspace>", "<Del>", "<Left>", "<Right>",
            "<C-w>", "<A-d>", "<Home>", "\u{301}"];
        let mut field = TextField::new(start.clone());
        for key in keys {
            typed(&mut field, KEYS[key]);
            prop_assert!(field.text().is_char_boundary(field.cursor));
        }
        let end = field.text().to_owned();
        while field.undo() {}
        prop_assert_eq!(field.text(), start);
        while field.redo() {}
        prop_assert_eq!(field.text(), end);
    }

    #[test]
    fn rows_hold_every_character_and_every_place_of_the_cursor(
        text in "[ab国家，（ \n\u{301}👩]{0,40}", cells in 2_usize..9,
    ) {
        let rows = rows::of(&text, cells);
        let shown: String = rows.iter().map(|row| &text[row.clone()]).collect();
        prop_assert_eq!(shown, text.replace('\n', ""));
        for row in &rows {
            let width = text::width(text[row.clone()].trim_end_matches(' '));
            prop_assert!(width <= cells, "{row:?} is {width} wide");
        }
        for (at, _) in text.grapheme_indices(true) {
            let (row, column) = rows::place(&text, &rows, at);
            let found = rows::at_column(&text, &rows[row], column);
            prop_assert_eq!(rows::place(&text, &rows, found), (row, column));
        }
    }
}
