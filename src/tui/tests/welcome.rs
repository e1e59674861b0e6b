//! The first run: a collection without a deck.

use insta::assert_snapshot;

use super::*;

#[test]
fn an_empty_collection_says_how_to_begin() {
    assert_snapshot!(Desk::welcome().drawn_at(80, 24), @r"
    termdeck

    Welcome. No decks yet: begin with one of these.

      a file of your own: word pairs in any form, or a bilingual article
    ▸ Import a file

      a sample deck: Space ticks several, Enter shows what comes in
      [ ] policy-technology  247 notes  Chinese   terms of policy and technology
      [ ] spanish-everyday   180 notes  Spanish   everyday words
      [ ] japanese-food       58 notes  Japanese  food, with readings
      [ ] high-speed-rail     17 notes  Chinese   article on high-speed rail
      [ ] drinking-water      15 notes  Chinese   article in Traditional script

      a card of your own
      Write a card

    The last line names the keys of this moment; ? shows all of them.





    Enter begin  i import  a add  / browse  s stats  o settings  q quit  ? help
    ");
    let mut desk = Desk::welcome();
    desk.press("jj j ");
    assert_snapshot!(desk.drawn_at(120, 40), @r"
    termdeck

    Welcome. No decks yet: begin with one of these.

      a file of your own: word pairs in any form, or a bilingual article
      Import a file

      a sample deck: Space ticks several, Enter shows what comes in
      [ ] policy-technology  247 notes  Chinese   terms of policy and technology
      [x] spanish-everyday   180 notes  Spanish   everyday words
      [ ] japanese-food       58 notes  Japanese  food, with readings
      [x] high-speed-rail     17 notes  Chinese   article on high-speed rail
    ▸ [ ] drinking-water      15 notes  Chinese   article in Traditional script

      a card of your own
      Write a card

    The last line names the keys of this moment; ? shows all of them.





















    Enter begin  Space tick  i import  a add  / browse  s stats  o settings  q quit  ? help
    ");
}

#[test]
fn the_welcome_fits_a_small_terminal() {
    assert_snapshot!(Desk::welcome().drawn_at(40, 12), @r"
    termdeck
    No decks yet: begin with one of these
    ▸ Import a file
      [ ] policy-technology  247 Chinese
      [ ] spanish-everyday   180 Spanish
      [ ] japanese-food       58 Japanese
      [ ] high-speed-rail     17 Chinese
      [ ] drinking-water      15 Chinese
      Write a card


    Enter begin  …  q quit  ? help
    ");
    let mut desk = Desk::welcome();
    desk.backend.inbox = vec!["/inbox/新词.tsv".into()];
    desk.press("r<End>");
    assert_snapshot!(desk.drawn_at(40, 12), @r"
    termdeck
    No decks yet: begin with one of these
      Import a file
      Import 1 new file in the inbox
      [ ] policy-technology  247 Chinese
      [ ] spanish-everyday   180 Spanish
      [ ] japanese-food       58 Japanese
      [ ] high-speed-rail     17 Chinese
      [ ] drinking-water      15 Chinese
    ▸ Write a card

    Enter begin  …  q quit  ? help
    ");
}

#[test]
fn ticked_samples_are_imported_one_after_the_other() {
    let mut desk = Desk::welcome();
    desk.press("j jj <Enter>");
    assert_eq!(desk.backend.log.last().unwrap(), "read sample:policy-technology.tsv");
    assert!(desk.drawn().contains("1 of 2"), "{}", desk.drawn());
    desk.press("<Enter>");
    let read: Vec<_> = desk.backend.log.iter().filter(|line| line.starts_with("read")).collect();
    assert_eq!(read, ["read sample:policy-technology.tsv", "read sample:high-speed-rail.txt"]);
}

#[test]
fn the_first_card_can_be_written_at_once() {
    let mut desk = Desk::welcome();
    desk.press("<End><Enter>水<Tab>water<F2>");
    assert_eq!(
        desk.backend.log.iter().rfind(|line| line.starts_with("add")).unwrap(),
        "add 水 = water to Default"
    );
    desk.press("<Esc>a");
    assert!(desk.drawn().contains("Add a note"), "the letter of every day works as well");
}

#[test]
fn a_path_can_be_named_and_left_again() {
    let mut desk = Desk::welcome();
    desk.press("<Enter><Esc>");
    assert!(desk.drawn().contains("Import a file"), "{}", desk.drawn());
    desk.press("q");
    assert!(matches!(desk.press("x"), Left::Closed));
}
