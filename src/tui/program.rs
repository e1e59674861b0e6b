//! The whole program as a value: which screen is open, and what a key does to it.
//!
//! ```text
//! key, paste, resize --> Program --> Effect --> runner --> Outcome --> Program
//!                           |
//!                         draw (changes nothing)
//! ```

mod mouse;
mod outcome;

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Alignment, Rect};
use ratatui::widgets::{Paragraph, Wrap};

use super::keymap::{Action, Key, Keymap, Keys, tables};
use super::look::Look;
use super::screen::{Effect, Moment, Progress, Size, Start};
use super::screens::browse::Browse;
use super::screens::edit::Edit;
use super::screens::help::Help;
use super::screens::home::HomeScreen;
use super::screens::import::ImportScreen;
use super::screens::review::Review;
use super::screens::settings::Settings;
use super::screens::stats::Stats;
use super::screens::summary::SummaryScreen;
use super::screens::{Ask, Page};
use super::theme::Background;
use super::widgets::bars::{self, Status};
use crate::domain::{Now, safe};
use crate::session::home::SessionRequest;

/// The longest text that is copied, in bytes: many terminals take no more.
const MOST_COPIED: usize = 48 * 1024;

/// The screen below any page that lies over it.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// The decks.
    Home,
    /// A session.
    Review(Box<Review>),
    /// What a session came to.
    Summary(Box<SummaryScreen>),
    /// An import.
    Import(Box<ImportScreen>),
    /// All notes.
    Browse(Box<Browse>),
    /// The statistics.
    Stats(Box<Stats>),
    /// The settings.
    Settings(Box<Settings>),
}

impl Screen {
    /// Returns the screen as a page; Home is kept beside it.
    fn page<'a>(&'a self, home: &'a HomeScreen) -> &'a dyn Page {
        match self {
            Self::Home => home,
            Self::Review(review) => review.as_ref(),
            Self::Summary(summary) => summary.as_ref(),
            Self::Import(import) => import.as_ref(),
            Self::Browse(browse) => browse.as_ref(),
            Self::Stats(stats) => stats.as_ref(),
            Self::Settings(settings) => settings.as_ref(),
        }
    }

    fn page_mut<'a>(&'a mut self, home: &'a mut HomeScreen) -> &'a mut dyn Page {
        match self {
            Self::Home => home,
            Self::Review(review) => review.as_mut(),
            Self::Summary(summary) => summary.as_mut(),
            Self::Import(import) => import.as_mut(),
            Self::Browse(browse) => browse.as_mut(),
            Self::Stats(stats) => stats.as_mut(),
            Self::Settings(settings) => settings.as_mut(),
        }
    }
}

/// The state of the program.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// The open screen.
    pub screen: Screen,
    /// Home, which is kept while another screen is open.
    pub home: HomeScreen,
    /// The editor over the screen.
    pub edit: Option<Edit>,
    /// The help page over everything.
    pub help: Option<Help>,
    /// The message above the footer.
    pub status: Option<Status>,
    /// The long work that is being done.
    pub progress: Option<Progress>,
    /// The terminal.
    pub size: Size,
    /// What the learner set.
    look: Look,
    /// What the program that is told has to be told yet.
    notice: Option<String>,
    /// Steps of this run that can be taken back.
    undoable: usize,
    /// Steps that can be done again.
    redoable: usize,
    /// Whether the overview was ever asked for.
    home_asked: bool,
}

impl Program {
    /// Returns the program at its start, and the first work it asks for.
    #[must_use]
    pub fn new(start: Start, look: Look, size: Size) -> (Self, Effect) {
        let mut status = None;
        let (screen, effect) = match start {
            Start::Home => (Screen::Home, Effect::LoadHome),
            Start::Review(request) => (Screen::Home, Effect::Start(request)),
            Start::Drill(request, line) => {
                status = Some(Status::Done(line));
                (Screen::Home, Effect::Start(request))
            }
            Start::Import(path) => {
                (Screen::Import(Box::new(ImportScreen::new(&path))), Effect::ReadPlan(path))
            }
        };
        let program = Self {
            screen,
            home: HomeScreen::default(),
            edit: None,
            help: None,
            status,
            progress: None,
            size,
            look,
            notice: None,
            undoable: 0,
            redoable: 0,
            home_asked: effect == Effect::LoadHome,
        };
        (program, effect)
    }

    /// Lets other settings hold from now on.
    pub fn configure(&mut self, look: Look) {
        self.look = look;
    }

    /// Takes the terminal's answer to what its background is.
    pub fn learn(&mut self, background: Background) {
        self.look.colors.background = Some(background);
    }

    /// Says above the footer what is wrong, until a key is pressed.
    pub fn warn(&mut self, words: &str) {
        self.status = Some(Status::Wrong(words.to_owned()));
    }

    /// Returns the screen, or the editor over it.
    fn page(&self) -> &dyn Page {
        match &self.edit {
            Some(edit) => edit,
            None => self.screen.page(&self.home),
        }
    }

    fn page_mut(&mut self) -> &mut dyn Page {
        let Self { edit, screen, home, .. } = self;
        open_page(edit, screen, home)
    }

    /// Returns the keys that hold now, before those that hold everywhere.
    #[must_use]
    pub fn keymap(&self) -> Keymap {
        self.help.as_ref().map_or_else(|| self.page().keymap(), Page::keymap)
    }

    /// Returns what differs from the tables.
    #[must_use]
    pub const fn keys(&self) -> &Keys {
        &self.look.keys
    }

    /// Whether `action` does something now.
    #[must_use]
    pub fn can(&self, action: Action) -> bool {
        if !self.size.is_enough() {
            // Nobody can see what any other key would do.
            return matches!(action, Action::Quit | Action::Stop | Action::Redraw);
        }
        match &self.help {
            Some(_) if action == Action::Help => true,
            Some(help) if !is_global(action) => help.can(action, self.size),
            _ => self.can_below_help(action),
        }
    }

    fn can_below_help(&self, action: Action) -> bool {
        let page = self.page();
        match action {
            _ if is_global(action) => true,
            Action::Undo if self.undoable == 0 && !page.has_own_undo() => false,
            Action::Redo if self.redoable == 0 && !page.has_own_undo() => false,
            Action::Copy => page.words().is_some(),
            Action::Hear => self.look.speaks && page.words().is_some(),
            _ => page.can(action, self.size),
        }
    }

    /// Whether there is something to hear, and nothing that speaks.
    fn lacks_speaker(&self) -> bool {
        self.help.is_none() && !self.look.speaks && self.page().words().is_some()
    }

    /// Whether keys that ask for nothing are text.
    #[must_use]
    pub fn takes_text(&self) -> bool {
        self.size.is_enough() && self.help.is_none() && self.page().takes_text()
    }

    /// Applies a key.
    pub fn press(&mut self, event: &KeyEvent, now: Now) -> Option<Effect> {
        let key = Key::of(event)?;
        if self.size.is_enough() {
            self.status = None;
        }
        match self.look.keys.action(self.keymap(), key) {
            Some(action) if self.can(action) => self.act(action, now),
            Some(Action::Hear) if self.lacks_speaker() => {
                self.warn("no program speaks yet: set `speak`, see `termdeck config set --help`");
                None
            }
            // Where a bound key does nothing now, it may still move the cursor.
            _ => {
                if self.takes_text() {
                    self.page_mut().press(event);
                }
                None
            }
        }
    }

    /// Inserts pasted text, where text is taken.
    pub fn paste(&mut self, text: &str) {
        if self.takes_text() {
            self.page_mut().insert(text);
        }
    }

    fn act(&mut self, action: Action, now: Now) -> Option<Effect> {
        match action {
            Action::Quit => return Some(Effect::Quit),
            Action::Stop => return Some(Effect::Stop),
            Action::Redraw => return Some(Effect::Redraw),
            Action::Copy => return self.copy(),
            Action::Hear => {
                return self.page().words().map(|words| Effect::Speak(Box::new(words)));
            }
            Action::Help => {
                let page = self.page();
                let can = |action| self.can_below_help(action);
                let (takes_text, guide) = (page.takes_text(), page.guide());
                let help = Help::new(page.keymap(), &self.look.keys, takes_text, guide, can);
                self.help = self.help.is_none().then_some(help);
                return None;
            }
            _ => {}
        }
        let Self { edit, screen, home, help, look, .. } = self;
        let moment = Moment { now, size: self.size, keys: &look.keys };
        if let Some(help) = help {
            if help.update(action, moment) == Some(Ask::Leave) {
                self.help = None;
            }
            return None;
        }
        let ask = open_page(edit, screen, home).update(action, moment)?;
        if ask == Ask::Leave
            && let Some(edit) = self.edit.take()
        {
            // The page below shows what was added.
            let is_news = edit.added().is_some_and(|count| count > 0);
            if is_news && self.screen == Screen::Home {
                return Some(self.go_home());
            }
            if is_news {
                self.screen.page_mut(&mut self.home).changed();
            }
            return None;
        }
        self.grant(ask)
    }

    fn grant(&mut self, ask: Ask) -> Option<Effect> {
        match ask {
            Ask::Do(effect) => Some(effect),
            Ask::Say(words) => {
                self.say(&words);
                None
            }
            Ask::Complain(words) => {
                self.status = Some(Status::Wrong(words));
                None
            }
            Ask::Import => {
                self.screen = Screen::Import(Box::new(ImportScreen::beside(&self.home.inbox)));
                None
            }
            Ask::Inbox => self.grant(Ask::Files(self.home.inbox.clone())),
            Ask::Files(files) => {
                let first = files.first().cloned()?;
                self.screen = Screen::Import(Box::new(ImportScreen::through(files)));
                Some(Effect::ReadPlan(first))
            }
            Ask::EditRow => {
                if let Screen::Import(import) = &self.screen {
                    let fields = import.plan.as_ref().and_then(|plan| plan.fields());
                    self.edit = fields.map(Edit::row);
                }
                None
            }
            Ask::ChangeRow(changes) => {
                let Screen::Import(import) = &mut self.screen else { return None };
                match import.edit(&changes) {
                    Ok(ask) => self.grant(ask?),
                    Err(why) => self.grant(Ask::Complain(why)),
                }
            }
            Ask::Edit(note, fields) => {
                self.edit = Some(Edit::new(note, &fields));
                None
            }
            Ask::Add(deck) => {
                self.edit = Some(Edit::add(deck.as_ref()));
                None
            }
            Ask::Browse => self.open(Screen::Browse(Box::default())),
            Ask::Find(query) => self.open(Screen::Browse(Box::new(Browse::of(&query)))),
            Ask::Stats => self.open(Screen::Stats(Box::default())),
            Ask::Settings => self.open(Screen::Settings(Box::default())),
            Ask::Configure(config, said) => {
                self.configure(Look::of(&config, self.look.colors));
                self.say(&said);
                Some(Effect::Mouse(config.mouse))
            }
            Ask::Leave => match &self.screen {
                Screen::Home => Some(Effect::Quit),
                Screen::Review(review) if !review.summary.done.is_empty() => {
                    self.screen = Screen::Summary(Box::new(summary_of(review)));
                    None
                }
                _ => Some(self.go_home()),
            },
        }
    }

    /// Opens a screen that asks for what it shows by itself.
    fn open(&mut self, screen: Screen) -> Option<Effect> {
        self.screen = screen;
        None
    }

    /// Lets the program that is told know, where there is one.
    fn notify(&mut self, text: &str) {
        self.notice = self.look.notifies.then(|| text.to_owned());
    }

    /// Puts front and back on the clipboard.
    fn copy(&mut self) -> Option<Effect> {
        let words = self.page().words()?;
        let sides = [&words.front, &words.back].map(|side| safe::line(side));
        let sides: Vec<&str> = sides.iter().map(AsRef::as_ref).filter(|s| !s.is_empty()).collect();
        let text = sides.join("\t");
        if text.len() > MOST_COPIED {
            let limit = MOST_COPIED / 1024;
            self.warn(&format!("this is too long to be copied: at most {limit} KiB"));
            return None;
        }
        self.say(&format!("Copied: {}", sides.join(" · ")));
        Some(Effect::Copy(text))
    }

    fn go_home(&mut self) -> Effect {
        self.screen = Screen::Home;
        self.home_asked = true;
        Effect::LoadHome
    }

    /// Returns what the screen lacks to be whole; asked for after it is drawn.
    #[must_use]
    pub fn wish(&self) -> Option<Effect> {
        if let Some(text) = &self.notice {
            return Some(Effect::Notify(text.clone()));
        }
        if self.screen == Screen::Home && !self.home_asked {
            return None;
        }
        self.page().wish()
    }

    fn say(&mut self, words: &str) {
        self.status = Some(Status::Done(words.to_owned()));
    }

    /// Draws the program. Changes nothing.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        frame.buffer_mut().set_style(area, self.look.theme().base());
        let size = Size { width: area.width, height: area.height };
        if !size.is_enough() {
            let Size { width, height } = Size::MIN;
            let quit = self.look.keys.named(self.keymap(), Action::Quit);
            let words = format!(
                "needs {width}x{height}, this is {}x{}; {quit} quits",
                size.width, size.height,
            );
            let message = Paragraph::new(words).wrap(Wrap { trim: true });
            frame.render_widget(message.alignment(Alignment::Center), area);
            return;
        }
        let content = Rect { height: area.height - 2, ..area };
        self.draw_screen(size, frame, content);
        let above_footer = Rect { height: area.height - 1, ..area };
        let last = Rect { y: area.bottom() - 1, height: 1, ..area };
        if let Some(progress) = &self.progress {
            bars::progress(progress, frame, above_footer, self.look.theme());
            let cells = usize::from(area.width);
            let can_stop = |action| action == Action::Back;
            let footer = bars::footer(tables::WORKING, &self.look.keys, can_stop, cells);
            bars::draw_footer(&footer, frame, last, self.look.theme());
            return;
        }
        bars::status(self.status.as_ref(), frame, above_footer, self.look.theme());
        bars::draw_footer(&self.footer(area.width), frame, last, self.look.theme());
    }

    /// Returns the footer at a width.
    fn footer(&self, cells: u16) -> Vec<bars::Entry> {
        let offered = |action| {
            // On the help page, the key that opened it is no news.
            self.can(action) && !(action == Action::Help && self.help.is_some())
        };
        bars::footer(self.keymap(), &self.look.keys, offered, usize::from(cells))
    }

    fn draw_screen(&self, size: Size, frame: &mut Frame<'_>, area: Rect) {
        match &self.help {
            Some(help) => help.view(size, frame, area, &self.look),
            None => self.page().view(size, frame, area, &self.look),
        }
    }
}

/// Returns the screen, or the editor over it.
fn open_page<'a>(
    edit: &'a mut Option<Edit>,
    screen: &'a mut Screen,
    home: &'a mut HomeScreen,
) -> &'a mut dyn Page {
    match edit {
        Some(edit) => edit,
        None => screen.page_mut(home),
    }
}

const fn is_global(action: Action) -> bool {
    matches!(action, Action::Help | Action::Quit | Action::Stop | Action::Redraw)
}

fn summary_of(review: &Review) -> SummaryScreen {
    let request = SessionRequest { typed: review.typing, ..review.request.clone() };
    SummaryScreen::new(request, review.summary.clone(), review.next.counts)
}
