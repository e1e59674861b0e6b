//! The full-screen program in a pseudo-terminal: keys in, bytes and cells out.

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::collection::Collection;

/// How long a test waits for what has to come: only a program that hangs gets there.
const PATIENCE: Duration = Duration::from_secs(30);

/// The running program and what it has shown.
pub struct Screen {
    pub child: Box<dyn Child + Send + Sync>,
    /// Every byte that reached the terminal.
    pub bytes: Vec<u8>,
    cells: vt100::Parser,
    arriving: Receiver<Vec<u8>>,
    keys: Box<dyn Write + Send>,
    /// Open for as long as the program may write.
    _master: Box<dyn MasterPty + Send>,
}

impl Screen {
    /// Starts the program at noon of 2026-11-23, `days` later, on 24 lines of 80 cells.
    pub fn start(collection: &Collection, days: u32, args: &[&str]) -> Self {
        let (rows, cols): (u16, u16) = (24, 80);
        let pair =
            native_pty_system().openpty(PtySize { rows, cols, ..PtySize::default() }).unwrap();
        let ready = collection.command_on(days, args);
        let mut command = CommandBuilder::new(ready.get_program());
        command.args(ready.get_args());
        command.cwd(collection.folder());
        for (name, value) in ready.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            }
        }
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut output = pair.master.try_clone_reader().unwrap();
        let (sender, arriving) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4_096];
            // The read fails when the program has gone: then all is said.
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        let cells = vt100::Parser::new(NonZero::new(rows).unwrap(), NonZero::new(cols).unwrap(), 0);
        Self { child, bytes: Vec::new(), cells, arriving, keys, _master: pair.master }
    }

    /// Presses keys. The program may have gone already.
    pub fn press(&mut self, keys: &str) {
        let _ = self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush());
    }

    /// Returns what the screen shows, line by line.
    pub fn text(&self) -> String {
        self.cells.screen().contents()
    }

    fn take(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        self.cells.process(bytes);
    }

    /// Waits until the screen is as wanted.
    pub fn wait(&mut self, what: &str, wanted: impl Fn(&str) -> bool) {
        while !wanted(&self.text()) {
            match self.arriving.recv_timeout(PATIENCE) {
                Ok(bytes) => self.take(&bytes),
                Err(error) => panic!("{what}: {error}; the screen shows\n{}", self.text()),
            }
        }
    }

    /// Takes in what arrives until the program has gone.
    pub fn drain(&mut self) {
        while let Ok(bytes) = self.arriving.recv_timeout(PATIENCE) {
            self.take(&bytes);
        }
    }
}
