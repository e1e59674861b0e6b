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
    screen.drain();
    assert!(screen.child.wait().unwrap().success());
    let left = without_own_controls(&screen.bytes);
    let left: Vec<u8> = left.into_iter().filter(|byte| !b"\r\n".contains(byte)).collect();
    assert!(String::from_utf8_lossy(&left).contains(MARK), "no card was shown");
    assert_harmless(&left, "the full screen");
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
    screen.drain();
    assert!(screen.child.wait().unwrap().success());
    let left = without_own_controls(&screen.bytes);
    let left: Vec<u8> = left.into_iter().filter(|byte| !b"\r\n".contains(byte)).collect();
    assert_harmless(&left, "home");
}
