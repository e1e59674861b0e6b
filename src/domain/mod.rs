//! What the program talks about: notes, cards, decks, grades, events, days.
//!
//! Pure values. Nothing here opens a file, asks the time or knows SQL.

pub mod cloze;
pub mod deck;
pub mod event;
pub mod grade;
pub mod html;
pub mod interchange;
pub mod language;
pub mod memory;
pub mod note;
pub mod safe;
pub mod said;
pub mod script;
pub mod state;
pub mod text;
pub mod time;
pub mod uid;
pub mod watch;

pub use deck::{DeckName, DeckOptions, Direction, Drill, Mix, Order, Rules, Scheduler, Settings};
pub use event::{Action, Answer, Base, Cause, Event};
pub use grade::{Grade, Scale};
pub use memory::{Fit, Fitted, Memory, Parameters};
pub use note::{Field, Fields, Kind, Slot};
pub use said::Said;
pub use state::State;
pub use time::{Day, Now, Period};
pub use uid::Uid;
