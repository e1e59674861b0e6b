//! A collection in memory that notes down what it was asked for.

mod browse;
mod edit;
mod review;
mod settings;
mod stats;

use std::cell::Cell;

use crate::app::plan::{Bucket, FilePlan, PlanRow};
use crate::app::{DeckSheet, ImportOptions};
use crate::domain::watch::{Stage, Watch};
use crate::domain::{Day, DeckName, Field, Fields, Grade, Kind, Now, Scale, Slot, State, Uid};
use crate::import::{Draft, RowError, RowReason, Warning};
use crate::sched::backlog::Outlook;
use crate::session::history::Entry;
use crate::session::home::{Backlog, DeckLine, Home, ImportLine, Notice, Origin, SessionRequest};
use crate::session::prospect::Prospect;
use crate::session::{Counts, Next, Outcome, Queue, Shown};
use crate::tui::runner::Backend;
use crate::tui::screen::{LineRequest, Problem, Undone, Words};

pub const TODAY: Day = Day(20_780);

/// A step that can be taken back.
#[derive(Clone, Debug)]
enum Step {
    Answer(Uid, Grade),
    Edit(Uid, Fields),
    Aside(Uid, &'static str),
}

pub struct Fake {
    pub cards: Vec<Shown>,
    /// Cards of the queue that are done.
    done: Vec<Uid>,
    steps: Vec<Step>,
    taken_back: Vec<Step>,
    /// What was asked for, in order.
    pub log: Vec<String>,
    /// The next call of this name fails.
    pub fails: Option<&'static str>,
    pub plans: Vec<FilePlan>,
    pub completions: Vec<String>,
    pub home: Home,
    pub inbox: Vec<String>,
    /// The history of every card.
    pub history: Vec<Entry>,
    /// What can come after every session.
    pub prospect: Prospect,
    /// The text of the configuration file.
    pub settings: String,
    /// The options of the decks.
    pub sheets: Vec<DeckSheet>,
    /// Parts that long work has, and milliseconds that each of them takes.
    pub slow: (usize, u64),
    clock_ms: Cell<i64>,
    /// The notes that Browse shows; a real collection.
    pub notes: browse::Notes,
    /// Slices of the log that are still to be counted.
    pub slices: u64,
}

pub fn request(typed: bool) -> SessionRequest {
    SessionRequest { typed, ..SessionRequest::default() }
}

pub fn deck(name: &str) -> DeckName {
    name.parse().unwrap()
}

pub fn card(nth: u8, fields: Fields, queue: Queue) -> Shown {
    let outcome = |(interval_d, drill): (u32, bool)| Outcome {
        interval_d,
        due: Some(TODAY.plus(interval_d)),
        wait_d: interval_d,
        drill,
    };
    Shown {
        card: Uid([nth; 16]),
        note: Uid([nth | 0x80; 16]),
        deck: deck("Chinese::Policy terms"),
        slot: Slot::Forward,
        kind: Kind::Term,
        question: fields.front.clone(),
        answer: fields.back.clone(),
        fields,
        queue,
        state: State::NEW,
        outcomes: [(1, true), (1, true), (1, true), (6, true), (6, false), (6, false)].map(outcome),
        scale: Scale::Four,
        same_question: (1, 1),
        other_answers: Vec::new(),
    }
}

pub fn fields(front: &str, back: &str, reading: &str) -> Fields {
    Fields { front: front.into(), back: back.into(), reading: reading.into(), ..Fields::default() }
}

impl Fake {
    pub fn new() -> Self {
        let rich = Fields {
            note: "noun; often shortened to AI".into(),
            example: "人工智能正在改变我们的生活。".into(),
            source: "Government work report, line 12".into(),
            tags: vec!["policy".into(), "technology".into()],
            ..fields("人工智能", "artificial intelligence", "réngōng zhìnéng")
        };
        let cards = vec![
            card(1, rich, Queue::New),
            card(2, fields("国家安全", "national security", "guójiā ānquán"), Queue::Due),
            card(3, fields("发展", "development", "fāzhǎn"), Queue::Drill),
        ];
        Self {
            cards,
            done: Vec::new(),
            steps: Vec::new(),
            taken_back: Vec::new(),
            log: Vec::new(),
            fails: None,
            plans: vec![plan()],
            completions: Vec::new(),
            home: overview(),
            inbox: Vec::new(),
            history: review::history(),
            prospect: Prospect {
                week: [12, 8, 0, 140, 9, 31, 2],
                ahead: 312,
                weak: 7,
                new: 10,
                decks: vec![(deck("Français::Verbes"), Counts { new: 2, due: 5, drill: 0 })],
            },
            settings: String::new(),
            sheets: settings::sheets(),
            slow: (1, 0),
            clock_ms: Cell::new(1_795_392_000_000),
            notes: browse::Notes::new(),
            slices: 0,
        }
    }

    fn called(&mut self, name: &'static str, what: String) -> Result<(), Problem> {
        if self.fails == Some(name) {
            self.fails = None;
            let hint = Some("close the other program".to_owned());
            return Err(Problem { message: format!("{name}: the disk is full"), hint });
        }
        self.log.push(what);
        Ok(())
    }

    /// Works through its parts and is told to stop now and then.
    fn work(&self, stage: Stage, watch: &dyn Watch) -> Result<(), Problem> {
        (0..self.slow.0)
            .try_for_each(|done| watch.at(stage, done, self.slow.0))
            .map_err(|stopped| Problem::new(stopped.to_string()))
    }

    fn front(&self, card: Uid) -> String {
        self.cards.iter().find(|c| c.card == card).unwrap().fields.front.clone()
    }

    fn undone(&self, step: &Step) -> Undone {
        match step {
            Step::Answer(card, grade) => Undone {
                what: format!("answer to {} ({})", self.front(*card), grade.raw()),
                card: Some(*card),
                was_answer: true,
            },
            Step::Edit(..) => Undone { what: "edit".into(), card: None, was_answer: false },
            Step::Aside(card, how) => {
                Undone { what: (*how).into(), card: Some(*card), was_answer: false }
            }
        }
    }

    fn apply(&mut self, step: &mut Step) {
        match step {
            Step::Answer(card, _) | Step::Aside(card, _) => {
                if let Some(at) = self.done.iter().position(|done| done == card) {
                    self.done.remove(at);
                } else {
                    self.done.push(*card);
                }
            }
            Step::Edit(note, fields) => {
                let card = self.cards.iter_mut().find(|card| card.note == *note).unwrap();
                std::mem::swap(&mut card.fields, fields);
                card.question = card.fields.front.clone();
                card.answer = card.fields.back.clone();
            }
        }
    }

    fn step(&mut self, mut step: Step) {
        self.apply(&mut step);
        self.steps.push(step);
        self.taken_back.clear();
    }
}

impl Backend for Fake {
    fn now(&self) -> Now {
        // Every look at the clock takes a second.
        self.clock_ms.set(self.clock_ms.get() + 1_000);
        Now { at_ms: self.clock_ms.get(), offset_min: 480, day: TODAY }
    }

    fn home(&mut self) -> Result<Home, Problem> {
        self.called("home", "home".into())?;
        Ok(self.home.clone())
    }

    fn start(&mut self, request: SessionRequest) -> Result<Next, Problem> {
        self.called("start", format!("start {request:?}"))?;
        self.steps.clear();
        self.taken_back.clear();
        self.next()
    }

    fn next(&mut self) -> Result<Next, Problem> {
        if self.fails == Some("next") {
            self.called("next", String::new())?;
        }
        let left: Vec<&Shown> =
            self.cards.iter().filter(|card| !self.done.contains(&card.card)).collect();
        let count = |queue| left.iter().filter(|card| card.queue == queue).count() as u32;
        let counts =
            Counts { new: count(Queue::New), due: count(Queue::Due), drill: count(Queue::Drill) };
        Ok(Next { card: left.first().map(|card| Box::new((*card).clone())), counts })
    }

    fn answer(&mut self, card: Uid, grade: Grade, scale: Scale, ms: u32) -> Result<(), Problem> {
        let what = format!("answer {} {} {} {ms}", self.front(card), grade.raw(), scale.name());
        self.called("answer", what)?;
        self.step(Step::Answer(card, grade));
        Ok(())
    }

    fn undo(&mut self) -> Result<Option<Undone>, Problem> {
        self.called("undo", "undo".into())?;
        let now = self.now();
        let Some(mut step) = self.steps.pop() else { return self.notes.undo(now) };
        let undone = self.undone(&step);
        self.apply(&mut step);
        self.taken_back.push(step);
        Ok(Some(undone))
    }

    fn redo(&mut self) -> Result<Option<Undone>, Problem> {
        self.called("redo", "redo".into())?;
        let now = self.now();
        let Some(mut step) = self.taken_back.pop() else { return self.notes.redo(now) };
        let redone = self.undone(&step);
        self.apply(&mut step);
        self.steps.push(step);
        Ok(Some(redone))
    }

    fn edit(&mut self, note: Uid, changes: &[(Field, String)]) -> Result<bool, Problem> {
        self.called("edit", format!("edit {changes:?}"))?;
        let now = self.now();
        let Some(card) = self.cards.iter().find(|card| card.note == note) else {
            return self.notes.edit(note, changes, now);
        };
        let mut fields = card.fields.clone();
        for (field, text) in changes {
            fields.set(*field, text);
        }
        self.step(Step::Edit(note, fields));
        Ok(true)
    }

    fn suspend(&mut self, card: Uid) -> Result<(), Problem> {
        self.called("suspend", format!("suspend {}", self.front(card)))?;
        self.step(Step::Aside(card, "suspension"));
        Ok(())
    }

    fn bury(&mut self, card: Uid) -> Result<(), Problem> {
        self.called("bury", format!("bury {}", self.front(card)))?;
        self.step(Step::Aside(card, "burial"));
        Ok(())
    }

    fn complete_path(&mut self, typed: &str) -> Vec<String> {
        self.log.push(format!("complete {typed}"));
        self.completions.iter().filter(|path| path.starts_with(typed)).cloned().collect()
    }

    fn read_plan(&mut self, path: &str, watch: &dyn Watch) -> Result<Vec<FilePlan>, Problem> {
        self.called("read_plan", format!("read {path}"))?;
        self.work(Stage::Reading, watch)?;
        Ok(self.plans.clone())
    }

    fn replan(&mut self, plan: FilePlan, watch: &dyn Watch) -> Result<FilePlan, Problem> {
        self.called("replan", format!("replan {} rows", plan.rows.len()))?;
        self.work(Stage::Comparing, watch)?;
        Ok(plan)
    }

    fn reread(
        &mut self,
        options: &ImportOptions,
        plan: &FilePlan,
        watch: &dyn Watch,
    ) -> Result<FilePlan, Problem> {
        self.called("reread", format!("reread {:?}", options.read.delimiter))?;
        self.work(Stage::Reading, watch)?;
        let mut plan = plan.clone();
        plan.basis.given = options.clone();
        if let Some(deck) = &options.deck {
            plan.deck = deck.clone();
        }
        Ok(plan)
    }

    fn lines(&mut self, request: &LineRequest) -> Vec<String> {
        let line = |n: u32| format!("第{n}行\traw text of line {n}");
        (request.from..request.from + 4).map(line).collect()
    }

    fn inbox(&mut self) -> Result<Vec<String>, Problem> {
        self.called("inbox", "inbox".into())?;
        Ok(self.inbox.clone())
    }

    fn speak(&mut self, words: &Words) -> Result<(), Problem> {
        self.called("speak", format!("speak {}", words.text))
    }

    fn notify(&mut self, text: &str) -> Result<(), Problem> {
        self.called("notify", format!("notify {text}"))
    }

    fn stopwatch(&self) -> Box<dyn Fn() -> u64> {
        let (step, at) = (self.slow.1, Cell::new(0));
        Box::new(move || {
            at.set(at.get() + step);
            at.get()
        })
    }

    fn apply_plan(&mut self, plans: Vec<FilePlan>, watch: &dyn Watch) -> Result<String, Problem> {
        self.work(Stage::Writing, watch)?;
        let counts = plans[0].counts();
        let line = format!("{} added, {} updated", counts.added, counts.updated);
        self.called("apply_plan", format!("apply {line}"))?;
        Ok(line)
    }
}

fn overview() -> Home {
    let line = |name, notes, new, due, drill| DeckLine {
        name: deck(name),
        notes,
        counts: Counts { new, due, drill },
    };
    let import = |at: &str, path: &str, deck: &str, added, updated| ImportLine {
        at: at.into(),
        path: path.into(),
        deck: deck.into(),
        added,
        updated,
        undone: false,
    };
    Home {
        decks: vec![
            line("Chinese", 1_312, 20, 37, 2),
            line("Chinese::Policy terms", 312, 12, 30, 2),
            line("Chinese::成语", 1_000, 8, 7, 0),
            line("Français::Verbes", 240, 0, 0, 0),
        ],
        total: Counts { new: 20, due: 37, drill: 2 },
        imports: vec![
            import("2026-11-23 09:12", "decks/policy.tsv", "Chinese::Policy terms", 12, 3),
            import("2026-11-21 20:40", "/home/li/成语大全.csv", "Chinese::成语", 1_000, 0),
        ],
        streak: 12,
        today: TODAY,
        week: [37, 12, 8, 0, 140, 9, 31],
        notice: Some(Notice::Backlog(Backlog {
            overdue: 25,
            pace: Some((40, Outlook::Clear { in_days: 2 })),
            origin: Origin::Days,
        })),
    }
}

pub fn row(line: u32, front: &str, back: &str, bucket: Bucket) -> PlanRow {
    let draft =
        Draft { line, fields: fields(front, back, ""), confidence_pct: 100, ..Draft::default() };
    let ticked = !matches!(bucket, Bucket::Unchanged { .. } | Bucket::Duplicate { .. });
    PlanRow { draft, bucket, ticked, reason: String::new(), cards: 2 }
}

pub fn plan() -> FilePlan {
    let note = Uid([9; 16]);
    let mut doubtful = row(7, "“绿水青山就是金山银山”", "green is gold", Bucket::New);
    doubtful.draft.confidence_pct = 55;
    doubtful.ticked = false;
    doubtful.reason = "the two sides differ much in length".into();
    let mut changed =
        row(3, "国家安全", "national security", Bucket::Updated { note, fields: vec!["back"] });
    changed.reason = "back was: state security".into();
    FilePlan {
        path: "decks/policy.tsv".into(),
        format: "delimited",
        encoding: "UTF-8".into(),
        deck: deck("Chinese::Policy terms"),
        rows: vec![
            row(1, "人工智能", "artificial intelligence", Bucket::New),
            row(2, "中国特色社会主义", "socialism with Chinese characteristics", Bucket::New),
            changed,
            row(4, "发展", "development", Bucket::Unchanged { note }),
            row(6, "人工智能", "artificial intelligence", Bucket::Duplicate { of_line: 1 }),
            doubtful,
        ],
        rejected: vec![RowError::new(5, RowReason::NoBack)],
        warnings: vec![Warning { line: 2, message: "a tab inside quotes".into() }],
        reports: vec!["137 reading marks removed".into()],
        lines: None,
        gone: Vec::new(),
        basis: crate::app::plan::Basis::default(),
    }
}
