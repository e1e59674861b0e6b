//! Which queue the next card comes from, and how deck limits add up.

use crate::domain::Mix;
use crate::session::Queue;

/// How far today's work has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// New cards still to do, limits applied.
    pub new_left: u32,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn day(new: u32, due: u32, mix: Mix) -> String {
        let mut standing = Standing { new_left: new, due_left: due, ..Standing::default() };
        let mut shown = String::new();
        while let Some(queue) = pick(standing, mix) {
            match queue {
                Queue::New => {
                    standing.new_left -= 1;
                    standing.new_done += 1;
                    shown.push('n');
                }
                _ => {
                    standing.due_left -= 1;
                    standing.due_done += 1;
                    shown.push('d');
                }
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
    fn the_drill_comes_last() {
        let standing = Standing { drill_left: 1, due_left: 1, ..Standing::default() };
        assert_eq!(pick(standing, Mix::Mix), Some(Queue::Due));
        let standing = Standing { drill_left: 1, ..Standing::default() };
        assert_eq!(pick(standing, Mix::Mix), Some(Queue::Drill));
        assert_eq!(pick(Standing::default(), Mix::Mix), None);
    }
}
