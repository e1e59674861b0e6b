//! A pseudo-terminal with the program in it: keys go in, a screen comes out.
//!
//! Nothing here sleeps. Whatever is waited for is looked for each time the
//! program writes, until a deadline that only a hanging program reaches.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::common::Desk;

/// How long the program may take for what a key asks of it, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

pub const ENTER: &str = "\r";
pub const ESC: &str = "\x1b";
pub const TAB: &str = "\t";
pub const SPACE: &str = " ";
pub const CTRL_Z: &str = "\x1a";
pub const CTRL_S: &str = "\x13";
pub const CTRL_U: &str = "\x15";
pub const BACKSPACE: &str = "\x7f";
pub const DOWN: &str = "\x1b[B";
pub const RIGHT: &str = "\x1b[C";

/// A terminal with the program running in it.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Option<Box<dyn Write + Send>>,
    written: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    /// Everything that the program has written.
    log: Vec<u8>,
}

/// How a program in a terminal ended.
#[derive(Debug)]
pub struct End {
    /// Exit status.
    pub status: u32,
    /// Everything that it wrote.
    pub log: String,
    /// What is left on the screen.
    pub screen: String,
    /// Whether the alternate screen is still shown, or the cursor hidden.
    pub is_taken: bool,
}

fn size(width: u16, height: u16) -> PtySize {
    PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has cells")
}

impl Terminal {
    /// Runs the program in a terminal of 80 by 24 cells.
    pub fn open(desk: &Desk, args: &[&str]) -> Self {
        Self::open_at(desk, args, (80, 24))
    }

    /// Runs the program in a terminal of this width and height.
    pub fn open_at(desk: &Desk, args: &[&str], (width, height): (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_termdeck"));
        command.args(args);
        Self::run(desk, command, (width, height))
    }

    /// Runs a shell command; `$TERMDECK` is the program.
    pub fn open_shell(desk: &Desk, script: &str) -> Self {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", script]);
        Self::run(desk, command, (80, 24))
    }

    fn run(desk: &Desk, mut command: CommandBuilder, (width, height): (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(size(width, height)).expect("a pseudo-terminal");
        command.env_clear();
        for (name, value) in desk.environment() {
            command.env(name, value);
        }
        command.env("TERM", "xterm-256color");
        command.env("TERMDECK", env!("CARGO_BIN_EXE_termdeck"));
        command.cwd(desk.folder());
        let child = pair.slave.spawn_command(command).expect("the program starts");
        // The end of the program must be the end of what can be read.
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (sender, written) = mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let keys = Some(pair.master.take_writer().expect("a writer"));
        let parser = vt100::Parser::new(cells(height), cells(width), 0);
        Self { master: pair.master, child, keys, written, parser, log: Vec::new() }
    }

    /// Presses keys, or types text.
    pub fn press(&mut self, keys: &str) {
        let writer = self.keys.as_mut().expect("the terminal is open");
        writer.write_all(keys.as_bytes()).and_then(|()| writer.flush()).expect("keys go in");
    }

    /// Presses keys and waits for text on the screen.
    pub fn press_for(&mut self, keys: &str, text: &str) -> String {
        self.press(keys);
        self.wait_for(text)
    }

    /// Waits until the screen shows `text`; returns the screen.
    pub fn wait_for(&mut self, text: &str) -> String {
        self.wait_until(text, |screen| screen.contains(text))
    }

    /// Waits until the screen no longer shows `text`; returns the screen.
    pub fn wait_without(&mut self, text: &str) -> String {
        self.wait_until(&format!("no `{text}`"), |screen| !screen.contains(text))
    }

    /// Waits until the screen is as wanted; returns it.
    pub fn wait_until(&mut self, what: &str, is_there: impl Fn(&str) -> bool) -> String {
        let deadline = deadline();
        loop {
            let screen = self.screen();
            if self.is_whole() && is_there(&screen) {
                return screen;
            }
            assert!(self.read_until(deadline), "waited for {what}, the screen is:\n{screen}");
        }
    }

    /// Whether the screen is not in the middle of being drawn: each drawing ends by
    /// hiding the cursor, or by showing it and putting it somewhere.
    fn is_whole(&self) -> bool {
        if !self.parser.screen().alternate_screen() {
            return true;
        }
        let tail = &self.log[self.log.len().saturating_sub(24)..];
        let tail = String::from_utf8_lossy(tail);
        let shown = tail.rsplit_once("\x1b[?25h").and_then(|(_, at)| at.strip_prefix("\x1b["));
        let is_placed = shown
            .and_then(|at| at.strip_suffix('H'))
            .is_some_and(|at| at.chars().all(|c| c.is_ascii_digit() || c == ';'));
        is_placed || tail.ends_with("\x1b[?25l")
    }

    /// Takes in what the program writes next; false at the end or the deadline.
    fn read_until(&mut self, deadline: Instant) -> bool {
        #[expect(clippy::disallowed_methods, reason = "a deadline for a hanging program")]
        let left = deadline.saturating_duration_since(Instant::now());
        match self.written.recv_timeout(left) {
            Ok(bytes) => {
                self.parser.process(&bytes);
                self.log.extend(bytes);
                true
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => false,
        }
    }

    /// Returns the screen with its colours.
    pub fn cells(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Returns the screen as text, without blanks at the ends of lines.
    pub fn screen(&self) -> String {
        let (_, width) = self.parser.screen().size();
        let rows: Vec<String> = self
            .parser
            .screen()
            .rows(0, width.get())
            .map(|row| row.trim_end().to_owned())
            .collect();
        rows.join("\n")
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.parser.set_size(cells(height), cells(width));
        self.master.resize(size(width, height)).expect("another size");
    }

    /// Sends a signal to the program.
    pub fn signal(&self, name: &str) {
        let id = self.child.process_id().expect("the program runs").to_string();
        let done = std::process::Command::new("/bin/kill").args(["-s", name, &id]).status();
        assert!(done.expect("kill").success(), "{name}");
    }

    /// Waits for the program to end by itself.
    pub fn end(mut self) -> End {
        let deadline = deadline();
        while self.read_until(deadline) {}
        #[expect(clippy::disallowed_methods, reason = "a deadline for a hanging program")]
        let is_late = Instant::now() >= deadline;
        if is_late {
            let _ = self.child.kill();
            panic!("the program does not end, the screen is:\n{}", self.screen());
        }
        let status = self.child.wait().expect("the program ended").exit_code();
        let screen = self.parser.screen();
        let is_taken =
            screen.alternate_screen() || screen.hide_cursor() || screen.bracketed_paste();
        End {
            status,
            screen: self.screen(),
            is_taken,
            log: String::from_utf8_lossy(&self.log).into_owned(),
        }
    }

    /// Asserts that the program ends well and gives the terminal back.
    pub fn ends_well(self) {
        let end = self.end();
        assert_eq!(end.status, 0, "{}", end.screen);
        assert!(!end.is_taken, "{:?}", end.log);
    }
}

fn deadline() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "a deadline for a hanging program")]
    let now = Instant::now();
    now + PATIENCE
}
