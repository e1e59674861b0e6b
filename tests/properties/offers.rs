//! What Home and the end of a session show and offer.

use std::collections::BTreeMap;

use proptest::prelude::*;
use termdeck::app::{App, NewNote};
use termdeck::domain::{DeckName, Fields, Grade, Now, State};
use termdeck::session::home::{Scope, SessionRequest};
use termdeck::session::prospect::Offer;

use super::stage::{self, FIRST, at};

/// Decks of which one's name begins like another's, and of which some lie in others.
const DECKS: [&str; 6] = ["中文", "中文::成语", "中文::成语::四字", "中文 2", "A", "A::B"];

/// Something that is done to a collection.
#[derive(Clone, Debug)]
enum Deed {
    Answer(usize, u8),
    Pass(u32),
    Bury(usize),
    Suspend(usize),
    Limit(usize, &'static str, u32),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let limit = prop::sample::select(vec!["new_per_day", "reviews_per_day"]);
    let deed = prop_oneof![
        6 => (0..60_usize, 0..6_u8).prop_map(|(card, grade)| Deed::Answer(card, grade)),
        2 => (1..9_u32).prop_map(Deed::Pass),
        1 => (0..60_usize).prop_map(Deed::Bury),
        1 => (0..60_usize).prop_map(Deed::Suspend),
        1 => (0..DECKS.len(), limit, 0..5_u32).prop_map(|(deck, name, n)| Deed::Limit(deck, name, n)),
    ];
    proptest::collection::vec(deed, 0..40)
}

/// Returns a collection with a few notes in every deck, and the moment after what
/// was done to it.
fn lived(deeds: &[Deed]) -> (App, Now) {
    let mut app = stage::app();
    let mut cards = Vec::new();
    for (nth, deck) in DECKS.iter().cycle().take(24).enumerate() {
        let fields =
            Fields { front: format!("词{nth}"), back: format!("word {nth}"), ..Fields::default() };
        let deck = Some(deck.parse::<DeckName>().unwrap());
        let change = app.add(NewNote { deck, fields }, at(FIRST, nth as i64)).unwrap();
        cards.extend(change.cards.iter().map(ToString::to_string));
    }
    let mut day = FIRST;
    for (deed, second) in deeds.iter().zip(100..) {
        let now = at(day, second);
        let card = |nth: &usize| cards[nth % cards.len()].clone();
        match deed {
            Deed::Pass(days) => day = day.plus(*days),
            // What cannot be done is refused with a reason.
            Deed::Answer(nth, grade) => {
                let _ = app.answer(&card(nth), Grade::new(*grade).unwrap(), 900, false, now);
            }
            Deed::Bury(nth) => drop(app.bury(&[card(nth)], now).unwrap()),
            Deed::Suspend(nth) => drop(app.suspend(&[card(nth)], now).unwrap()),
            Deed::Limit(deck, name, n) => {
                let options = [((*name).to_owned(), n.to_string())];
                app.set_deck(DECKS[*deck], &options, now).unwrap();
            }
        }
    }
    (app, at(day, 10_000))
}

/// Returns every card's state but for the newest day of its log, which every entry moves.
fn schedules(app: &App, now: Now) -> BTreeMap<String, State> {
    let states = stage::states(app, now).into_iter();
    states.map(|(card, state)| (card, State { newest: None, ..state })).collect()
}

/// Works through a session; answers go from bad to good and round again.
fn work_through(app: &App, request: &SessionRequest, now: Now) -> u32 {
    let mut session = app.start(request, now).unwrap();
    let mut answered = 0;
    while let Some(shown) = app.next(&session, now).unwrap().card {
        let grade = Grade::ALL[answered as usize % 6];
        app.answer_in(&mut session, shown.card, grade, 500, now).unwrap();
        answered += 1;
        assert!(answered < 500, "a session without an end");
    }
    answered
}

proptest! {
    #![proptest_config(stage::runs(200))]

    #[test]
    fn home_counts_every_deck_as_its_session_does(deeds in deeds()) {
        let (app, now) = lived(&deeds);
        let home = app.overview(now).unwrap();
        prop_assert_eq!(home.total, app.counts(&Scope::All, now).unwrap());
        prop_assert_eq!(home.decks.len(), DECKS.len());
        for line in &home.decks {
            let scope = Scope::Deck(line.name.clone());
            prop_assert_eq!(line.counts, app.counts(&scope, now).unwrap(), "{}", line.name);
        }
        let order: Vec<&str> = home.decks.iter().map(|line| line.name.as_str()).collect();
        prop_assert_eq!(order, ["A", "A::B", "中文", "中文::成语", "中文::成语::四字", "中文 2"]);
    }

    #[test]
    fn what_is_offered_is_there_and_practice_changes_no_schedule(
        deeds in deeds(), deck in prop::option::of(0..DECKS.len()),
    ) {
        let (app, now) = lived(&deeds);
        let scope = deck.map_or(Scope::All, |nth| Scope::Deck(DECKS[nth].parse().unwrap()));
        let request = SessionRequest { scope, ..SessionRequest::default() };
        let before = schedules(&app, now);
        let prospect = app.prospect(&request, now).unwrap();
        for offer in prospect.offers() {
            let request = offer.request(&request);
            let session = app.start(&request, now).unwrap();
            let counts = app.next(&session, now).unwrap().counts;
            match offer {
                Offer::Deck(_, promised) => prop_assert_eq!(counts, promised),
                Offer::New(n) => prop_assert_eq!(counts.new, n),
                Offer::Weakest(n) | Offer::Ahead(n) => {
                    prop_assert_eq!(counts.total(), n);
                    prop_assert_eq!(work_through(&app, &request, now), n);
                    let is_same = schedules(&app, now) == before;
                    prop_assert!(is_same, "{request:?}");
                }
            }
        }
        stage::assert_healthy(&app);
    }

    #[test]
    fn more_new_cards_are_for_one_session_only(deeds in deeds()) {
        let (app, now) = lived(&deeds);
        let request = SessionRequest::default();
        work_through(&app, &request, now);
        let left = app.counts(&Scope::All, now).unwrap();
        prop_assert_eq!(left.total(), 0);
        for offer in app.prospect(&request, now).unwrap().offers() {
            if let Offer::New(n) = offer {
                // A card that is not known well at once comes again in the drill.
                prop_assert!(work_through(&app, &offer.request(&request), now) >= n);
            }
        }
        prop_assert_eq!(app.counts(&Scope::All, now).unwrap().total(), 0);
        stage::assert_healthy(&app);
    }
}
