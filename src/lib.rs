//! Flashcards for people who live in a terminal: a deck file in, today's review
//! done, nothing lost.
//!
//! # The way of a word
//!
//! ```text
//! deck file -> reader -> draft -> plan -> note -> cards -> store -> scheduler -> session -> screen
//! ```
//!
//! A reader in [`import`] turns bytes into drafts; what it cannot read of a row
//! costs that row. [`app`] compares the drafts with the collection, which gives a
//! plan, a value that can be shown, ticked and thrown away. Applying it is one
//! transaction of the [`store`]. A note makes cards. What a learner answers is an
//! event in a log that only grows; a card's state is a fold over its events
//! ([`sched::replay()`]), so undo, crashes and a second device need no special
//! case. [`session`] holds what is shown; [`tui`] and [`cli`] are the edges.
//!
//! # The house
//!
//! Each layer names only what lies below it, and a test holds that up:
//!
//! ```text
//! L5  main -- cli -- tui         arguments, keys, cells; the only callers of the clock
//! L4          app                use cases: one method, one transaction, one undo step
//! L3  import  export  store  session  find
//! L2          sched              SM-2, study days, replay, queue order
//! L1          domain             note, card, deck, grade, event, day, uid
//! ```
//!
//! `domain`, `sched`, `session` and `find` are pure: the day, the moment and the rules are
//! arguments.
//!
//! # A first session
//!
//! ```
//! use termdeck::app::{App, ImportOptions, Input};
//! use termdeck::config::Config;
//! use termdeck::domain::{Day, Grade, Now};
//! use termdeck::session::home::{Scope, SessionRequest};
//!
//! let now = Now { at_ms: 1_795_392_000_000, offset_min: 0, day: Day(20_780) };
//! let app = App::in_memory(Config::default(), now)?;
//!
//! let file = Input { path: "words.tsv", bytes: "国家\tcountry\n发展\tdevelopment\n".as_bytes() };
//! let plan = app.plan(file, &ImportOptions::default(), &())?;
//! assert_eq!(plan.counts().added, 2);
//! app.apply(&plan, now, &())?;
//!
//! let mut session = app.start(&SessionRequest::default(), now)?;
//! let shown = app.next(&session, now)?.card.expect("two notes are new");
//! assert_eq!((shown.question.as_str(), shown.answer.as_str()), ("国家", "country"));
//! let answered = app.answer_in(&mut session, shown.card, Grade::GOOD, 1_200, now)?;
//! assert_eq!(answered.state.due, Some(now.day.plus(1)));
//! # assert_eq!(app.counts(&Scope::All, now)?.new, 1);
//! # Ok::<(), termdeck::error::Error>(())
//! ```

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod error;
pub mod export;
pub mod find;
pub mod import;
pub mod paths;
pub mod sched;
pub mod session;
pub mod store;
pub mod tui;
