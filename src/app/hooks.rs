//! Other programs that the learner configured: one that speaks, one that is told.
//!
//! They are run as argument lists, never through a shell, and nobody waits for them.

use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::language::language;
use crate::domain::safe;
use crate::error::Error;

/// Programs of one run that may be at work at once: a key that is held down must not
/// start hundreds.
const MOST_AT_ONCE: usize = 4;

/// What takes the place of the names in braces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// `{text}`: what is to be said; its language is `{lang}`.
    pub text: String,
    /// `{front}`.
    pub front: String,
    /// `{back}`.
    pub back: String,
    /// `{reading}`.
    pub reading: String,
    /// `{deck}`.
    pub deck: String,
}

/// The programs of this run.
#[derive(Clone, Debug, Default)]
pub struct Hooks {
    at_work: Arc<AtomicUsize>,
    /// The newest failure that nobody has heard of.
    failure: Arc<Mutex<Option<String>>>,
}

impl Hooks {
    /// Starts a program and comes back at once; an empty list starts none.
    ///
    /// # Errors
    /// It cannot be started, or too many are at work.
    pub fn run(&self, hook: &[String], words: &Words) -> Result<(), Error> {
        let filled: Vec<String> = hook.iter().map(|argument| fill(argument, words)).collect();
        let Some((program, arguments)) = filled.split_first() else { return Ok(()) };
        if self.at_work.load(Ordering::SeqCst) >= MOST_AT_ONCE {
            return Err(Error::Invalid(format!("{program} has not ended yet")));
        }
        let mut command = Command::new(crate::paths::expand_home(program));
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // Keys such as Ctrl-C are for us alone.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child =
            command.spawn().map_err(|source| Error::File { path: program.into(), source })?;
        self.wait_aside(child, program.clone())
            .map_err(|source| Error::File { path: program.into(), source })
    }

    /// Waits for the end of a program in a thread of its own, so that it does not stay
    /// behind as a zombie.
    ///
    /// # Errors
    /// There can be no further thread. The program runs; its end is not heard.
    fn wait_aside(&self, mut child: Child, program: String) -> std::io::Result<()> {
        let Self { at_work, failure } = self.clone();
        let wait = move || {
            let said = match child.wait() {
                Ok(status) if status.success() => None,
                Ok(status) => Some(format!("{program} ended with {status}")),
                Err(error) => Some(format!("{program}: {error}")),
            };
            at_work.fetch_sub(1, Ordering::SeqCst);
            if said.is_some() {
                *failure.lock().unwrap_or_else(PoisonError::into_inner) = said;
            }
        };
        self.at_work.fetch_add(1, Ordering::SeqCst);
        let thread = std::thread::Builder::new().name("hook".to_owned()).spawn(wait);
        if thread.is_err() {
            self.at_work.fetch_sub(1, Ordering::SeqCst);
        }
        thread.map(drop)
    }

    /// Returns the newest failure that was not told yet.
    #[must_use]
    pub fn failure(&self) -> Option<String> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Puts the words into one argument. What they hold is not looked at again, and text
/// of a card never becomes an option: a blank stands before its hyphen.
fn fill(argument: &str, words: &Words) -> String {
    let mut filled = String::new();
    let mut rest = argument;
    while let Some((before, after)) = rest.split_once('{') {
        let found = after.split_once('}').and_then(|(name, after)| {
            let value = match name {
                "text" => words.text.as_str(),
                "lang" => language(&words.text),
                "front" => words.front.as_str(),
                "back" => words.back.as_str(),
                "reading" => words.reading.as_str(),
                "deck" => words.deck.as_str(),
                _ => return None,
            };
            Some((value, after))
        });
        filled.push_str(before);
        if let Some((value, after)) = found {
            if filled.is_empty() && value.starts_with('-') {
                filled.push(' ');
            }
            filled.push_str(&safe::line(value));
            rest = after;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        Words {
            text: "国家安全委员会 {back}; $(id)".into(),
            front: "--help".into(),
            back: "country\0\u{1b}[31m".into(),
            reading: "guójiā".into(),
            deck: "中文".into(),
        }
    }

    #[test]
    fn words_are_put_in_once_and_stay_one_argument() {
        for (argument, filled) in [
            ("{text}", "国家安全委员会 {back}; $(id)"),
            ("{lang}", "zh"),
            ("-v{lang}", "-vzh"),
            ("{front}", " --help"),
            ("--text={front}", "--text=--help"),
            ("{reading} ({deck})", "guójiā (中文)"),
            ("{unknown} {", "{unknown} {"),
            ("plain", "plain"),
        ] {
            assert_eq!(fill(argument, &words()), filled, "{argument}");
        }
        assert!(!fill("{back}", &words()).contains(['\0', '\u{1b}']));
    }

    #[test]
    fn nothing_is_run_where_nothing_is_configured() {
        let hooks = Hooks::default();
        hooks.run(&[], &words()).unwrap();
        let missing = ["/nowhere/no such program".to_owned()];
        let said = hooks.run(&missing, &words()).unwrap_err().to_string();
        assert!(said.starts_with("/nowhere/no such program: "), "{said}");
    }

    #[cfg(unix)]
    #[test]
    fn a_program_runs_without_a_shell_and_its_failure_is_told_later() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("said");
        let hooks = Hooks::default();
        // `touch` makes a file for each argument: one name, whatever it holds.
        let name = format!("{}/{{text}}", folder.path().display());
        let odd = Words { text: "$(id); a b".into(), ..words() };
        hooks.run(&["touch".to_owned(), "--".to_owned(), name], &odd).unwrap();
        hooks.run(&["false".to_owned()], &odd).unwrap();
        let failed = loop {
            if let Some(said) = hooks.failure() {
                break said;
            }
            std::thread::yield_now();
        };
        assert!(failed.starts_with("false ended with"), "{failed}");
        while hooks.at_work.load(Ordering::SeqCst) > 0 {
            std::thread::yield_now();
        }
        assert!(folder.path().join("$(id); a b").exists());
        assert!(!out.exists());
    }
}
