use crate::domain::Grade;

use super::*;

/// A Monday.
const TODAY: Day = Day(20_780);

fn sum(day: i32, hour: u8, class: Class, grade: u8, answers: u32) -> Sum {
    let grade = Grade::new(grade).unwrap();
    Sum { day: TODAY.shift(day), hour, class, grade, answers, ms: u64::from(answers) * 1_000 }
}

fn answers(sums: &[Sum], days: i32) -> Answers {
    Answers::of(sums.iter().copied(), [], TODAY.shift(1 - days), TODAY, |_| false)
}

#[test]
fn each_class_of_answer_counts_where_it_belongs() {
    use Class::{Cram, Drill, Imported, Mature, New, Young};
    let of = |class, grade| answers(&[sum(0, 9, class, grade, 2)], 1).today;
    let none = Total::default();
    let cases = [
        ("new", of(New, 4), Total { reviews: 2, new: 2, time_ms: 2_000, ..none }),
        ("failed", of(Young, 2), Total { reviews: 2, again: 2, time_ms: 2_000, ..none }),
        ("hard", of(Mature, 3), Total { reviews: 2, time_ms: 2_000, ..none }),
        ("drill", of(Drill, 2), Total { drill: 2, time_ms: 2_000, ..none }),
        ("practice", of(Cram, 2), Total { cram: 2, cram_ms: 2_000, ..none }),
        ("imported", of(Imported, 2), Total { imported: 2, ..none }),
    ];
    for (name, found, want) in cases {
        assert_eq!(found, want, "{name}");
    }
}

#[test]
fn retention_is_told_apart_for_young_and_mature_cards_and_leaves_new_ones_out() {
    let found = answers(
        &[
            sum(0, 8, Class::New, 2, 5),
            sum(0, 8, Class::Young, 4, 3),
            sum(-1, 23, Class::Young, 2, 1),
            sum(-1, 8, Class::Mature, 5, 1),
            sum(-9, 8, Class::Mature, 0, 7),
        ],
        7,
    );
    assert_eq!(found.passed(Class::Young), Share { part: 3, of: 4 });
    assert_eq!(found.passed(Class::Mature), Share { part: 1, of: 1 });
    assert_eq!(found.retention().pct(), Some(80));
    assert_eq!(found.hours[8], Share { part: 4, of: 4 });
    assert_eq!(found.hours[23], Share { part: 0, of: 1 });
    assert_eq!(found.grades[Class::New as usize], [0, 0, 5, 0, 0, 0]);
    assert_eq!(found.total.reviews, 10, "what is out of range is left out");
    assert_eq!(answers(&[], 7).retention().pct(), None);
}

#[test]
fn a_share_is_rounded_to_the_nearest_percent() {
    for (part, of, pct) in [(0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 2, 50), (199, 200, 100)] {
        assert_eq!(Share { part, of }.pct(), Some(pct), "{part} of {of}");
    }
    assert_eq!(Share { part: u32::MAX, of: u32::MAX }.pct(), Some(100));
}

#[test]
fn a_streak_runs_to_today_or_yesterday() {
    let cases: &[(&str, &[i32], (u32, u32))] = &[
        ("never", &[], (0, 0)),
        ("today alone", &[0], (1, 1)),
        ("yesterday still counts", &[-1, -2], (2, 2)),
        ("a day left out ends it", &[-2, -3, -4], (0, 3)),
        ("the longest one may be long ago", &[0, -5, -6, -7, -9], (1, 3)),
        ("days ahead of the clock are no part of it", &[0, 5], (1, 1)),
    ];
    for (name, days, want) in cases {
        let sums: Vec<Sum> = days.iter().map(|day| sum(*day, 9, Class::Drill, 4, 1)).collect();
        let found = answers(&sums, 30);
        assert_eq!((found.streak, found.longest_streak), *want, "{name}");
    }
    let practised = answers(&[sum(0, 9, Class::Cram, 4, 1), sum(-1, 9, Class::Imported, 4, 1)], 30);
    assert_eq!((practised.streak, practised.days_studied), (0, 0), "practice is no study day");
}

#[test]
fn a_streak_lasts_over_days_off() {
    let streaks = |days: &[i32], off: std::ops::RangeInclusive<i32>| {
        let sums = days.iter().map(|day| sum(*day, 9, Class::New, 4, 1));
        let is_off = |day: Day| off.contains(&day.since(TODAY));
        let found = Answers::of(sums, [], TODAY.shift(-29), TODAY, is_off);
        (found.streak, found.longest_streak)
    };
    assert_eq!(streaks(&[-6, -5], -4..=-1), (2, 2), "back today, nothing done yet");
    assert_eq!(streaks(&[-6, -5, 0], -4..=-1), (3, 3), "and then something");
    assert_eq!(streaks(&[-6, -5, -3], -4..=-1), (3, 3), "a day off may be used");
    assert_eq!(streaks(&[-6, -5], -4..=5), (2, 2), "still away");
    assert_eq!(streaks(&[-6, -5], -4..=-2), (0, 2), "yesterday was no day off");
    assert_eq!(streaks(&[-7, -6], -4..=0), (0, 2), "a day was left out before");
}

#[test]
fn days_studied_before_the_sums_begin_are_part_of_the_longest_streak() {
    let older = [TODAY.shift(-2), TODAY.shift(-3)];
    let found = Answers::of([sum(-1, 9, Class::New, 4, 1)], older, TODAY, TODAY, |_| false);
    assert_eq!((found.streak, found.longest_streak, found.days_studied), (3, 3, 0));
}

#[test]
fn every_day_of_the_range_is_listed_once() {
    let found = answers(&[sum(-29, 9, Class::New, 4, 1), sum(0, 9, Class::Drill, 4, 2)], 30);
    let days: Vec<Day> = found.per_day.iter().map(|(day, _)| *day).collect();
    assert_eq!(days, (-29..=0).map(|day| TODAY.shift(day)).collect::<Vec<_>>());
    assert_eq!((found.per_day[0].1.new, found.per_day[29].1.drill), (1, 2));
    assert_eq!(found.days_studied, 2);
}

#[test]
fn the_calendar_runs_from_a_monday_a_year_ago_to_today() {
    for today in (0..7).map(|day| TODAY.shift(day)) {
        let found = Answers::of([], [], today, today, |_| false);
        let start = calendar_start(today);
        assert_eq!(start.date().format("%a").to_string(), "Mon");
        assert_eq!(found.calendar.first(), Some(&(start, 0)));
        assert_eq!(found.calendar.last(), Some(&(today, 0)));
        assert_eq!(found.calendar.len(), 52 * 7 + today.since(TODAY) as usize + 1);
    }
    let sums = [sum(0, 9, Class::Imported, 4, 3), sum(0, 9, Class::Cram, 4, 9)];
    assert_eq!(answers(&sums, 1).calendar.last(), Some(&(TODAY, 3)));
}

#[test]
fn a_range_ends_today_and_never_reaches_back_for_ever() {
    let of = |days, first: Option<i32>| {
        let request = Request { deck: None, days };
        request.from(TODAY, first.map(|day| TODAY.shift(day))).since(TODAY)
    };
    assert_eq!(of(Some(30), None), -29);
    assert_eq!(of(Some(0), None), 0);
    assert_eq!(of(Some(u32::MAX), None), 1 - MAX_DAYS as i32);
    assert_eq!(of(None, Some(-400)), -400);
    assert_eq!(of(None, Some(3)), 0);
    assert_eq!(of(None, Some(-90_000)), 1 - MAX_DAYS as i32);
    assert_eq!(of(None, None), 0);
}

#[test]
fn what_is_overdue_is_due_today() {
    let due = [(-3, 2), (0, 1), (1, 4), (29, 5), (30, 6)];
    let due = due.map(|(day, cards)| (TODAY.shift(day), cards));
    let forecast = Forecast::of(due, TODAY, 30);
    assert_eq!((forecast.overdue, forecast.total()), (2, 12));
    let days: Vec<u32> = forecast.days.iter().map(|(_, cards)| *cards).collect();
    assert_eq!((days[0], days[1], days[29], days.len()), (3, 4, 5, 30));
}

#[test]
fn a_card_is_new_young_mature_or_suspended() {
    let card = CardFigures {
        added: TODAY,
        is_new: false,
        is_suspended: false,
        is_leech: false,
        interval_d: 20,
        ease_centi: 250,
    };
    let mut cards = Cards::none(TODAY.shift(-6), TODAY);
    for card in [
        card,
        CardFigures { interval_d: 21, ease_centi: 130, is_leech: true, ..card },
        CardFigures { interval_d: 21, is_suspended: true, is_leech: true, ..card },
        CardFigures { is_new: true, interval_d: 0, added: TODAY.shift(-7), ..card },
    ] {
        cards.add(&card);
    }
    assert_eq!((cards.new, cards.young, cards.mature, cards.suspended), (1, 1, 1, 1));
    assert_eq!((cards.total(), cards.leeches, cards.added_total()), (4, 2, 3));
    assert_eq!(cards.intervals, BTreeMap::from([(20, 1), (21, 1)]));
    assert_eq!(cards.eases, BTreeMap::from([(130, 1), (250, 1)]));
}
