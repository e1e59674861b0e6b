//! Which queue the next card comes from, and how deck limits add up.

use std::cmp::Ordering;

use crate::domain::{Day, Mix, Order};
use crate::sched::Queue;
use crate::sched::mix::{STEP, mixed};

/// How far today's work has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// New cards still to do, limits applied.
    pub new_left: u32,
    /// How many of them come before all else.
    pub fresh_left: u32,
    /// Due cards still to do, limits applied.
    pub due_left: u32,
    /// Cards in the drill.
    pub drill_left: u32,
    /// New cards done today.
    pub new_done: u32,
    /// Due cards done today.
    pub due_done: u32,
}

/// Returns the queue that the next card comes from; `None`: nothing is left.
///
/// It depends on what was done and what is left, not on what was shown before,
/// so a session that is interrupted goes on as if it had not been. The drill
/// comes after everything else.
#[must_use]
pub fn pick(standing: Standing, mix: Mix) -> Option<Queue> {
    if standing.fresh_left > 0 && standing.new_left > 0 {
        return Some(Queue::New);
    }
    match (standing.new_left > 0, standing.due_left > 0) {
        (true, true) if is_turn_of_new(standing, mix) => Some(Queue::New),
        (_, true) => Some(Queue::Due),
        (true, false) => Some(Queue::New),
        (false, false) => (standing.drill_left > 0).then_some(Queue::Drill),
    }
}

/// New cards are spread so that the k-th of n stands after (2k - 1) / 2n of the
/// due cards.
fn is_turn_of_new(standing: Standing, mix: Mix) -> bool {
    let total_new = u64::from(standing.new_done) + u64::from(standing.new_left);
    let total_due = u64::from(standing.due_done) + u64::from(standing.due_left);
    match mix {
        Mix::First => true,
        Mix::Last => false,
        Mix::Mix => {
            (2 * u64::from(standing.new_done) + 1) * total_due
                <= 2 * u64::from(standing.due_done) * total_new
        }
    }
}

/// What the order of due cards depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueCard {
    /// Tells cards apart and keeps file order.
    pub id: i64,
    /// Interval in days.
    pub interval_d: u32,
    /// Due day.
    pub due: Day,
    /// Ease in hundredths.
    pub ease_centi: u32,
}

impl DueCard {
    /// Whether this card is asked before `other` today.
    #[must_use]
    pub fn comes_before(&self, other: &Self, order: Order, today: Day) -> bool {
        self.ordering(other, order, today) == Ordering::Less
    }

    /// Returns how this card and `other` stand in today's order: the lesser is asked
    /// before the other, and only a card is equal to itself.
    ///
    /// Relative overdueness is days overdue divided by the interval; where it is
    /// equal, the shorter interval comes first.
    #[must_use]
    pub fn ordering(&self, other: &Self, order: Order, today: Day) -> Ordering {
        let first = match order {
            Order::RelativeOverdueness => {
                let overdue = |card: &Self| i64::from(today.since(card.due).max(0));
                let interval = |card: &Self| i64::from(card.interval_d.max(1));
                (overdue(other) * interval(self))
                    .cmp(&(overdue(self) * interval(other)))
                    .then(interval(self).cmp(&interval(other)))
            }
            Order::DueDate => self.due.cmp(&other.due),
            Order::Random => shuffled(self.id, today).cmp(&shuffled(other.id, today)),
            Order::EasiestFirst => other.ease_centi.cmp(&self.ease_centi),
            Order::HardestFirst => self.ease_centi.cmp(&other.ease_centi),
        };
        first.then(self.due.cmp(&other.due)).then(self.id.cmp(&other.id))
    }
}

/// Returns a number that orders cards anew each day.
fn shuffled(id: i64, today: Day) -> u64 {
    mixed((id as u64).wrapping_add((today.0 as u64).wrapping_mul(STEP)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(new: u32, due: u32, mix: Mix) -> String {
        let mut standing = Standing { new_left: new, due_left: due, ..Standing::default() };
        let mut shown = String::new();
        while let Some(queue) = pick(standing, mix) {
            if queue == Queue::New {
                standing.new_left -= 1;
                standing.new_done += 1;
                shown.push('n');
            } else {
                standing.due_left -= 1;
                standing.due_done += 1;
                shown.push('d');
            }
        }
        shown
    }

    #[test]
    fn new_cards_come_where_they_were_asked_for() {
        let cases = [
            (2, 6, Mix::Mix, "ddndddnd"),
            (6, 2, Mix::Mix, "dnnndnnn"),
            (2, 3, Mix::First, "nnddd"),
            (2, 3, Mix::Last, "dddnn"),
            (0, 2, Mix::Mix, "dd"),
            (2, 0, Mix::Last, "nn"),
        ];
        for (new, due, mix, want) in cases {
            assert_eq!(day(new, due, mix), want, "{new} new, {due} due, {mix:?}");
        }
    }

    #[test]
    fn fresh_cards_come_before_all_others_and_the_rest_is_spread() {
        for (mix, want) in
            [(Mix::Mix, "nndddddnd"), (Mix::First, "nnndddddd"), (Mix::Last, "nnddddddn")]
        {
            let mut standing =
                Standing { new_left: 3, fresh_left: 2, due_left: 6, ..Standing::default() };
            let mut shown = String::new();
            while let Some(queue) = pick(standing, mix) {
                let is_new = queue == Queue::New;
                shown.push(if is_new { 'n' } else { 'd' });
                let (left, done) = if is_new {
                    standing.fresh_left = standing.fresh_left.saturating_sub(1);
                    (&mut standing.new_left, &mut standing.new_done)
                } else {
                    (&mut standing.due_left, &mut standing.due_done)
                };
                *left -= 1;
                *done += 1;
            }
            assert_eq!(shown, want, "{mix:?}");
        }
    }

    #[test]
    fn due_cards_come_in_the_chosen_order() {
        let card =
            |id, interval_d, due, ease_centi| DueCard { id, interval_d, due: Day(due), ease_centi };
        // id 1: 10 days over 100; id 2: 3 days over 3; id 3: today, interval 1.
        let mut cards = [card(1, 100, 90, 250), card(2, 3, 97, 130), card(3, 1, 100, 300)];
        let cases = [
            (Order::RelativeOverdueness, [2, 1, 3]),
            (Order::DueDate, [1, 2, 3]),
            (Order::EasiestFirst, [3, 1, 2]),
            (Order::HardestFirst, [2, 1, 3]),
        ];
        for (order, want) in cases {
            cards.sort_by(|a, b| a.ordering(b, order, Day(100)));
            assert_eq!(cards.map(|card| card.id), want, "{order:?}");
        }
    }

    #[test]
    fn the_drill_comes_last() {
        let standing = Standing { drill_left: 1, due_left: 1, ..Standing::default() };
        assert_eq!(pick(standing, Mix::Mix), Some(Queue::Due));
        let standing = Standing { drill_left: 1, ..Standing::default() };
        assert_eq!(pick(standing, Mix::Mix), Some(Queue::Drill));
        assert_eq!(pick(Standing::default(), Mix::Mix), None);
    }
}
