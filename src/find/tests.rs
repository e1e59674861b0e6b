//! The index finds what a plain look at each note and each of its cards finds.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::parser::{KEYS, parse};
use super::query::{Is, Measure, Node};
use super::shard::spelt;
use super::*;
use crate::domain::text::{fold, is_han};
use crate::domain::{Cause, Day, Drill, Field, Fields, Grade, Kind, Now, Slot, State, Uid, note};
use crate::sched::drill;

const TODAY: Day = Day(20_780);
const NOW: Now = Now { at_ms: 1_795_392_000_000, offset_min: 0, day: TODAY };
const DECKS: [&str; 4] = ["Chinese", "Chinese::Tech", "Tech", "Español"];

#[derive(Clone, Debug)]
struct Plain {
    deck: usize,
    kind: Kind,
    added_ms: i64,
    fields: Fields,
    guess: String,
    cards: Vec<(Slot, State)>,
}

fn text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "law",
        "laws",
        "LAW",
        "lawful",
        "the law",
        "rule of law",
        "国家",
        "國家",
        "银行",
        "ＣＰＵ",
        "",
        "café",
        "rén gōng",
        "réngōng",
        "d'état",
        "3.14",
        "a",
        "人",
        "a b",
        "  a  ",
        "ｶﾞ",
    ]);
    prop::collection::vec(words, 0..3).prop_map(|words| words.join(" "))
}

fn state() -> impl Strategy<Value = State> {
    let day = || prop::option::of((-3..4_i32).prop_map(|days| TODAY.shift(days)));
    let grade = prop::option::of((0..6_u8).prop_map(|raw| Grade::new(raw).unwrap()));
    (day(), day(), day(), grade, 0..40_u32, 130..300_u32, 0..14_u32, any::<bool>(), 0..5_u32)
        .prop_map(|(due, buried, last, best, interval_d, ease_centi, lapses, held, floor_run)| {
            let suspended = held.then_some(Cause::User);
            let state = State { ease_centi, interval_d, due, buried, last, best, ..State::NEW };
            State { lapses, suspended, floor_run, ..state }
        })
}

fn plain() -> impl Strategy<Value = Plain> {
    let slots = prop::sample::subsequence(vec![Slot::Forward, Slot::Reverse, Slot::Gap(7)], 0..=3);
    let cards = slots.prop_flat_map(|slots| {
        let states = prop::collection::vec(state(), slots.len());
        states.prop_map(move |states| slots.iter().copied().zip(states).collect())
    });
    let tags = prop::sample::subsequence(vec!["city", "City::Books", "ＡＩ", "cityscape"], 0..=3);
    let texts = prop::array::uniform6(text());
    let guess = prop::sample::select(vec!["", "guó jiā", "yín háng AI"]);
    (0..DECKS.len(), 0..3_usize, 0..5_i64, texts, tags, guess, cards).prop_map(
        |(deck, kind, days, texts, tags, guess, cards)| {
            let [front, back, reading, note, example, source] = texts;
            let tags = note::tags(tags);
            Plain {
                deck,
                kind: Kind::ALL[kind],
                added_ms: NOW.at_ms - days * 86_400_000,
                fields: Fields { front, back, reading, note, example, source, tags },
                guess: guess.to_owned(),
                cards,
            }
        },
    )
}

/// Writes a query of any shape; nearly all of them can be read.
fn query() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "law",
        "国",
        "國家",
        "a",
        "guojia",
        "rengong",
        "caf",
        "cpu",
        "\"law\"",
        "\"rule of\"",
        "\"国\"",
        "front:law",
        "back:a",
        "reading:rén",
        "note:law",
        "example:law",
        "source:国家",
        "tag:city",
        "tag:ai",
        "tag:c*y",
        "tag:*books",
        "tag:leech",
        "deck:chinese",
        "deck:tech",
        "kind:term",
        "deck:Chinese::Tech",
        "is:new",
        "is:due",
        "is:review",
        "is:suspended",
        "is:buried",
        "is:leech",
        "is:drill",
        "card:forward",
        "card:c7",
        "due<=0",
        "due>1",
        "interval>21",
        "ease<2",
        "lapses>=4",
        "added:2",
        "rated:1",
        "rated:3:2",
        "id:0",
        "id:00000001",
        "yinhangai",
    ]);
    let leaf = leaf.prop_map(str::to_owned);
    leaf.prop_recursive(4, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..3).prop_map(|parts| parts.join(" ")),
            prop::collection::vec(inner.clone(), 2..3)
                .prop_map(|parts| format!("({})", parts.join(" or "))),
            inner.prop_map(|part| format!("-({part})")),
        ]
    })
}

fn id(nth: usize) -> Uid {
    Uid([nth as u8; 16])
}

/// Looks at one note and one of its cards, part by part of the query.
fn fits(node: &Node, nth: usize, note: &Plain, card: Option<usize>, scene: &Scene) -> bool {
    let folded = |field: Field| fold(note.fields.plain(field));
    let texts = || [Field::Front, Field::Back, Field::Reading, Field::Note].map(folded);
    let state = card.map(|card| note.cards[card]);
    let number = |slot: Slot| ((nth as i64 + 1) << 10) + slot.index();
    match node {
        Node::All(nodes) => nodes.iter().all(|node| fits(node, nth, note, card, scene)),
        Node::Any(nodes) => nodes.iter().any(|node| fits(node, nth, note, card, scene)),
        Node::Not(node) => !fits(node, nth, note, card, scene),
        Node::Word(word) => {
            let may_be_spelt = word.len() >= 4 && word.bytes().all(|b| b.is_ascii_lowercase());
            texts().iter().any(|text| text.contains(word))
                || spelt(&folded(Field::Reading)).contains(word)
                || (may_be_spelt && spelt(&note.guess.to_lowercase()).contains(word))
        }
        Node::Phrase(phrase) => texts().iter().any(|text| holds_phrase(text, phrase)),
        Node::In(field, text) => {
            let is_spelt = || spelt(&folded(Field::Reading)).contains(text);
            folded(*field).contains(text) || (*field == Field::Reading && is_spelt())
        }
        Node::Deck(deck) => {
            let name = DECKS[note.deck].to_lowercase();
            name == *deck
                || name.starts_with(&format!("{deck}::"))
                || name.split("::").any(|part| part == deck)
        }
        Node::Within(_) => unreachable!("no query is written so"),
        Node::Tag(tag) => note.fields.tags.iter().map(|tag| fold(tag)).any(|own| match &**tag {
            "c*y" => (own.starts_with('c') && own.ends_with('y')) && own.len() > 1,
            "*books" => own.ends_with("books"),
            tag => own == tag || own.starts_with(&format!("{tag}::")),
        }),
        Node::Kind(kind) => note.kind == *kind,
        Node::Added(days) => note.added_ms > NOW.at_ms - days * 86_400_000,
        Node::Id(digits) => {
            let named = |slot| scene.cards.get(digits).is_some_and(|c| c.contains(&number(slot)));
            id(nth).to_string().starts_with(digits) || state.is_some_and(|(slot, _)| named(slot))
        }
        Node::Card(wanted) => state.is_some_and(|(slot, _)| slot == *wanted),
        Node::Rated(rated) => {
            state.is_some_and(|(slot, _)| scene.rated[rated].contains(&number(slot)))
        }
        Node::Is(is) => state.is_some_and(|(_, state)| match is {
            Is::New => state.due.is_none(),
            Is::Due => state.is_active(TODAY) && state.due.is_some_and(|due| due <= TODAY),
            Is::Review => state.due.is_some(),
            Is::Suspended => state.suspended.is_some(),
            Is::Buried => state.is_buried(TODAY),
            Is::Leech => state.is_leech(),
            Is::Drill => state.is_active(TODAY) && drill::is_in(&state, TODAY, Drill::Below4),
        }),
        Node::Number(measure, order, wanted) => state.is_some_and(|(_, state)| {
            let own = match measure {
                Measure::Due => state.due.map(|due| i64::from(due.since(TODAY))),
                Measure::Interval => Some(state.interval_d.into()),
                Measure::Ease => Some(state.ease_centi.into()),
                Measure::Lapses => Some(state.lapses.into()),
            };
            own.is_some_and(|own| order.holds(own, *wanted))
        }),
    }
}

fn holds_phrase(text: &str, phrase: &str) -> bool {
    use unicode_segmentation::UnicodeSegmentation;
    let mut bounds: Vec<usize> = text.split_word_bound_indices().map(|(at, _)| at).collect();
    bounds.push(text.len());
    let is_whole = |at: usize| bounds.contains(&at) && bounds.contains(&(at + phrase.len()));
    let has_no_bounds = phrase.chars().any(is_han);
    text.match_indices(phrase).any(|(at, _)| has_no_bounds || is_whole(at))
}

fn shard_of(notes: &[Plain], parts: Parts) -> Shard {
    let mut shard = Shard::default();
    for (nth, note) in notes.iter().enumerate() {
        let cards: Vec<CardEntry> =
            note.cards.iter().map(|(slot, state)| CardEntry::new(*slot, state)).collect();
        let entry = NoteEntry {
            key: nth as i64 + 1,
            id: id(nth),
            deck: note.deck as i64,
            kind: note.kind,
            added_ms: note.added_ms,
            fields: &note.fields,
            guess: &note.guess,
            cards: &cards,
        };
        shard.push(&entry, parts);
    }
    shard
}

fn scene() -> Scene {
    let place = |(nth, name): (usize, &&str)| {
        (nth as i64, Place { name: name.parse().unwrap(), drill: Drill::Below4 })
    };
    let numbers = |notes: &[i64]| notes.iter().map(|nth| nth << 10).collect::<HashSet<i64>>();
    let rated = |days, grade| Rated { days, grade };
    Scene {
        now: NOW,
        decks: DECKS.iter().enumerate().map(place).collect(),
        rated: HashMap::from([
            (rated(1, None), numbers(&[1, 4])),
            (rated(3, Some(Grade::AGAIN)), numbers(&[2])),
        ]),
        cards: HashMap::from([("00000001".to_owned(), numbers(&[3]))]),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn the_index_finds_what_a_plain_look_at_each_note_finds(
        notes in prop::collection::vec(plain(), 0..9), query in query(),
    ) {
        let query = Query::parse(&query).unwrap();
        let scene = scene();
        let needed = Parts {
            cards: query.asks_for_cards(),
            asides: query.asks_for_asides(),
            guesses: query.asks_for_guesses(),
        };
        for parts in [Parts::ALL, needed] {
            let shard = shard_of(&notes, parts);
            let matches = query.matches(&shard, &scene);
            for (nth, note) in notes.iter().enumerate() {
                let fit = |card| fits(&query.0, nth, note, card, &scene);
                let cards: Vec<bool> = (0..note.cards.len()).map(|card| fit(Some(card))).collect();
                let is_match = if cards.is_empty() { fit(None) } else { cards.contains(&true) };
                prop_assert_eq!(matches.has_note(&shard, nth), is_match, "note {}", nth);
                for (card, is_match) in cards.iter().enumerate() {
                    prop_assert_eq!(matches.has_card(&shard, nth, card), *is_match);
                }
            }
        }
    }

    #[test]
    fn a_note_that_is_copied_to_another_shard_is_found_there_in_the_same_way(
        notes in prop::collection::vec(plain(), 1..9), query in query(),
    ) {
        let query = Query::parse(&query).unwrap();
        let shard = shard_of(&notes, Parts::ALL);
        let mut copy = Shard::default();
        (0..shard.len()).for_each(|at| copy.push_from(&shard, at));
        let found = |shard: &Shard| query.matches(shard, &scene()).notes(shard).collect::<Vec<_>>();
        prop_assert_eq!(found(&shard), found(&copy));
    }
}

#[test]
fn notes_are_sorted_by_every_column_and_stay_in_order_where_they_are_alike() {
    let note = |front: &str, deck, tag: &str, due: Option<i32>| Plain {
        deck,
        kind: Kind::Term,
        added_ms: 0,
        fields: Fields { front: front.into(), tags: note::tags([tag]), ..Fields::default() },
        guess: String::new(),
        cards: vec![(Slot::Forward, State { due: due.map(Day), ..State::NEW })],
    };
    let notes =
        [note("Zoo", 1, "", None), note("a", 0, "b", Some(3)), note("zoo", 1, "a", Some(1))];
    let shards = [shard_of(&notes, Parts::ALL)];
    let place = |name: &str| Place { name: name.parse().unwrap(), drill: Drill::Off };
    let decks = HashMap::from([(0, place("B")), (1, place("A"))]);
    for (column, wanted) in [
        (Column::Found, [0, 1, 2]),
        (Column::Front, [1, 0, 2]),
        (Column::Deck, [0, 2, 1]),
        (Column::Tags, [2, 1, 0]),
        (Column::Due, [2, 1, 0]),
        (Column::Added, [0, 1, 2]),
    ] {
        let sorted = column.sorted(&shards, &decks);
        assert_eq!(sorted, wanted.map(|at| (0, at)), "{column:?}");
    }
}

#[test]
fn everything_that_is_said_of_queries_is_understood() {
    for query in TERMS.iter().flat_map(Term::queries) {
        assert!(Query::parse(query).is_ok_and(|q| !q.is_everything()), "{query}");
        // A filter that is misspelt would be a word.
        let nodes = match parse(query).unwrap() {
            Node::All(nodes) => nodes,
            node => vec![node],
        };
        let is_word =
            |node: &Node| matches!(node, Node::Word(word) if word.contains([':', '<', '>', '=']));
        assert!(!nodes.iter().any(is_word), "{query}");
    }
}

#[test]
fn nothing_that_is_understood_is_left_unsaid() {
    let said: Vec<&str> = TERMS.iter().flat_map(Term::queries).collect();
    let states = ["new", "due", "review", "suspended", "buried", "leech", "drill"];
    let filters = KEYS.iter().map(|key| format!("{key}:"));
    let numbers = ["due", "interval", "ease", "lapses"].map(str::to_owned);
    for start in filters.chain(states.map(|state| format!("is:{state}"))).chain(numbers) {
        assert!(said.iter().any(|query| query.starts_with(&start)), "{start}");
    }
}
