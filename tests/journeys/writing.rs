//! The first run: a sample deck, then a card of one's own, then a correction.

use super::terminal::{CTRL_S, DOWN, ENTER, ESC, SPACE, TAB, Terminal};
use crate::common::{Desk, text};

const F2: &str = "\u{1b}OQ";
const F8: &str = "\u{1b}[19~";
const CTRL_LEFT: &str = "\u{1b}[1;5D";
const CTRL_UNDERSCORE: &str = "\u{1f}";

#[test]
fn from_nothing_to_a_sample_deck_a_card_and_its_correction() {
    let desk = Desk::new();
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("begin with one of these");
    terminal.press_for(&DOWN.repeat(4), "▸ [ ] high-speed-rail");
    terminal.press_for(SPACE, "[x] high-speed-rail");
    let plan = terminal.press_for(ENTER, "17 ticked");
    assert!(plan.contains("Import sample:high-speed-rail.txt → Articles"), "{plan}");
    terminal.press_for("G", "电子客票");
    let home = terminal.press_for(ENTER, "17 added, 0 updated");
    assert!(home.contains("Articles") && !home.contains("begin with"), "{home}");

    // The chosen deck is offered; its notes with the same front are told.
    terminal.press_for(&format!("{DOWN}a"), "▸ front");
    let form = terminal.press_for("接触网", "1 note of this deck has this front: overhead");
    assert!(form.contains("deck     Articles"), "{form}");
    terminal.press_for(&format!("{CTRL_LEFT}\u{7f}\u{7f}"), "front    网");
    terminal.press_for(CTRL_UNDERSCORE, "front    接触网");
    terminal
        .press_for(&format!("支柱{TAB}mast{CTRL_S}"), "Added to Articles: 接触支柱网, 2 cards.");
    terminal.press_for(F8, "Taken back: 接触支柱网");
    terminal.press_for("\u{15}接触网支柱", "接触网支柱");
    let form = terminal.press_for(F2, "Added to Articles: 接触网支柱, 2 cards.");
    assert!(form.contains("1 added"), "{form}");
    terminal.press_for(ESC, "recent imports");
    assert_eq!(desk.note("接触网支柱")["back"], "mast");
    assert!(desk.fronts("接触支柱网").is_empty());

    // It is the newest card, so it is asked first.
    terminal.press_for(ENTER, "接触网支柱");
    terminal.press_for("e", "Edit note");
    terminal.press_for(&format!("{TAB} (of a catenary)"), "1 field changed");
    terminal.press_for(ESC, "Esc again throws 1 change away");
    terminal.press_for(F2, "Saved.");
    terminal.press_for(SPACE, "mast (of a catenary)");
    assert_eq!(text(&desk.note("接触网支柱")["back"]), "mast (of a catenary)");
    terminal.press_for("u", "Taken back: edit of 接触网支柱");
    assert_eq!(text(&desk.note("接触网支柱")["back"]), "mast");
    terminal.press(ESC);
    terminal.wait_for("recent imports");
    terminal.press("q");
    terminal.ends_well();
    desk.is_sound();
}

#[test]
fn a_pasted_text_of_several_lines_stays_one_note() {
    let desk = Desk::new();
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("begin with one of these");
    terminal.press_for("a", "Add a note");
    terminal.press_for("\u{1b}[200~床前明月光\r疑是地上霜\u{1b}[201~", "疑是地上霜");
    terminal.press_for(&format!("{TAB}moonlight"), "moonlight");
    terminal.press_for(F2, "Added to Default: ");
    terminal.press(ESC);
    terminal.wait_for("All decks");
    terminal.press("q");
    terminal.ends_well();
    assert_eq!(desk.fronts("moonlight"), ["床前明月光\n疑是地上霜"]);
}
