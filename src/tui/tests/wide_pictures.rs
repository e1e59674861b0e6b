//! Screens at the sizes at which nothing else pictures them.

use insta::assert_snapshot;

use super::*;

fn home(keys: &str) -> Desk {
    let mut desk = Desk::home();
    for key in keys.split_inclusive(['/', '>']) {
        desk.press(key);
    }
    desk
}

#[test]
fn retention_has_room_on_a_wide_terminal() {
    assert_snapshot!(home("s<BackTab><BackTab><BackTab>").drawn_at(120, 40), @r"
    Statistics · All decks                                                                                   last 30 days
     Overview   Forecast   Reviews  [Retention]  Cards   Outlook

    remembered in 30 days, at the first answer of a day
    young     82 % of 485  ██████████████████████████████████████████████████████
    mature    91 % of 345  ████████████████████████████████████████████████████████████
    together  86 % of 830  ████████████████████████████████████████████████████████▋

    by grade
                new  young mature
    2 again       0     89     31  █████████
    3 hard        0      0    123  █████████▎
    4 good      135    396      0  ████████████████████████████████████████
    5 easy        0      0    191  ██████████████▍

    by hour of the day, new cards left out
    08 h  100 % of 396  ████████████████████████████████████████████████████████████
    09 h  100 % of 191  ████████████████████████████████████████████████████████████
    22 h   58 % of 212  ██████████████████████████████████▊
    23 h     0 % of 31



















    Tab sheet  r range  ] deck  L leeches  q back  ? help
    ");
}

#[test]
fn general_settings_have_room_for_their_meaning() {
    assert_snapshot!(home("ojj").drawn_at(120, 40), @r"
    Settings                                                                                        [General] Decks  Keys

    Day   /config.toml
      rollover_hour       4                        hour at which a new study day begins
    Limits
      new_per_day         20                       new cards a day for each top-level deck
    ▸ new_per_day_total   none                     new cards a day over all decks
      reviews_per_day     none                     reviews a day for each top-level deck
      fresh_per_day       0                        new cards a day that come before all else, backlog or not
    Cards
      order               relative-overdueness     order of the cards that are due
      mix                 mix                      new cards spread among the due ones, before or after them
      interference_guard  off                      new terms that are easily confused come on different days
      direction           by kind                  sides of new notes that are asked; empty: both for terms, forward for …
    Days ahead
      fuzz                off                      due days move a little, so that cards learnt together part
      balance             off                      due days move as little, to the day with the least to do
      easy_days           not set                  weekdays to which fuzz and balance move fewer cards
      vacation            not set                  days off: fuzz and balance avoid them, a streak lasts over them
      catch_up_per_day    none                     due cards a day while more are due; new ones wait for them
      catch_up_until      not set                  last day on which catch_up_per_day holds
      catch_up_with_new   off                      whether new cards come while catch_up_per_day holds
    Answers
      grades              four                     answer buttons
      drill               below-4                  answers that are asked again the same day
      leech               tag                      what happens to cards that fail again and again
    Screen
      reading             with-answer              where the reading stands when a session begins
      theme               auto                     colours; auto: as the terminal's background asks for
      color               on                       whether there are colours at all
      mouse               on                       clicks and the wheel; off: the terminal selects text
    Other programs
      speak               not set                  program that speaks a card
      notify              not set                  program that is told when a session is done
    Files
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    New cards a day over all decks
    A number, or none. This is the default.

    Enter change  Tab next page  q back  ? help
    ");
}

#[test]
fn the_options_of_a_deck_fit_an_ordinary_terminal() {
    assert_snapshot!(home("o<Tab>j").drawn_at(80, 24), @r"
    Chinese                                                  General [Decks] Keys

    • new_per_day         12                       own value
    ▸ reviews_per_day     none                     from General
    • direction           both                     own value














    ──────────────────────────────────────────────────────────────────────────────
    Reviews a day for each top-level deck
    A number, or none. From General.

    Enter change  Tab next page  ] next deck  q back  ? help
    ");
}

#[test]
fn the_keys_have_room_on_a_wide_terminal() {
    assert_snapshot!(home("o<Tab><Tab>jj").drawn_at(120, 40), @r"
    Settings                                                                                         General  Decks [Keys]

    Everywhere  [keys.all]
      help                F1                       show all keys of this screen
      quit                Ctrl-C                   leave the program; everything is kept
    ▸ stop                Ctrl-Z                   back to the shell for now
      redraw              Ctrl-L                   draw the screen anew
    Home  [keys.home]
      review              Enter, Space             review the chosen deck
      import              i, F2                    import a deck file
      add                 a, Ins                   add a note to the chosen deck
      inbox               b, F3                    import the new files of the inbox
      browse              /, F8                    find and change notes
      stats               s, F9                    show the statistics
      leeches             L, Alt-l                 look at the cards that keep being forgotten
      settings            o, F10                   change settings
      review-typed        t, F6                    review it, typing the answers
      practise            p, F7                    practise it; no schedule changes
      unfold              Right, l                 show the decks below
      fold                Left, h                  hide the decks below
      up                  k, Up                    one line up
      down                j, Down                  one line down
      page-up             PgUp, Ctrl-B             one page up
      page-down           PgDn, Ctrl-F             one page down
      first               g, Home                  the first line
      last                G, End                   the last line
      reload              r, F5                    read the collection anew
      back                q, Ctrl-Q                leave the program
      help                ?                        show all keys
      accept              Enter                    begin in the way that is chosen
      tick                Space                    tick or untick the sample deck
    Review  [keys.review]
      reveal              Space, Enter             show the answer
      undo                u, Backspace             take the newest step back
      redo                r, Ctrl-R                do it again
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    Back to the shell for now
    This is the default.

    Enter change  + add key  Tab next page  q back  ? help
    ");
}

#[test]
fn one_note_has_room_on_a_wide_terminal() {
    assert_snapshot!(home("/<Enter>j<Enter>").drawn_at(120, 40), @r"
    Browse: one note                                                                                         2 of 5 notes
    front      国家安全
    back       national security
    reading    guójiā ānquán
    tags       policy
    deck       Chinese
    kind       term
    added      2026-10-24
    id         0631938f6a4094ac041b4970a4c4ea2e

    forward    due 2026-10-25, interval 1 day, ease 2.50
      day         answer    interval   ease     time
      2026-10-24  Good            1d   2.50    2.5 s

    reverse    new
      This card was never answered.























    Esc close  → next  ← previous  e edit  a add  s suspend  S put back  R reset  ? help
    ");
}

#[test]
fn the_columns_are_chosen_beside_the_list() {
    assert_snapshot!(home("/<Enter>cj").drawn_at(120, 40), @r"
    Browse: columns                                                                                          1 of 5 notes
          as found  ▲ exact matches first, then as they were added
    ▸     front       what is asked
          back        what is to be remembered
      [x] reading     how the front is pronounced
      [x] deck        the deck, with those above it
      [x] tags        labels; notes without one come last
      [x] due         the first due day of its cards; new ones come last
      [x] interval    the shortest interval of its cards, in days
      [x] ease        the lowest ease of its cards
      [x] lapses      the most lapses of its cards
      [x] added       the day it was added



























    Enter sort  Esc list  ? help
    ");
}

#[test]
fn the_pages_of_a_card_have_room_on_a_wide_terminal() {
    let page = |keys: &str| {
        let mut desk = Desk::review();
        desk.press(keys);
        desk.drawn_at(120, 40)
    };
    assert_snapshot!(page("h"), @r"
    History: 人工智能 (asks the front)

      intervals of 7 reviews, up to 15d
            ██          ██
            ██          ██
         ▅▅ ██       ▅▅ ██
      ▂▂ ██ ██ ▂▂ ▂▂ ██ ██

      day         answer    interval   ease     time
      2026-11-14  Good           15d   2.46    1.0 s
      2026-11-14  Good                 cram    1.0 s
      2026-11-08  Good            6d   2.46    1.1 s
      2026-11-07  Easy            1d   2.46    0.9 s
      2026-11-06  bury            1d   2.36
      2026-11-05  Again               drill    3.0 s
      2026-11-05  Again           1d   2.36   12.0 s
      2026-10-21  Good                drill    1.2 s
      2026-10-21  Hard           15d   2.36    7.0 s
      2026-10-15  Good            6d   2.50    1.9 s
      2026-10-14  Good            1d   2.50    2.3 s



















    Esc close  ? help
    ");
    assert_snapshot!(page(" 3w"), @r"
    Why now: 国家安全 (asks the front)

      queue    due today
      place    1 of 1 due; also 1 again
      order    relative-overdueness (the longest overdue for its interval first)
      limits   new: 8 of 20 left today; reviews: no limit
      card     no interval yet
































    Esc close  ? help
    ");
}
