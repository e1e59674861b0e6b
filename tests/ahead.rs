//! The days ahead: where due days come to lie, fresh cards, backlogs, days off.

use termdeck::app::{App, ImportOptions, Input, Query, Session, Wish};
use termdeck::config::Config;
use termdeck::domain::deck::Limit;
use termdeck::domain::{Day, Direction, Grade, Now, State};
use termdeck::sched::backlog::Outlook;
use termdeck::session::Queue;
use termdeck::session::home::{Notice, Origin, Scope, SessionRequest};

const FIRST: Day = Day(20_780);

fn at(day: Day, second: i64) -> Now {
    Now { at_ms: (i64::from(day.0) * 86_400 + 43_200 + second) * 1_000, offset_min: 0, day }
}

fn config(settings: &str) -> Config {
    let (mut config, faults) = Config::parse(settings);
    assert!(faults.is_empty(), "{faults:?}");
    config.deck.new_per_day.get_or_insert(Limit::None);
    config
}

fn app(settings: &str) -> App {
    App::in_memory(config(settings), at(FIRST, 0)).unwrap()
}

fn import(app: &App, name: &str, rows: &[(String, String)], now: Now) {
    let rows = rows.iter().map(|(front, back)| format!("{front}\t{back}\n"));
    let table = format!("front\tback\n{}", rows.collect::<String>());
    let input = Input { path: name, bytes: table.as_bytes() };
    let options = ImportOptions {
        direction: Some(Direction::Forward),
        deck: Some("Words".parse().unwrap()),
        ..ImportOptions::default()
    };
    app.apply(&app.plan(input, &options, &()).unwrap(), now, &()).unwrap();
}

fn words(what: &str, count: usize) -> Vec<(String, String)> {
    (0..count).map(|nth| (format!("{what}词{nth}号"), format!("{what} {nth}"))).collect()
}

fn begin(app: &App, now: Now) -> Session {
    app.start(&SessionRequest::default(), now).unwrap()
}

/// Answers up to `most` cards; returns the fronts, each with its queue.
fn work(app: &App, session: &mut Session, most: usize, now: Now) -> Vec<(Queue, String)> {
    let mut asked = Vec::new();
    while asked.len() < most
        && let Some(shown) = app.next(session, now).unwrap().card
    {
        asked.push((shown.queue, shown.fields.front.clone()));
        let promised = shown.outcome(Grade::GOOD);
        let answered = app.answer_in(session, shown.card, Grade::GOOD, 900, now).unwrap();
        assert_eq!(answered.state.due, promised.due, "what the button said");
        assert_eq!(answered.state.interval_d, promised.interval_d);
    }
    asked
}

fn study(app: &App, day: Day) -> Vec<(Queue, String)> {
    work(app, &mut begin(app, at(day, 0)), 1_000, at(day, 1))
}

fn states(app: &App) -> Vec<State> {
    let notes = app.search(&Query::parse("deck:Words").unwrap(), None, at(FIRST, 0)).unwrap().1;
    notes.iter().flat_map(|note| &note.cards).map(|card| card.state).collect()
}

fn offsets(app: &App) -> Vec<i32> {
    let events = app.document(None, at(FIRST, 0)).unwrap().events;
    let reviews = events.iter().filter(|event| event.kind == "review");
    reviews.map(|event| event.due_offset.unwrap_or(0)).collect()
}

fn assert_sound(app: &App) {
    let diagnosis = app.doctor().unwrap();
    assert!(diagnosis.ok, "{:#?}", diagnosis.checks);
}

/// Returns a collection whose 60 cards were learnt on the first day and again on the
/// day after it, so that their next day is six days on.
fn twice_learnt(settings: &str) -> App {
    let app = app(settings);
    import(&app, "words.tsv", &words("旧", 60), at(FIRST, 0));
    assert_eq!(study(&app, FIRST).len(), 60);
    assert_eq!(study(&app, FIRST.plus(1)).len(), 60);
    assert_sound(&app);
    app
}

fn due_on(app: &App, day: Day) -> usize {
    states(app).iter().filter(|state| state.due == Some(day)).count()
}

#[test]
fn without_fuzz_and_balance_no_due_day_moves() {
    let app = twice_learnt("");
    assert_eq!(due_on(&app, FIRST.plus(7)), 60);
    assert!(offsets(&app).iter().all(|by| *by == 0));
}

#[test]
fn fuzz_moves_due_days_and_nothing_else() {
    let app = twice_learnt("fuzz = true\n");
    let spread: Vec<usize> = (6..=8).map(|days| due_on(&app, FIRST.plus(days))).collect();
    assert!(spread.iter().all(|cards| *cards > 5), "{spread:?}");
    assert_eq!(spread.iter().sum::<usize>(), 60, "{spread:?}");
    let moved = offsets(&app);
    assert!(moved[..60].iter().all(|by| *by == 0), "an interval of a day does not move");
    assert!(moved.contains(&-1) && moved.contains(&1), "{moved:?}");
    let plain = twice_learnt("");
    let memory = |state: &State| (state.repetitions, state.ease_centi, state.interval_d);
    let memories = |app: &App| states(app).iter().map(memory).collect::<Vec<_>>();
    assert_eq!(memories(&app), memories(&plain));
}

#[test]
fn what_was_moved_is_the_same_on_another_device_and_after_undo_and_redo() {
    let app = twice_learnt("fuzz = true\n");
    let before = states(&app);
    app.undo_answer(at(FIRST.plus(1), 90)).unwrap().unwrap();
    assert_ne!(states(&app), before);
    app.redo_answer(at(FIRST.plus(1), 91)).unwrap().unwrap();
    assert_eq!(states(&app), before);

    let document = serde_json::to_vec(&app.document(None, at(FIRST, 0)).unwrap()).unwrap();
    // Its own settings decide nothing about answers that were given elsewhere.
    let other = App::in_memory(config(""), at(FIRST, 0)).unwrap();
    let input = Input { path: "all.json", bytes: &document };
    let plan = other.plan(input, &ImportOptions::default(), &()).unwrap();
    other.apply(&plan, at(FIRST.plus(2), 0), &()).unwrap();
    let due = |app: &App| states(app).iter().map(|state| state.due).collect::<Vec<_>>();
    assert_eq!(due(&other), due(&app));
    assert_sound(&other);
}

#[test]
fn balance_fills_the_days_alike() {
    let app = twice_learnt("balance = true\n");
    let spread: Vec<usize> = (6..=8).map(|days| due_on(&app, FIRST.plus(days))).collect();
    assert_eq!(spread, [20, 20, 20]);
}

#[test]
fn an_option_of_a_deck_comes_before_the_setting() {
    let mut app = app("balance = true\n");
    import(&app, "words.tsv", &words("旧", 20), at(FIRST, 0));
    app.set_deck("Words", &[("balance".into(), "false".into())], at(FIRST, 0)).unwrap();
    study(&app, FIRST);
    study(&app, FIRST.plus(1));
    assert_eq!(due_on(&app, FIRST.plus(7)), 20);
}

#[test]
fn an_easy_weekday_gets_fewer_cards_and_a_vacation_none_where_the_window_allows() {
    // The first day is a Monday, so that the days in question are Tuesday to Thursday.
    assert_eq!(FIRST.plus(8).weekday().to_string(), "Tue");
    assert_eq!(FIRST.to_string(), "2026-11-23");
    let spread = |settings: &str| -> Vec<usize> {
        let app = twice_learnt(settings);
        (6..=8).map(|days| due_on(&app, FIRST.plus(days))).collect()
    };
    let easy = spread("balance = true\neasy_days = [\"mon\"]\n");
    assert!(easy[1] < 8 && easy[1] > 0, "{easy:?}");
    let away = "vacation = [\"2026-11-29..2026-11-30\"]\n";
    assert_eq!(spread(&format!("balance = true\n{away}")), [0, 0, 60]);
    assert_eq!(spread(&format!("fuzz = true\n{away}")), [0, 0, 60]);
    assert_eq!(spread(away), [0, 60, 0], "without a choice nothing moves");
    let whole = "balance = true\nvacation = [\"2026-11-01..2027-11-30\"]\n";
    assert_eq!(spread(whole), [20, 20, 20], "nowhere else to go");
}

/// Returns a collection with 30 cards overdue on the day that is returned, and 10 new
/// cards of an older and 5 of a newer import.
fn backlog(settings: &str) -> (App, Day) {
    let app = app(settings);
    import(&app, "learnt.tsv", &words("旧", 30), at(FIRST, 0));
    let request = SessionRequest { new: Some(30), ..SessionRequest::default() };
    let mut session = app.start(&request, at(FIRST, 0)).unwrap();
    assert_eq!(work(&app, &mut session, 30, at(FIRST, 1)).len(), 30);
    import(&app, "older.tsv", &words("中", 10), at(FIRST, 5));
    import(&app, "newer.tsv", &words("新", 5), at(FIRST, 9));
    (app, FIRST.plus(9))
}

fn queues(asked: &[(Queue, String)]) -> String {
    let sign = |queue: Queue| if queue == Queue::New { 'n' } else { 'd' };
    asked.iter().map(|(queue, _)| sign(*queue)).collect()
}

#[test]
fn fresh_cards_of_the_newest_import_come_first_whatever_waits() {
    let (app, day) = backlog("fresh_per_day = 3\nmix = \"last\"\n");
    let asked = study(&app, day);
    assert_eq!(queues(&asked), format!("nnn{}{}", "d".repeat(30), "n".repeat(12)));
    let fresh: Vec<&str> = asked[..3].iter().map(|(_, front)| front.as_str()).collect();
    assert_eq!(fresh, ["新词0号", "新词1号", "新词2号"]);

    let (app, day) = backlog("fresh_per_day = 3\nmix = \"last\"\nnew_per_day = 2\n");
    assert_eq!(queues(&study(&app, day)), format!("nn{}", "d".repeat(30)), "within the limit");

    let (app, day) = backlog("fresh_per_day = 3\nmix = \"last\"\n");
    let request = SessionRequest { limit: Some(8), ..SessionRequest::default() };
    let mut session = app.start(&request, at(day, 0)).unwrap();
    let asked = work(&app, &mut session, 1_000, at(day, 1));
    assert_eq!(queues(&asked), "nnnddddd", "a session of eight");
}

#[test]
fn a_plan_holds_so_many_due_cards_a_day_and_new_ones_wait() {
    let (app, day) = backlog("catch_up_per_day = 12\norder = \"easiest-first\"\n");
    let counts = app.counts(&Scope::All, at(day, 0)).unwrap();
    assert_eq!((counts.due, counts.new), (12, 0));
    let home = app.overview(at(day, 0)).unwrap();
    assert_eq!(home.total, counts);
    assert_eq!(home.decks[0].counts, counts);
    let Some(Notice::Backlog(said)) = home.notice else { panic!("{:?}", home.notice) };
    assert_eq!(said.origin, Origin::Plan);
    assert_eq!(said.pace, Some((12, Outlook::Clear { in_days: 2 })));
    assert_eq!(queues(&study(&app, day)), "d".repeat(12));
    assert_eq!(app.counts(&Scope::All, at(day, 90)).unwrap().total(), 0, "no more today");
    let evening = app.planned(at(day, 90)).unwrap();
    let Some(Notice::Backlog(evening)) = evening else { panic!("{evening:?}") };
    assert_eq!(evening.pace, said.pace, "the end does not move by doing what was planned");

    assert_eq!(study(&app, day.plus(1)).len(), 12);
    // All that is due fits in a day: the plan has ended and new cards come again.
    let last = app.counts(&Scope::All, at(day.plus(2), 0)).unwrap();
    assert_eq!((last.due, last.new), (6, 15));
    assert_eq!(app.planned(at(day.plus(2), 0)).unwrap(), None);
    assert_sound(&app);
}

#[test]
fn under_a_plan_new_cards_come_where_they_are_wanted() {
    let offered = |settings: &str| {
        let (app, day) = backlog(settings);
        let counts = app.counts(&Scope::All, at(day, 0)).unwrap();
        (counts.due, counts.new)
    };
    assert_eq!(offered("catch_up_per_day = 12\nfresh_per_day = 2\n"), (12, 2));
    assert_eq!(offered("catch_up_per_day = 12\ncatch_up_with_new = true\n"), (12, 15));
    assert_eq!(offered("catch_up_per_day = 30\n"), (30, 15), "all of it fits");
    assert_eq!(offered("catch_up_per_day = 12\nreviews_per_day = 5\n"), (5, 0), "limits as well");
    assert_eq!(
        offered("catch_up_per_day = 12\ncatch_up_until = \"2026-12-01\"\n"),
        (30, 15),
        "the day has passed"
    );
    let (app, day) = backlog("catch_up_per_day = 12\n");
    let request = SessionRequest { new: Some(4), ..SessionRequest::default() };
    let session = app.start(&request, at(day, 0)).unwrap();
    assert_eq!(app.next(&session, at(day, 0)).unwrap().counts.new, 4, "asked for by the session");
}

#[test]
fn a_plan_takes_what_is_most_overdue_first_from_all_decks() {
    let app = app("catch_up_per_day = 4\norder = \"due-date\"\n");
    let rows = "deck\tfront\tback\nA\t甲一\t1\nA\t甲二\t2\nA\t甲三\t3\nA\t甲四\t4\nZ\t乙一\t5\nZ\t乙二\t6\n";
    let options = ImportOptions { direction: Some(Direction::Forward), ..ImportOptions::default() };
    let input = Input { path: "two.tsv", bytes: rows.as_bytes() };
    app.apply(&app.plan(input, &options, &()).unwrap(), at(FIRST, 0), &()).unwrap();
    study(&app, FIRST);
    let last = Query::parse("deck:Z").unwrap();
    let cards = app.search(&last, None, at(FIRST, 0)).unwrap().1;
    let cards: Vec<String> = cards.iter().map(|note| note.cards[0].id.to_string()).collect();
    app.set_due(&cards, FIRST, at(FIRST, 9)).unwrap();
    let asked: Vec<String> =
        study(&app, FIRST.plus(9)).into_iter().map(|(_, front)| front).collect();
    assert_eq!(asked.len(), 4);
    assert_eq!(asked[..2], ["乙一", "乙二"]);
}

#[test]
fn a_preview_is_what_a_plan_then_comes_to() {
    let (app, day) = backlog("");
    let preview = app.catch_up_preview(Wish::PerDay(12), at(day, 0)).unwrap();
    let left: Vec<u32> = preview.days.iter().map(|(_, work)| work.left).collect();
    assert_eq!((preview.overdue, left), (30, vec![18, 6, 0]));
    let until = app.catch_up_preview(Wish::Until(day.plus(1)), at(day, 0)).unwrap();
    assert_eq!((until.per_day, until.outlook), (15, Outlook::Clear { in_days: 1 }));
    assert!(app.catch_up_preview(Wish::Until(day.shift(-1)), at(day, 0)).is_err());

    // Two days off in between: 2026-12-03 and 04.
    assert_eq!(day.to_string(), "2026-12-02");
    let (app, day) = backlog("vacation = [\"2026-12-03..2026-12-04\"]\n");
    let preview = app.catch_up_preview(Wish::PerDay(12), at(day, 0)).unwrap();
    let done: Vec<u32> = preview.days.iter().map(|(_, work)| work.done).collect();
    assert_eq!(done, [12, 0, 0, 12, 6]);
    let refused = app.catch_up_preview(Wish::PerDay(0), at(day, 0)).unwrap();
    assert_eq!(refused.outlook, Outlook::Grows { a_day: 0 });
}

#[test]
fn a_plan_that_is_called_needed_is_in_force_whatever_was_answered_today() {
    let (app, day) = backlog("");
    let due_only = SessionRequest { new: Some(0), ..SessionRequest::default() };
    let mut session = app.start(&due_only, at(day, 0)).unwrap();
    assert_eq!(work(&app, &mut session, 25, at(day, 1)).len(), 25);
    for (per_day, is_needed) in [(29, true), (30, false)] {
        let preview = app.catch_up_preview(Wish::PerDay(per_day), at(day, 2)).unwrap();
        assert_eq!((preview.overdue, preview.is_needed), (5, is_needed), "{per_day}");
    }
}

#[test]
fn a_preview_counts_one_card_of_a_note_a_day_as_the_plan_does() {
    let mut app = app("");
    let rows = "front\tback\n甲一\t1\n甲二\t2\n甲三\t3\n甲四\t4\n";
    let options = ImportOptions { direction: Some(Direction::Both), ..ImportOptions::default() };
    let input = Input { path: "two.tsv", bytes: rows.as_bytes() };
    app.apply(&app.plan(input, &options, &()).unwrap(), at(FIRST, 0), &()).unwrap();
    for day in 0..3 {
        assert_eq!(study(&app, FIRST.plus(day)).len(), 4, "one side of each note a day");
    }
    app.configure(config("catch_up_per_day = 3\n"));
    let day = FIRST.plus(20);
    let home = app.overview(at(day, 0)).unwrap();
    let Some(Notice::Backlog(said)) = home.notice else { panic!("{:?}", home.notice) };
    assert_eq!((said.overdue, said.origin, home.total.due), (4, Origin::Plan, 3));
    let preview = app.catch_up_preview(Wish::PerDay(4), at(day, 0)).unwrap();
    assert!(!preview.is_needed, "{preview:?}");
    let preview = app.catch_up_preview(Wish::PerDay(3), at(day, 0)).unwrap();
    assert_eq!((preview.overdue, preview.due, preview.is_needed), (4, 0, true));
    let work: Vec<_> = preview.days.iter().map(|(_, day)| (day.comes, day.left)).collect();
    assert_eq!(work, [(0, 1), (4, 2), (0, 0)], "the other sides come tomorrow");
}

#[test]
fn a_vacation_is_said_keeps_the_streak_and_loses_nothing() {
    let settings = "vacation = [\"2026-11-25..2026-11-30\"]\n";
    let app = app(settings);
    import(&app, "words.tsv", &words("旧", 10), at(FIRST, 0));
    study(&app, FIRST);
    study(&app, FIRST.plus(1));
    let before = states(&app);
    for day in (2..8).map(|days| FIRST.plus(days)) {
        let home = app.overview(at(day, 0)).unwrap();
        assert_eq!(home.notice, Some(Notice::Vacation(FIRST.plus(7))), "{day}");
        assert_eq!(home.streak, 2, "{day}");
    }
    let back = FIRST.plus(8);
    assert_eq!(states(&app), before, "no due day was moved");
    let home = app.overview(at(back, 0)).unwrap();
    assert_eq!((home.streak, home.total.due), (2, 10));
    let Some(Notice::Backlog(said)) = home.notice else { panic!("{:?}", home.notice) };
    assert_eq!((said.overdue, said.origin), (10, Origin::Vacation), "a plan is offered");
    study(&app, back);
    assert_eq!(app.streak(back).unwrap(), 3);
    let plain = App::in_memory(config(""), at(FIRST, 0)).unwrap();
    assert_eq!(plain.streak(back).unwrap(), 0);
}

#[test]
fn what_waits_after_days_off_is_foreseen() {
    let mut app = twice_learnt("");
    app.configure(config("reviews_per_day = 40\n"));
    let days = "2026-11-28..2026-12-02".parse().unwrap();
    let found = app.vacation_preview(days, at(FIRST.plus(2), 0)).unwrap();
    assert_eq!((found.days, found.due, found.back), (5, 60, FIRST.plus(10)));
    assert_eq!(found.pace, Some((40, Outlook::Clear { in_days: 1 })));
}

#[test]
fn terms_that_are_easily_confused_come_on_different_days_where_they_can() {
    let rows: Vec<(String, String)> = [
        ("国家", "country"),
        ("国王", "king"),
        ("经济", "economy"),
        ("邦", "country; state"),
        ("山", "hill"),
    ]
    .map(|(front, back)| (front.to_owned(), back.to_owned()))
    .to_vec();
    let days = |settings: &str| -> Vec<Vec<String>> {
        let app = app(settings);
        import(&app, "words.tsv", &rows, at(FIRST, 0));
        let new_of = |day| {
            let asked = study(&app, FIRST.plus(day)).into_iter();
            asked.filter(|(queue, _)| *queue == Queue::New).map(|(_, front)| front).collect()
        };
        (0..3).map(new_of).collect()
    };
    assert_eq!(days("new_per_day = 2\n"), [vec!["国家", "国王"], vec!["经济", "邦"], vec!["山"]]);
    assert_eq!(
        days("new_per_day = 2\ninterference_guard = true\n"),
        [vec!["国家", "经济"], vec!["国王", "邦"], vec!["山"]]
    );
    let all = days("interference_guard = true\n");
    assert_eq!(all[0], ["国家", "经济", "山", "国王", "邦"], "the day's number stays");
}
