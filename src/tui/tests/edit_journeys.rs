//! Writing notes, key by key.

use super::*;

fn last_log(desk: &Desk) -> &str {
    desk.backend.log.iter().rev().find(|line| !line.starts_with("twins")).map_or("", |l| l)
}

/// Returns the row of the screen that holds these words.
fn row(desk: &Desk, words: &str) -> String {
    let drawn = desk.drawn();
    let row = drawn.lines().find(|row| row.contains(words));
    row.unwrap_or_else(|| panic!("{words} is not on\n{drawn}")).to_owned()
}

#[test]
fn an_edit_is_saved_as_it_was_typed() {
    let mut desk = Desk::review();
    desk.press(" e<Tab> (AI)<F2>");
    assert_eq!(desk.backend.log.last().unwrap(), "edit [(Back, \"artificial intelligence (AI)\")]");
    row(&desk, "Saved.");
}

#[test]
fn arrows_move_through_rows_and_then_fields() {
    let mut desk = Desk::review();
    desk.press("e<Tab><Tab><Tab>");
    desk.paste("\nsecond line");
    desk.press("<Up>X<Up>Y<F2>");
    // Rows keep the column, 11 at the end of `second line`; each field its own cursor.
    let want = "edit [(Reading, \"réngōng zhìnéngY\"), \
                (Note, \"noun; oftenX shortened to AI\\nsecond line\")]";
    assert_eq!(last_log(&desk), want);
}

#[test]
fn a_line_is_broken_in_a_text_but_not_among_tags() {
    let mut desk = Desk::review();
    desk.press("e<Tab> a<C-j>b<A-Enter>c");
    desk.press("<Tab><Tab><Tab><Tab><Tab><C-j>");
    desk.paste("\nnew\ntags\n");
    desk.press("<F2>");
    let want = "edit [(Back, \"artificial intelligence a\\nb\\nc\"), \
                (Tags, \"policy technologynew tags\")]";
    assert_eq!(last_log(&desk), want);
}

#[test]
fn typing_is_taken_back_in_the_field_and_not_in_the_session() {
    let mut desk = Desk::review();
    desk.press(" 3 e");
    desk.press("!!<F9>");
    assert!(row(&desk, "front").ends_with("国家安全"), "{}", desk.drawn());
    desk.press("<F10>");
    assert!(row(&desk, "front").ends_with("国家安全!!"));
    desk.press("<C-7><F9>");
    assert!(desk.backend.log.iter().all(|line| line != "undo"), "{:?}", desk.backend.log);
}

#[test]
fn leaving_asks_once_before_changes_are_thrown_away() {
    let mut desk = Desk::review();
    desk.press("ex<Tab>y<Esc>");
    row(&desk, "Esc again throws 2 changes away, F2 saves.");
    desk.press("<Esc>");
    assert!(desk.program.edit.is_none());
    desk.press("ex<Backspace><Esc>");
    assert!(desk.program.edit.is_none(), "what is as it was is not asked about");
}

#[test]
fn a_note_without_a_front_or_a_back_is_not_saved_and_the_field_is_shown() {
    let mut desk = Desk::review();
    desk.press("e<C-u><Tab>x<F2>");
    row(&desk, "error: Not saved: a note needs a front.");
    row(&desk, "! a note needs a front");
    assert!(row(&desk, "front").starts_with(" ▸"), "the cursor is where text is missing");
    desk.press("国<Tab><C-u><F2>");
    row(&desk, "a note needs a back");
    desk.press("<Up>{{c1::家}}<F2>");
    assert!(last_log(&desk).starts_with("edit [(Front, "), "gaps are what is to be remembered");
}

#[test]
fn notes_are_added_one_after_the_other() {
    let mut desk = Desk::home();
    desk.press("jja法治<Tab>rule of law<Tab><Tab><Tab><Tab>Constitution<Tab>law<C-s>");
    assert_eq!(last_log(&desk), "add 法治 = rule of law to Chinese::Policy terms");
    row(&desk, "Added to Chinese::Policy terms: 法治, 2 cards.");
    row(&desk, "1 added");
    assert!(row(&desk, "front").starts_with(" ▸ front"), "ready for the next one");
    row(&desk, "Constitution");
    desk.press("法律<Enter>law<F2>");
    assert_eq!(last_log(&desk), "add 法律 = law to Chinese::Policy terms");
    let before = desk.backend.log.iter().filter(|line| *line == "home").count();
    desk.press("<Esc>");
    let after = desk.backend.log.iter().filter(|line| *line == "home").count();
    assert!(desk.program.edit.is_none() && after == before + 1, "home shows what was added");
}

#[test]
fn an_added_note_is_taken_back_and_can_be_corrected() {
    let mut desk = Desk::home();
    desk.press("a法制<Tab>rule of law<F2><F8>");
    assert_eq!(last_log(&desk), "take back from Default");
    row(&desk, "Taken back: 法制");
    desk.press("<Backspace>治<F2>");
    assert_eq!(last_log(&desk), "add 法治 = rule of law to Default");
    desk.press("another<F8>");
    assert!(row(&desk, "front").ends_with("another"), "what was begun is not lost");
}

#[test]
fn another_note_with_the_same_front_is_told_while_typing() {
    let mut desk = Desk::home();
    desk.press("a国家安全");
    row(&desk, "! 1 note of this deck has this front: national security");
    desk.press("学");
    assert!(!desk.drawn().contains("has this front"), "{}", desk.drawn());
    let mut desk = Desk::review();
    desk.press("e");
    assert!(!desk.backend.log.iter().any(|line| line.starts_with("twins")), "nothing was typed");
}

#[test]
fn a_look_for_twins_that_fails_is_not_repeated_until_more_is_typed() {
    let mut desk = Desk::home();
    desk.backend.fails = Some("twins");
    desk.press("a国<Home><End>");
    let looks = |desk: &Desk| desk.backend.log.iter().filter(|l| l.starts_with("twins")).count();
    assert_eq!(looks(&desk), 0);
    row(&desk, "国");
    desk.press("家");
    assert_eq!(looks(&desk), 1);
}

#[test]
fn decks_and_tags_are_completed_at_the_end_of_the_text() {
    let mut desk = Desk::home();
    desk.press("a<Up><C-u>chinese::po");
    row(&desk, "→ Chinese::Policy terms");
    desk.press("<Right><Tab>水<Tab>water<Tab><Tab><Tab><Tab><Tab>po");
    row(&desk, "→ policy");
    desk.press("<Right>new, <F2>");
    assert_eq!(last_log(&desk), "add 水 = water to Chinese::Policy terms");
    row(&desk, "policy new");
}

#[test]
fn a_guess_at_the_reading_can_be_taken() {
    let mut desk = Desk::home();
    desk.press("a人工智能<Tab>AI<Tab>");
    row(&desk, "→ rén gōng zhì néng (a guess)");
    desk.press("<Right>");
    assert!(row(&desk, "▸ reading").ends_with("rén gōng zhì néng"));
}

#[test]
fn a_deck_that_cannot_be_is_explained_in_place() {
    let mut desk = Desk::home();
    desk.press("a水<Tab>water<Up><Up><C-u>::<F2>");
    assert!(desk.drawn().contains("error: Not saved: "), "{}", desk.drawn());
    assert!(row(&desk, "deck").starts_with(" ▸ deck"));
    desk.press("<C-u>Neu");
    row(&desk, "a new deck");
}

#[test]
fn a_paste_that_is_too_long_is_refused_and_said_to_be() {
    let mut desk = Desk::review();
    desk.press("e");
    desk.paste(&"x".repeat(70_000));
    row(&desk, "! too long: a field holds 64 KiB; nothing was inserted");
    row(&desk, "nothing changed");
}

#[test]
fn a_row_of_an_import_is_edited_without_the_collection() {
    let mut desk = Desk::home();
    desk.press("ix.tsv<Enter>e");
    row(&desk, "Edit row");
    desk.press("！<F2>");
    assert!(!desk.backend.log.iter().any(|l| l.starts_with("twins") || l.starts_with("edit")));
    row(&desk, "人工智能！");
}
