//! The terminal: taken, given back, and listened to.

mod background;
mod clipboard;

use std::io::{self, stdout};
use std::sync::Arc;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::execute;
#[cfg(unix)]
use ratatui::crossterm::style::Print;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use signal_hook::flag;

use super::runner::{Incoming, Left, Source};
use background::Question;

/// How long to wait for a key before looking at the signals again.
const PATIENCE: Duration = Duration::from_millis(250);

/// How long crossterm may look for an event: with no time at all it looks for none.
const GLANCE: Duration = Duration::from_millis(1);

/// Whether the mouse is wanted.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// Whether the terminal is taken now.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Holds the terminal; dropping it, or a panic, gives it back.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste.
    ///
    /// # Errors
    /// Standard output is no terminal, or it went away.
    pub fn take() -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                give_back();
                before(panic);
            }));
        });
        let guard = Self(());
        take()?;
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    if MOUSE.load(Ordering::SeqCst) { mouse(true) } else { Ok(()) }
}

/// Takes presses and the wheel, or leaves them to the terminal. What moves in between
/// is of no use, and crossterm's own command would ask for that as well.
///
/// Source: xterm's ctlseqs, "Mouse Tracking": 1000 is presses, 1006 how they are told.
#[cfg(unix)]
fn mouse(is_wanted: bool) -> io::Result<()> {
    let sequence = if is_wanted { "\x1b[?1000h\x1b[?1006h" } else { "\x1b[?1006l\x1b[?1000l" };
    execute!(stdout(), Print(sequence))
}

#[cfg(not(unix))]
fn mouse(is_wanted: bool) -> io::Result<()> {
    use ratatui::crossterm::event::{DisableMouseCapture, EnableMouseCapture};
    if is_wanted {
        execute!(stdout(), EnableMouseCapture)
    } else {
        execute!(stdout(), DisableMouseCapture)
    }
}

/// Gives the terminal back; once is enough. Nothing can be done about a failure.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        if MOUSE.load(Ordering::SeqCst) {
            let _ = mouse(false);
        }
        let _ = execute!(stdout(), DisableBracketedPaste, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
    }
}

/// The events of the real terminal, and the signals.
#[derive(Debug)]
pub struct Events {
    /// The signal that says to leave; 0 for none.
    leave: Arc<AtomicUsize>,
    /// The program shall stop, or was continued.
    stop: Arc<AtomicBool>,
    continued: Arc<AtomicBool>,
    line: Line,
    question: Question,
}

impl Events {
    /// Listens from now on.
    ///
    /// # Errors
    /// A signal cannot be caught, or there is no terminal to read from.
    pub fn listen() -> io::Result<Self> {
        let events = Self {
            leave: Arc::default(),
            stop: Arc::default(),
            continued: Arc::default(),
            line: Line::open()?,
            question: Question::default(),
        };
        events.catch()?;
        Ok(events)
    }

    #[cfg(unix)]
    fn catch(&self) -> io::Result<()> {
        use signal_hook::consts::{SIGCONT, SIGHUP, SIGTERM, SIGTSTP};
        for signal in [SIGTERM, SIGHUP] {
            flag::register_usize(signal, Arc::clone(&self.leave), signal as usize)?;
        }
        flag::register(SIGTSTP, Arc::clone(&self.stop))?;
        flag::register(SIGCONT, Arc::clone(&self.continued))?;
        Ok(())
    }

    #[cfg(not(unix))]
    fn catch(&self) -> io::Result<()> {
        use signal_hook::consts::SIGTERM;
        flag::register_usize(SIGTERM, Arc::clone(&self.leave), SIGTERM as usize)?;
        Ok(())
    }

    /// Asks the terminal what its background is; the answer comes among the events.
    ///
    /// # Errors
    /// The terminal went away.
    pub fn ask_background(&mut self) -> io::Result<()> {
        self.question.ask()
    }

    /// Lets an answer come in that is still on its way, so that the shell is not told.
    pub fn settle(&mut self, left: Left) {
        if left == Left::Quit {
            self.question.settle();
        }
    }

    /// Returns the event that is there.
    fn next(&mut self) -> Incoming {
        match self.question.read() {
            Ok(Ok(event)) => Incoming::Event(event),
            Ok(Err(background)) => Incoming::Background(background),
            Err(_) => Incoming::Closed,
        }
    }

    fn signalled(&mut self) -> Option<Incoming> {
        let signal = self.leave.load(Ordering::SeqCst);
        if signal != 0 {
            return Some(Incoming::Signal(signal as i32));
        }
        if self.stop.swap(false, Ordering::SeqCst) {
            return Some(self.stop().map_or(Incoming::Closed, |()| Incoming::Lost));
        }
        if self.continued.swap(false, Ordering::SeqCst) {
            // Whoever had the terminal meanwhile may have left it in another mode.
            return Some(take().map_or(Incoming::Closed, |()| Incoming::Lost));
        }
        None
    }
}

impl Source for Events {
    fn wait(&mut self) -> Incoming {
        loop {
            if let Some(incoming) = self.signalled() {
                return incoming;
            }
            if let Some(event) = self.question.kept() {
                return Incoming::Event(event);
            }
            // crossterm would read a closed terminal again and again for ever,
            // so it is asked only while the line is up.
            if !self.line.is_up(Duration::ZERO) {
                return Incoming::Closed;
            }
            match event::poll(GLANCE) {
                Ok(true) => return self.next(),
                Ok(false) => {}
                Err(_) => return Incoming::Closed,
            }
            if !self.line.is_up(PATIENCE) {
                return Incoming::Closed;
            }
        }
    }

    fn glance(&mut self) -> Option<Incoming> {
        if let Some(incoming) = self.signalled() {
            return Some(incoming);
        }
        if let Some(event) = self.question.kept() {
            return Some(Incoming::Event(event));
        }
        if !self.line.is_up(Duration::ZERO) {
            return Some(Incoming::Closed);
        }
        match event::poll(GLANCE) {
            Ok(true) => Some(self.next()),
            Ok(false) => None,
            Err(_) => Some(Incoming::Closed),
        }
    }

    fn copy(&mut self, text: &str) {
        clipboard::copy(text);
    }

    fn set_mouse(&mut self, is_wanted: bool) {
        if MOUSE.swap(is_wanted, Ordering::SeqCst) == is_wanted {
            return;
        }
        // A terminal without a mouse takes no notice, and one that went away says so
        // when it is drawn on.
        let _ = mouse(is_wanted);
    }

    #[cfg(unix)]
    fn stop(&mut self) -> io::Result<()> {
        give_back();
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.continued.store(false, Ordering::SeqCst);
        take()
    }

    #[cfg(not(unix))]
    fn stop(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The line to the terminal, watched for its end.
#[derive(Debug)]
struct Line {
    /// Where keys come from if standard input is something else.
    #[cfg(unix)]
    tty: Option<std::fs::File>,
}

#[cfg(unix)]
impl Line {
    fn open() -> io::Result<Self> {
        use std::io::IsTerminal as _;
        let tty =
            if io::stdin().is_terminal() { None } else { Some(std::fs::File::open("/dev/tty")?) };
        Ok(Self { tty })
    }

    /// Waits until there is something to read, a signal came, or the time is over.
    fn is_up(&self, patience: Duration) -> bool {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let stdin = io::stdin();
        let mut lines = [match &self.tty {
            Some(tty) => PollFd::new(tty, PollFlags::IN),
            None => PollFd::new(&stdin, PollFlags::IN),
        }];
        let patience = Timespec::try_from(patience).ok();
        if let Err(error) = poll(&mut lines, patience.as_ref()) {
            return error == rustix::io::Errno::INTR;
        }
        !lines[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
    }
}

#[cfg(not(unix))]
impl Line {
    fn open() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits a little; Windows says by itself when its console is closed.
    fn is_up(&self, patience: Duration) -> bool {
        patience.is_zero() || event::poll(patience).is_ok()
    }
}
