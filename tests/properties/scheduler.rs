//! Another scheduler is a replay: the way there and back leads to where it began.

use proptest::prelude::*;

use super::log::{Deed, Desk, deeds};
use super::rows;
use super::stage::{self, FIRST, at};

proptest! {
    #![proptest_config(stage::runs(200))]

    #[test]
    fn from_sm2_to_fsrs_and_back_every_card_is_what_it_was(
        rows in rows::decks(2, 4), deeds in deeds(30),
    ) {
        let mut desk = Desk::new(rows);
        let mut day = FIRST;
        for (deed, second) in deeds.iter().zip(1..) {
            match deed {
                Deed::Pass { days } => day = day.shift(*days),
                deed => desk.try_to(deed, at(day, second * 10)),
            }
        }
        let now = at(day, 900);
        let set = |desk: &mut Desk, value: &str| {
            let change = [("scheduler".to_owned(), value.to_owned())];
            let foretold = desk.app.turning("words", &change, now.day).unwrap();
            let before = stage::states(&desk.app, now);
            desk.app.set_deck("words", &change, now).unwrap();
            let after = stage::states(&desk.app, now);
            let moved = before.iter().filter(|(id, state)| {
                state.suspended.is_none() && after[*id].due != state.due
            });
            assert_eq!(foretold.moved, moved.count());
            stage::assert_healthy(&desk.app);
        };
        let by_sm2 = stage::states(&desk.app, now);
        set(&mut desk, "fsrs");
        set(&mut desk, "");
        prop_assert_eq!(stage::states(&desk.app, now), by_sm2);
    }
}
