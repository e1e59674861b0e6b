//! What can come after a session, or in place of one when nothing is due.

use super::Counts;
use super::home::{Pick, Scope, SessionRequest};
use crate::domain::DeckName;
use crate::domain::text::plural;

/// Cards of one practice of the weakest.
pub const WEAKEST: u32 = 20;
/// New cards that are offered beyond the day's limits at once.
pub const MORE_NEW: u32 = 10;

/// What comes after a session, and what could be done now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prospect {
    /// Cards of the session's scope that come due on each of the next seven days,
    /// tomorrow first.
    pub week: [u32; 7],
    /// Cards that could be practised ahead of time.
    pub ahead: u32,
    /// Cards that show a sign of weakness, at most [`WEAKEST`].
    pub weak: u32,
    /// New cards beyond what today's limits allow, at most [`MORE_NEW`].
    pub new: u32,
    /// Other decks in which something is left today: the topmost ones.
    pub decks: Vec<(DeckName, Counts)>,
}

/// Something to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Another deck with something due.
    Deck(DeckName, Counts),
    /// So many new cards more; this session only.
    New(u32),
    /// Practice of the weakest cards.
    Weakest(u32),
    /// Practice of what comes due next.
    Ahead(u32),
}

impl Prospect {
    /// Returns what can be done now, what changes schedules first.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        let decks = self.decks.iter().map(|(name, counts)| Offer::Deck(name.clone(), *counts));
        let practice = [
            (self.new > 0).then_some(Offer::New(self.new)),
            (self.weak > 0).then_some(Offer::Weakest(self.weak)),
            (self.ahead > 0).then_some(Offer::Ahead(self.ahead)),
        ];
        decks.chain(practice.into_iter().flatten()).collect()
    }
}

impl Offer {
    /// Returns the session that the offer stands for, after one that was asked for
    /// as `last`.
    #[must_use]
    pub fn request(&self, last: &SessionRequest) -> SessionRequest {
        let (scope, typed) = (last.scope.clone(), last.typed);
        let plain = SessionRequest { scope, typed, ..SessionRequest::default() };
        match self {
            Self::Deck(name, _) => SessionRequest { scope: Scope::Deck(name.clone()), ..plain },
            Self::New(new) => SessionRequest { new: Some(*new), ..plain },
            Self::Weakest(_) => {
                SessionRequest { cram: true, pick: Pick::Weakest(WEAKEST), ..plain }
            }
            Self::Ahead(_) => SessionRequest { cram: true, ..plain },
        }
    }

    /// Returns what it is, and how much of it.
    #[must_use]
    pub fn words(&self) -> (String, String) {
        match self {
            Self::Deck(name, counts) => (name.to_string(), counts.words()),
            Self::New(1) => ("another new card".to_owned(), "this session only".to_owned()),
            Self::New(n) => (format!("another {n} new"), "this session only".to_owned()),
            Self::Weakest(1) => ("practise the weakest card".to_owned(), NO_CHANGE.to_owned()),
            Self::Weakest(n) => (format!("practise the weakest {n}"), NO_CHANGE.to_owned()),
            Self::Ahead(n) => {
                ("practise ahead".to_owned(), format!("{}, {NO_CHANGE}", plural(*n, "card")))
            }
        }
    }

    /// Returns the arguments of the command that does it, after `termdeck`.
    #[must_use]
    pub fn arguments(&self, scope: &Scope) -> Vec<String> {
        let deck = match (self, scope) {
            (Self::Deck(name, _), _) | (_, Scope::Deck(name)) => Some(name.to_string()),
            _ => None,
        };
        let options: &[String] = match self {
            Self::Deck(..) => &[],
            Self::New(n) => &["--new".to_owned(), n.to_string()],
            Self::Weakest(_) => &["--weakest".to_owned(), WEAKEST.to_string()],
            Self::Ahead(_) => &["--cram".to_owned()],
        };
        let review = std::iter::once("review".to_owned());
        review.chain(deck).chain(options.iter().cloned()).collect()
    }
}

/// What practice does to schedules.
const NO_CHANGE: &str = "no schedule changes";

impl Counts {
    /// Returns what is left, in words: `20 new, 37 due, 2 again`.
    #[must_use]
    pub fn words(self) -> String {
        let parts = [(self.new, "new"), (self.due, "due"), (self.drill, "again")];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        parts.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deck(name: &str) -> DeckName {
        name.parse().unwrap()
    }

    #[test]
    fn only_what_there_is_is_offered() {
        assert_eq!(Prospect::default().offers(), []);
        let counts = Counts { new: 2, due: 5, drill: 0 };
        let all = Prospect {
            week: [3; 7],
            ahead: 40,
            weak: 7,
            new: 10,
            decks: vec![(deck("Français"), counts)],
        };
        let words: Vec<_> = all.offers().iter().map(Offer::words).collect();
        let want = [
            ("Français", "2 new, 5 due"),
            ("another 10 new", "this session only"),
            ("practise the weakest 7", "no schedule changes"),
            ("practise ahead", "40 cards, no schedule changes"),
        ];
        assert_eq!(words, want.map(|(what, how)| (what.to_owned(), how.to_owned())));
    }

    #[test]
    fn an_offer_is_a_session_and_a_command() {
        let scope = Scope::Deck(deck("中文"));
        let last = SessionRequest { typed: true, limit: Some(5), ..SessionRequest::default() };
        let last = SessionRequest { scope: scope.clone(), ..last };
        let cases = [
            (Offer::Deck(deck("B"), Counts::default()), "review B", (false, None)),
            (Offer::New(10), "review 中文 --new 10", (false, Some(10))),
            (Offer::Weakest(7), "review 中文 --weakest 20", (true, None)),
            (Offer::Ahead(40), "review 中文 --cram", (true, None)),
        ];
        for (offer, command, (cram, new)) in cases {
            assert_eq!(offer.arguments(&scope).join(" "), command);
            let request = offer.request(&last);
            assert_eq!((request.cram, request.new, request.limit), (cram, new, None), "{command}");
            assert!(request.typed, "{command}: the way of answering stays");
        }
    }
}
