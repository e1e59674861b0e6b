//! The cached states are what the log says, whatever was done in whatever order.

use proptest::prelude::*;
use proptest::sample::Index;
use termdeck::app::{App, ImportOptions, Session};
use termdeck::domain::{Field, Grade, Now};
use termdeck::error::Error;
use termdeck::session::home::SessionRequest;

use super::rows::{self, Row};
use super::stage::{self, FIRST, at};

/// Something a learner does.
#[derive(Clone, Debug)]
pub enum Deed {
    Pass { days: i32 },
    Answer { card: Index, grade: u8, cram: bool },
    AnswerNext { grade: u8 },
    Undo,
    Redo,
    StepBack,
    StepForward,
    Suspend(Index),
    Unsuspend(Index),
    Bury(Index),
    Reset(Index),
    SetDue(Index, i32),
    EditBack(Index),
    Delete(Index),
    Move(Index),
    Import(Vec<rows::Edit>, bool),
    UndoImport { force: bool },
    Turn(&'static str),
}

/// Returns what a learner may do, in any order.
pub fn deeds(most: usize) -> impl Strategy<Value = Vec<Deed>> {
    let index = any::<Index>;
    let grade = || 0..6u8;
    let answers = prop_oneof![
        (index(), grade(), prop::bool::weighted(0.2))
            .prop_map(|(card, grade, cram)| Deed::Answer { card, grade, cram }),
        grade().prop_map(|grade| Deed::AnswerNext { grade }),
    ];
    let others = prop_oneof![
        2 => Just(Deed::Undo),
        2 => Just(Deed::Redo),
        2 => Just(Deed::StepBack),
        2 => Just(Deed::StepForward),
        1 => index().prop_map(Deed::Suspend),
        1 => index().prop_map(Deed::Unsuspend),
        1 => index().prop_map(Deed::Bury),
        1 => index().prop_map(Deed::Reset),
        1 => (index(), -3..40i32).prop_map(|(card, days)| Deed::SetDue(card, days)),
        1 => index().prop_map(Deed::EditBack),
        1 => index().prop_map(Deed::Delete),
        1 => index().prop_map(Deed::Move),
        2 => (rows::edits(2), any::<bool>()).prop_map(|(edits, prune)| Deed::Import(edits, prune)),
        1 => any::<bool>().prop_map(|force| Deed::UndoImport { force }),
        1 => prop::sample::select(vec!["forward", "both", "reverse"]).prop_map(Deed::Turn),
    ];
    // The clock may be set back by a day, too.
    let passes = prop_oneof![4 => 0..12i32, 1 => -1..1i32].prop_map(|days| Deed::Pass { days });
    let deed = prop_oneof![4 => answers, 3 => others, 2 => passes];
    proptest::collection::vec(deed, 1..=most)
}

/// A collection and what can be done in it.
pub struct Desk {
    pub app: App,
    session: Session,
    rows: Vec<Row>,
    /// Ids of what can be acted on.
    cards: Vec<String>,
    notes: Vec<String>,
}

impl Desk {
    pub fn new(rows: Vec<Row>) -> Self {
        let app = stage::app();
        let now = at(FIRST, 0);
        stage::import(&app, &rows::plain(&rows), &ImportOptions::default(), now);
        let session = app.start(&SessionRequest::default(), now).unwrap();
        let mut desk = Self { app, session, rows, cards: Vec::new(), notes: Vec::new() };
        desk.look(now);
        desk
    }

    /// Notes which cards and notes there are now.
    pub fn look(&mut self, now: Now) {
        let document = self.app.document(None, now).unwrap();
        self.cards = document.cards.into_iter().map(|card| card.id).collect();
        self.notes = document.notes.into_iter().map(|note| note.id).collect();
    }

    /// Does it; what the program refuses with a reason is no failure.
    pub fn try_to(&mut self, deed: &Deed, now: Now) {
        match self.act(deed, now) {
            Ok(())
            | Err(
                Error::NotDue(_)
                | Error::Suspended
                | Error::Buried
                | Error::PruneTooMany { .. }
                | Error::NoDeck { .. },
            ) => {}
            Err(error) => panic!("{deed:?}: {error}"),
        }
        if matches!(
            deed,
            Deed::Delete(_) | Deed::Import(..) | Deed::UndoImport { .. } | Deed::Turn(_)
        ) {
            self.look(now);
        }
    }

    fn act(&mut self, deed: &Deed, now: Now) -> Result<(), Error> {
        if self.notes.is_empty() {
            return Ok(());
        }
        let (cards, notes) = (self.cards.clone(), self.notes.clone());
        let card = |index: &Index| vec![index.get::<String>(&cards).clone()];
        let note = |index: &Index| vec![index.get::<String>(&notes).clone()];
        let (app, session) = (&mut self.app, &mut self.session);
        match deed {
            Deed::Pass { .. } => {}
            Deed::Answer { card, grade, cram } => {
                let grade = Grade::new(*grade).unwrap();
                app.answer(card.get::<String>(&cards), grade, 1_000, *cram, now)?;
            }
            Deed::AnswerNext { grade } => {
                if let Some(shown) = app.next(session, now)?.card {
                    let grade = Grade::new(*grade).unwrap();
                    let expected = shown.outcome(grade);
                    let answered = app.answer_in(session, shown.card, grade, 1_000, now)?;
                    assert_eq!(answered.state.interval_d, expected.interval_d, "{shown:?}");
                }
            }
            Deed::Undo => drop(app.undo_answer(now)?),
            Deed::Redo => drop(app.redo_answer(now)?),
            Deed::StepBack => drop(app.undo_step(session, now)?),
            Deed::StepForward => drop(app.redo_step(session, now)?),
            Deed::Suspend(index) => drop(app.suspend(&card(index), now)?),
            Deed::Unsuspend(index) => drop(app.unsuspend(&card(index), now)?),
            Deed::Bury(index) => drop(app.bury(&card(index), now)?),
            Deed::Reset(index) => drop(app.reset(&card(index), now)?),
            Deed::SetDue(index, days) => {
                drop(app.set_due(&card(index), now.day.shift(*days), now)?);
            }
            Deed::EditBack(index) => {
                let changes = [(Field::Back, "the learner's own words".to_owned())];
                app.edit(index.get::<String>(&notes), &changes, now)?;
            }
            Deed::Delete(index) => drop(app.delete(&note(index), now)?),
            Deed::Move(index) => {
                drop(app.move_notes(&"words::hard".parse().unwrap(), &note(index), now)?);
            }
            Deed::Import(edits, prune) => {
                self.rows = rows::edited(&self.rows, edits);
                let bytes = rows::plain(&self.rows);
                let options = ImportOptions { prune: *prune, ..ImportOptions::default() };
                let input = termdeck::app::Input { path: "words.tsv", bytes: &bytes };
                let plan = app.plan(input, &options, &())?;
                app.apply(&plan, now, &())?;
            }
            Deed::UndoImport { force } => {
                let standing = app.imports(9)?.into_iter().find(|import| !import.undone);
                if let Some(import) = standing {
                    app.undo_import(&import.id.to_string(), *force, now)?;
                }
            }
            Deed::Turn(direction) => {
                let change = ("direction".to_owned(), (*direction).to_owned());
                app.set_deck("words", &[change], now)?;
            }
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(stage::runs(5_000))]

    #[test]
    fn replaying_the_log_gives_every_state(rows in rows::decks(2, 4), deeds in deeds(10)) {
        let mut desk = Desk::new(rows);
        let mut day = FIRST;
        for (deed, second) in deeds.iter().zip(1..) {
            if let Deed::Pass { days } = deed {
                day = day.shift(*days);
            }
            desk.try_to(deed, at(day, second * 10));
        }
        stage::assert_healthy(&desk.app);
    }
}
