//! The full-screen program in a pseudo-terminal: no attack of a deck reaches it.

use super::payload::{self, MARK, assert_harmless};
use crate::collection::Collection;
use crate::screen::Screen;

/// Returns what is left of the output when the control sequences are taken out
/// that the program itself writes: the question for the background, CSI with numbers,
/// and no other.
fn without_own_controls(output: &[u8]) -> Vec<u8> {
    const QUESTION: &[u8] = b"\x1b]11;?\x07";
    let mut left = Vec::with_capacity(output.len());
    let mut rest = output;
    while let Some((&byte, after)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(QUESTION) {
            rest = after;
            continue;
        }
        rest = after;
        if byte != 0x1b {
            left.push(byte);
            continue;
        }
        let (bracket, after) = rest.split_first().expect("an escape at the end");
        assert_eq!(*bracket, b'[', "no CSI: {:?}", String::from_utf8_lossy(&rest[..20]));
        let end = after.iter().position(u8::is_ascii_alphabetic).expect("an endless sequence");
        let (numbers, last) = (&after[..end], after[end]);
        let whole = String::from_utf8_lossy(&after[..=end]);
        assert!(numbers.iter().all(|b| b.is_ascii_digit() || b";?".contains(b)), "{whole}");
        assert!(b"mHhlJK".contains(&last), "{whole}");
        // What the decks say: the program names colours and places otherwise.
        assert!(whole != "31m" && whole != "H", "{whole} from the deck");
        rest = &after[end + 1..];
    }
    left
}

/// Waits for the end of the program. Returns the text it has written, none of which is a
/// control that it did not mean.
fn leave(mut screen: Screen, whence: &str) -> String {
    screen.drain();
    assert!(screen.child.wait().unwrap().success(), "{whence}");
    let left = without_own_controls(&screen.bytes);
    let left: Vec<u8> = left.into_iter().filter(|byte| !b"\r\n".contains(byte)).collect();
    assert_harmless(&left, whence);
    String::from_utf8(left).unwrap()
}

#[test]
fn no_attack_reaches_the_terminal() {
    let collection = Collection::new();
    let rows = payload::rows();
    let file = collection.write("evil\u{1b}[31m.tsv", payload::table(&rows));
    collection.ok(&["import", "--yes", "--direction", "forward", file.to_str().unwrap()]);
    for (front, back) in &rows {
        collection.ok(&["add", front, back, "--deck", "evil\u{202e}", "--reading", back]);
    }
    let mut screen = Screen::start(&collection, 0, &["review", "--new", "50"]);
    for _ in 0..20 {
        screen.wait("a card", |text| text.contains("show") && !text.contains("Again"));
        screen.press(" ");
        screen.wait("its answer", |text| text.contains("Again"));
        screen.press("4");
    }
    screen.press("q");
    screen.press("q");
    screen.press("q");
    let left = leave(screen, "the full screen");
    assert!(left.contains(MARK), "no card was shown");
}

#[test]
fn home_and_history_show_hostile_names_harmless() {
    let collection = Collection::new();
    let file = collection.write("evil\u{1b}[31m\u{9b}.tsv", "国家\tcountry\n社会\tsociety\n");
    collection.ok(&["import", "--yes", file.to_str().unwrap()]);
    collection.ok(&["add", "a", "b", "--deck", "wo\u{202e}rds::\u{200b}x"]);
    let mut screen = Screen::start(&collection, 0, &[]);
    screen.wait("home", |text| text.contains("evil"));
    screen.press("?");
    screen.wait("help", |text| text.contains("Keys:"));
    screen.press("\u{3}");
    leave(screen, "home");
}

#[test]
fn every_page_shows_hostile_text_harmless() {
    let collection = Collection::new();
    let rows = payload::rows();
    // Before there is a deck: a file with a hostile name, and what is typed.
    let file = collection.write("evil\u{1b}[31m\u{202e}.tsv", payload::table(&rows));
    let mut screen = Screen::start(&collection, 0, &[]);
    screen.wait("the welcome", |text| text.contains("begin with one of these"));
    screen.press("i");
    screen.wait("the path", |text| text.contains("file ›"));
    screen.press("\u{9b}31mno\u{202e}such\r");
    screen.wait("an error", |text| text.contains("No such file"));
    screen.press("\u{15}evil\t");
    screen.wait("the completed path", |text| text.contains(".tsv"));
    screen.press("\r");
    screen.wait("the plan", |text| text.contains("ticked"));
    screen.press("v");
    screen.wait("a row in full", |text| text.contains("Esc close"));
    screen.press("\u{1b}");
    screen.wait("the plan again", |text| text.contains("ticked"));
    screen.press("\r");
    screen.wait("home", |text| text.contains("added"));
    screen.press("q");
    let left = leave(screen, "welcome and import");
    assert!(left.contains(MARK), "no row was shown");

    let again = collection.run(&["import", "--yes", file.to_str().unwrap()]);
    assert!(again.status.success(), "{}", again.errors());
    for (front, back) in rows.iter().take(6) {
        let tag = ["tag", front].concat();
        collection.ok(&[
            "add",
            front,
            back,
            "--deck",
            "evil\u{202e}",
            "--note",
            back,
            "--tag",
            &tag,
        ]);
    }
    collection.write("config.toml", "inbox = \"in\u{202e}box\"\nno\u{9b}such = 1\n");
    let mut screen = Screen::start(&collection, 0, &[]);
    screen.wait("home", |text| text.contains("evil"));
    screen.press("/");
    screen.wait("browse", |text| text.contains("notes"));
    screen.press("qzq\r");
    screen.wait("the notes found", |text| text.contains("mark all"));
    for _ in 0..6 {
        screen.press("\r");
        screen.wait("one note", |text| text.contains("one note"));
        screen.press("\u{1b}");
        screen.wait("the list", |text| text.contains("mark all"));
        screen.press("\u{1b}[B");
    }
    screen.press("e");
    screen.wait("the editor", |text| text.contains("Esc cancel"));
    screen.press("\u{1b}");
    screen.wait("the list", |text| text.contains("mark all"));
    screen.press("q");
    for (key, page, word) in [
        ("s", "statistics", "[Overview]"),
        ("o", "settings", "[General]"),
        ("a", "a new note", "▸ front"),
    ] {
        screen.wait("home", |text| text.contains("recent imports"));
        screen.press(key);
        screen.wait(page, |text| text.contains(word));
        screen.press("\u{1b}");
    }
    screen.wait("home", |text| text.contains("recent imports"));
    screen.press("\u{3}");
    let left = leave(screen, "the other pages");
    assert!(left.contains(MARK), "no note was shown");
}
