//! Whole ways through an import, through the real loop.

use super::*;
use crate::app::plan::Bucket;
use crate::tui::program::Screen;
use crate::tui::screens::import_plan::PlanPage;

fn start(backend: Fake) -> Desk {
    Desk::new(Start::Import("a.tsv".into()), backend, 80, 24)
}

fn page(desk: &Desk) -> &PlanPage {
    match &desk.program.screen {
        Screen::Import(import) => import.plan.as_ref().expect("a plan"),
        other => panic!("not importing: {other:?}"),
    }
}

fn texts(desk: &Desk) -> Vec<(&str, &str)> {
    let rows = &page(desk).list.files[0].rows;
    rows.iter().map(|row| (&*row.draft.fields.front, &*row.draft.fields.back)).collect()
}

fn status(desk: &Desk) -> String {
    let drawn = desk.drawn();
    let rows: Vec<&str> = drawn.lines().collect();
    rows[rows.len() - 2].trim().to_owned()
}

#[test]
fn a_row_is_edited_before_it_is_imported() {
    let mut desk = start(Fake::new());
    desk.press("e<Tab><C-u>AI<F2>");
    assert!(desk.program.edit.is_none());
    assert_eq!(texts(&desk)[0], ("人工智能", "AI"));
    let row = &page(&desk).list.files[0].rows[0];
    assert_eq!(row.draft.said().back, "artificial intelligence");
    assert_eq!(status(&desk), "Line 1 is now: add.");
    desk.press("u");
    assert_eq!(texts(&desk)[0], ("人工智能", "artificial intelligence"));
    assert_eq!(page(&desk).list.files, Fake::new().plans);
}

#[test]
fn changed_rows_are_thrown_away_only_when_asked_twice() {
    let mut desk = start(Fake::new());
    desk.press("w<Esc>");
    assert_eq!(status(&desk), "q again throws 1 changed row away, Enter imports.");
    desk.press("j<Esc>");
    assert_eq!(page(&desk).list.cursor, 2, "another key in between: asked anew");
    desk.press("<Esc>");
    assert_eq!(desk.program.screen, Screen::Home);
    let mut desk = start(Fake::new());
    desk.press("wu<Esc>");
    assert_eq!(desk.program.screen, Screen::Home, "nothing is changed any more");
}

#[test]
fn an_edit_that_cannot_be_stays_open_with_its_reason() {
    let mut desk = start(Fake::new());
    desk.press("e<Tab><C-u><F2>");
    assert_eq!(status(&desk), "error: a note needs a front and a back");
    desk.press("x<F2>");
    assert!(desk.program.edit.is_none());
    assert_eq!(texts(&desk)[0].1, "x");
}

#[test]
fn sides_are_swapped_for_one_row_and_for_all() {
    let mut desk = start(Fake::new());
    desk.press("w");
    assert_eq!(texts(&desk)[0], ("artificial intelligence", "人工智能"));
    assert_eq!(texts(&desk)[1].0, "中国特色社会主义");
    desk.press("uW");
    assert!(texts(&desk).iter().all(|(front, _)| front.is_ascii()), "{:?}", texts(&desk));
    desk.press("<C-w>u");
    assert_eq!(
        page(&desk).list.files[0].rows[1].draft.decided().said.as_ref().unwrap().fields.front,
        "中国特色社会主义"
    );
    desk.press("u");
    assert_eq!(page(&desk).list.files, Fake::new().plans);
}

#[test]
fn rows_are_merged_with_what_stands_below_and_cut_in_two() {
    let mut desk = start(Fake::new());
    desk.press("m");
    assert_eq!(
        texts(&desk)[0],
        (
            "人工智能中国特色社会主义",
            "artificial intelligence socialism with Chinese characteristics"
        )
    );
    assert_eq!(texts(&desk).len(), 5);
    // A line that could not be read is more of the back of the row above it.
    desk.press("uGkkkm");
    let row = &page(&desk).list.files[0].rows[3];
    assert_eq!(row.draft.fields.back, "development第5行 raw text of line 5");
    assert!(page(&desk).list.files[0].rejected.is_empty());
    desk.press("u");
    assert_eq!(page(&desk).list.files, Fake::new().plans);

    desk.press("gjjs<Left><Left><Left><Left><Tab><Left><Enter>");
    let texts = texts(&desk);
    assert_eq!(texts[1], ("中国特色", "socialism with Chinese characteristic"));
    assert_eq!(texts[2], ("社会主义", "s"));
}

#[test]
fn a_correction_is_denied_and_a_conflict_settled_by_one_key() {
    let mut backend = Fake::new();
    let note = crate::domain::Uid([7; 16]);
    let rows = &mut backend.plans[0].rows;
    rows[0].bucket = Bucket::Renamed { note, from: "人工智慧".into() };
    rows[1].bucket = Bucket::Conflict { note, fields: vec!["back"], taken: Vec::new() };
    let mut desk = start(backend);
    desk.press("r");
    assert!(page(&desk).list.files[0].rows[0].draft.decided().apart);
    desk.press("j<F8>");
    assert_eq!(page(&desk).list.files[0].rows[1].draft.decided().theirs, Some(true));
    desk.press("jj");
    assert!(!desk.program.can(crate::tui::keymap::Action::Settle), "neither of the two");
}

#[test]
fn options_make_the_plan_anew_at_once() {
    let mut desk = start(Fake::new());
    desk.press("cjj<Right><Right>");
    assert!(desk.backend.log.contains(&"reread Some(\",\")".to_owned()), "{:?}", desk.backend.log);
    assert!(desk.drawn().contains("“,”"), "{}", desk.drawn());
    desk.press("jjjj<Enter>成语<Enter>q");
    assert_eq!(page(&desk).list.files[0].deck.as_str(), "成语");
    desk.press("c<F9>");
    assert!(page(&desk).over.is_none());
    desk.press("cjjjj<Enter>front,what<Enter>");
    assert!(desk.drawn().contains("`what` is no column"), "{}", desk.drawn());
    assert!(desk.program.takes_text(), "it can be corrected");
}

#[test]
fn options_that_cannot_be_leave_the_plan_as_it_was() {
    let mut desk = start(Fake::new());
    desk.backend.fails = Some("reread");
    desk.press("cj<Right>");
    assert!(status(&desk).starts_with("error: reread: the disk is full"));
    assert_eq!(page(&desk).list.files, Fake::new().plans);
}

#[test]
fn triage_goes_through_the_new_rows_and_comes_back_to_the_plan() {
    let mut desk = start(Fake::new());
    desk.press("t2３");
    assert!(desk.drawn().contains("3 of 3"), "full-width digits count:\n{}", desk.drawn());
    desk.press("<Backspace>k1");
    assert_eq!(status(&desk), "New rows: 1 new, 2 known.");
    assert!(page(&desk).over.is_none());
    let counts = page(&desk).list.counts_line(|_| true);
    assert!(counts.contains("2 known") && !counts.contains("never"), "{counts}");
}

#[test]
fn the_inbox_goes_from_file_to_file() {
    let mut backend = Fake::new();
    backend.inbox = ["/in/a.tsv", "/in/b.tsv", "/in/c.tsv"].map(str::to_owned).to_vec();
    let mut desk = Desk::new(Start::Home, backend, 80, 24);
    assert!(desk.drawn().contains("3 new files in the inbox"), "{}", desk.drawn());
    desk.press("b");
    assert!(desk.drawn().contains("Import 1 of 3:"), "{}", desk.drawn());
    desk.press("<Enter>");
    assert!(desk.drawn().contains("Import 2 of 3:"), "{}", desk.drawn());
    assert_eq!(status(&desk), "2 added, 1 updated");
    desk.press("n");
    assert!(desk.drawn().contains("Import 3 of 3:"), "{}", desk.drawn());
    desk.press("<Enter>");
    assert_eq!(desk.program.screen, Screen::Home);
    let read: Vec<_> = desk.backend.log.iter().filter(|l| l.starts_with("read ")).collect();
    assert_eq!(read, ["read /in/a.tsv", "read /in/b.tsv", "read /in/c.tsv"]);
}

#[test]
fn an_inbox_that_cannot_be_read_is_said_once() {
    let mut backend = Fake::new();
    backend.fails = Some("inbox");
    let mut desk = Desk::new(Start::Home, backend, 80, 24);
    assert!(status(&desk).starts_with("error: inbox"), "{}", status(&desk));
    desk.press("j");
    assert_eq!(status(&desk), "");
}

#[test]
fn long_work_is_stopped_by_escape_and_leaves_the_plan_as_it_was() {
    let mut desk = start(Fake::new());
    desk.backend.slow = (50, 20);
    desk.press("<Enter><Esc>");
    assert_eq!(status(&desk), "Stopped; nothing was changed.");
    assert_eq!(page(&desk).list.files, Fake::new().plans);
    assert!(!desk.backend.log.iter().any(|line| line.starts_with("apply")));
    desk.press("w<Esc>");
    assert_eq!(page(&desk).list.files, Fake::new().plans, "the swap was stopped as well");
    assert!(!desk.program.can(crate::tui::keymap::Action::Undo));
    assert_eq!(desk.press("<Enter><C-c>"), Left::Quit);
}

#[test]
fn work_that_is_quick_takes_no_key_away() {
    let mut desk = start(Fake::new());
    desk.backend.slow = (10, 20);
    desk.press("wj");
    assert_eq!(texts(&desk)[0].0, "artificial intelligence");
    assert_eq!(page(&desk).list.cursor, 2, "the second key went to the table");
}

#[test]
fn a_filter_whose_rows_are_gone_shows_everything_again() {
    let mut desk = start(Fake::new());
    desk.press("<Tab><Tab>");
    assert!(desk.drawn().contains("showing 1 suggest"), "{}", desk.drawn());
    desk.press("ex<F2>");
    assert!(!desk.drawn().contains("showing"), "{}", desk.drawn());
    assert!(page(&desk).list.files[0].rows[5].ticked, "who edits a row wants it");
}
