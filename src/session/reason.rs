//! Why a card is shown now.

use super::{Counts, Queue};
use crate::domain::deck::Limit;
use crate::domain::{Day, Mix, Order, Settings, State};
use crate::sched::fsrs::Fsrs;

/// What decided that a card is shown now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// The study day.
    pub today: Day,
    /// The queue it comes from.
    pub queue: Queue,
    /// Its state before the answer.
    pub state: State,
    /// What holds for its deck.
    pub settings: Settings,
    /// What is left, this card included.
    pub counts: Counts,
    /// New cards that the limits of today, or of the session, still allow here;
    /// `None`: no limit.
    pub new_left: Option<u32>,
    /// Reviews that they still allow; `None`: no limit.
    pub reviews_left: Option<u32>,
}

impl Reason {
    /// Returns it as lines of a label and a text.
    #[must_use]
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let mut lines = vec![("queue", self.queue_words())];
        if let Some(words) = self.overdue_words() {
            lines.push(("overdue", words));
        }
        lines.push(("place", self.place_words()));
        if let Some(words) = self.order_words() {
            lines.push(("order", words));
        }
        lines.push(("limits", self.limit_words()));
        lines.push(("card", self.state_words()));
        lines.extend(self.memory_words().map(|words| ("memory", words)));
        lines
    }

    fn queue_words(&self) -> String {
        match (self.queue, self.state.due) {
            (Queue::New, _) => "new: it was never answered".to_owned(),
            (Queue::Drill, _) => "again: today's answer was below the bar of the drill".to_owned(),
            (Queue::Cram, _) => "practice: no answer changes its schedule".to_owned(),
            (Queue::Due, Some(due)) if due < self.today => format!("due since {due}"),
            (Queue::Due, _) => "due today".to_owned(),
        }
    }

    fn overdue_words(&self) -> Option<String> {
        let days = self.state.due.map_or(0, |due| self.today.since(due));
        let interval_d = self.state.interval_d.max(1);
        if self.queue != Queue::Due || days <= 0 {
            return None;
        }
        let share = i64::from(days) * 100 / i64::from(interval_d);
        let s = |n: i64| if n == 1 { "" } else { "s" };
        Some(format!(
            "by {days} day{} of an interval of {interval_d} day{} ({share} %)",
            s(i64::from(days)),
            s(i64::from(interval_d))
        ))
    }

    /// It is always the first of its queue: the others wait behind it.
    fn place_words(&self) -> String {
        let Counts { new, due, drill } = self.counts;
        let (all, word) = match self.queue {
            Queue::New => (new, "new"),
            Queue::Due => (due, "due"),
            Queue::Drill => (drill, "again"),
            Queue::Cram => return format!("1 of {} to practise", self.counts.total()),
        };
        let others = match self.queue {
            Queue::New => Counts { new: 0, ..self.counts },
            Queue::Due => Counts { due: 0, ..self.counts },
            Queue::Drill | Queue::Cram => Counts { drill: 0, ..self.counts },
        };
        let others = others.words();
        let behind = if others.is_empty() { String::new() } else { format!("; also {others}") };
        format!("1 of {all} {word}{behind}")
    }

    fn order_words(&self) -> Option<String> {
        let due = match self.settings.order {
            Order::RelativeOverdueness => "the longest overdue for its interval first",
            Order::DueDate => "the longest due first",
            Order::Random => "shuffled anew each day",
            Order::EasiestFirst => "the highest ease first",
            Order::HardestFirst => "the lowest ease first",
        };
        let mix = match self.settings.mix {
            Mix::Mix => "spread among the due ones",
            Mix::First => "before the due ones",
            Mix::Last => "after the due ones",
        };
        match self.queue {
            Queue::Due => Some(format!("{} ({due})", self.settings.order.name())),
            Queue::New => Some(format!("newest import first, as in its file; {mix}")),
            Queue::Drill => Some("the least recently tried first, after all others".to_owned()),
            Queue::Cram => None,
        }
    }

    fn limit_words(&self) -> String {
        let left = |left: Option<u32>, limit: Limit| match (left, limit) {
            (None, _) => "no limit".to_owned(),
            (Some(left), Limit::PerDay(all)) if left <= all => {
                format!("{left} of {all} left today")
            }
            (Some(left), _) => format!("{left} left"),
        };
        let new = left(self.new_left, self.settings.new_per_day);
        let reviews = left(self.reviews_left, self.settings.reviews_per_day);
        format!("new: {new}; reviews: {reviews}")
    }

    fn memory_words(&self) -> Option<String> {
        let memory = self.state.memory?;
        let recall = Fsrs::of(&self.settings).recall(&memory, self.today) * 100.0;
        Some(format!(
            "remembered at {recall:.0} % today; stability {:.1}d, difficulty {:.1} of 10",
            memory.stability, memory.difficulty
        ))
    }

    fn state_words(&self) -> String {
        let State { interval_d, ease_centi, repetitions, lapses, .. } = self.state;
        if self.state.due.is_none() {
            return "no interval yet".to_owned();
        }
        let s = |n: u32, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
        format!(
            "interval {interval_d}d, ease {}.{:02}, {} in a row, {}",
            ease_centi / 100,
            ease_centi % 100,
            s(repetitions, "pass", "passes"),
            s(lapses, "lapse", "lapses")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Memory;

    const TODAY: Day = Day(20_780);

    fn reason(queue: Queue, due: Option<i32>) -> Reason {
        let due = due.map(|ago| TODAY.shift(-ago));
        Reason {
            today: TODAY,
            queue,
            state: State { due, interval_d: 6, repetitions: 2, lapses: 1, ..State::NEW },
            settings: Settings::default(),
            counts: Counts { new: 8, due: 37, drill: 2 },
            new_left: Some(8),
            reviews_left: None,
        }
    }

    fn told(reason: &Reason) -> String {
        let line = |(label, words): (&str, String)| format!("{label}: {words}\n");
        reason.lines().into_iter().map(line).collect::<Vec<_>>().concat()
    }

    #[test]
    fn each_queue_has_its_reasons() {
        assert_eq!(
            told(&reason(Queue::Due, Some(5))),
            "queue: due since 2026-11-18\n\
             overdue: by 5 days of an interval of 6 days (83 %)\n\
             place: 1 of 37 due; also 8 new, 2 again\n\
             order: relative-overdueness (the longest overdue for its interval first)\n\
             limits: new: 8 of 20 left today; reviews: no limit\n\
             card: interval 6d, ease 2.50, 2 passes in a row, 1 lapse\n"
        );
        let new = told(&reason(Queue::New, None));
        assert!(new.contains("place: 1 of 8 new; also 37 due, 2 again\n"), "{new}");
        assert!(new.ends_with("card: no interval yet\n"), "{new}");
        let drill = told(&reason(Queue::Drill, Some(-1)));
        assert!(drill.starts_with("queue: again:") && !drill.contains("overdue"), "{drill}");
        let cram = told(&reason(Queue::Cram, Some(3)));
        assert!(cram.contains("place: 1 of 47 to practise\n"), "{cram}");
        assert!(!cram.contains("overdue") && !cram.contains("order"), "{cram}");
    }

    #[test]
    fn fsrs_says_what_it_holds_of_the_card() {
        let of_sm2 = reason(Queue::Due, Some(5));
        let memory = Memory { stability: 10.0, difficulty: 5.26, day: TODAY.shift(-10) };
        let state = State { memory: Some(memory), ..of_sm2.state };
        let told = told(&Reason { state, ..of_sm2 });
        let said = "memory: remembered at 90 % today; stability 10.0d, difficulty 5.3 of 10\n";
        assert!(told.ends_with(said), "{told}");
    }

    #[test]
    fn limits_of_the_session_are_no_share_of_the_day() {
        let more = Reason { new_left: Some(30), ..reason(Queue::New, None) };
        assert!(told(&more).contains("limits: new: 30 left; reviews: no limit"), "{}", told(&more));
    }
}
