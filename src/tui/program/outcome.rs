//! What comes of effects, and what the program makes of it.

use super::{Program, Screen, summary_of};
use crate::domain::Now;
use crate::session::Next;
use crate::session::summary::Summary;
use crate::tui::screen::{Effect, Outcome, Problem};
use crate::tui::screens::Page;
use crate::tui::screens::review::Review;
use crate::tui::screens::summary::SummaryScreen;
use crate::tui::widgets::bars::Status;

impl Program {
    /// Takes what came of an effect; may ask for more work.
    pub fn told(&mut self, outcome: Outcome, now: Now) -> Option<Effect> {
        match outcome {
            Outcome::Home(home) => self.home.load(home),
            Outcome::Started(request, next) => {
                // Steps of another session can no longer be taken back.
                self.undoable = 0;
                self.redoable = 0;
                if next.card.is_none() {
                    let nothing = SummaryScreen::new(request, Summary::default(), next.counts);
                    self.screen = Screen::Summary(Box::new(nothing));
                    return None;
                }
                let mut review = Review::new(request, next, now);
                review.reading = self.look.reading;
                self.screen = Screen::Review(Box::new(review));
            }
            Outcome::Answered(next) => {
                self.stepped();
                self.in_review(next, |review, next| review.answered(next, now));
            }
            Outcome::Undone(None, next) => {
                self.undoable = 0;
                self.say("There is nothing to take back.");
                self.in_review(next, |review, next| review.stepped(next, now));
            }
            Outcome::Undone(Some(undone), next) => {
                self.undoable = self.undoable.saturating_sub(1);
                self.redoable += 1;
                self.say(&format!("Taken back: {}", undone.what));
                self.screen.page_mut(&mut self.home).changed();
                self.back_to_review(&next, now);
                self.in_review(next, |review, next| review.undone(undone.was_answer, next, now));
            }
            Outcome::Redone(None, next) => {
                self.redoable = 0;
                self.say("There is nothing to do again.");
                self.in_review(next, |review, next| review.redone(false, next, now));
            }
            Outcome::Redone(Some(redone), next) => {
                self.undoable += 1;
                self.redoable = self.redoable.saturating_sub(1);
                self.say(&format!("Done again: {}", redone.what));
                self.screen.page_mut(&mut self.home).changed();
                self.in_review(next, |review, next| review.redone(true, next, now));
            }
            Outcome::Edited(false, next) => {
                self.edit = None;
                self.say("Nothing is different: there was nothing to save.");
                self.in_review(next, |review, next| review.stepped(next, now));
            }
            Outcome::Edited(true, next) => {
                self.edit = None;
                self.stepped();
                self.say("Saved.");
                self.screen.page_mut(&mut self.home).changed();
                self.in_review(next, |review, next| review.stepped(next, now));
            }
            Outcome::PutAside(how, next) => {
                self.stepped();
                self.say(how);
                self.in_review(next, |review, next| review.stepped(next, now));
            }
            Outcome::Completions(paths) => {
                if paths.is_empty() {
                    self.say("Nothing there starts like this.");
                }
                if let Screen::Import(import) = &mut self.screen {
                    import.complete(paths);
                }
            }
            Outcome::Plan(files) => {
                if let Screen::Import(import) = &mut self.screen {
                    import.show(files);
                }
            }
            Outcome::Replanned(file, plan) => {
                self.edit = None;
                if let Screen::Import(import) = &mut self.screen {
                    self.status = import.replanned(file, *plan).map(Status::Done);
                }
            }
            Outcome::Applied(line) => {
                self.notify(&line);
                self.status = Some(Status::Done(line));
                let next = match &mut self.screen {
                    Screen::Import(import) => import.go_on(),
                    _ => None,
                };
                return Some(next.unwrap_or_else(|| self.go_home()));
            }
            Outcome::Lines(request, lines) => {
                if let Screen::Import(import) = &mut self.screen {
                    import.take_lines(request, lines);
                }
            }
            Outcome::Inbox(files) => {
                self.home.inbox = files;
                self.home.knows_inbox = true;
            }
            Outcome::Editor(news) => {
                let ask = self.edit.as_mut()?.told(news)?;
                return self.grant(ask);
            }
            Outcome::Marked(marked, next) => {
                self.stepped();
                self.say(if marked { "Marked." } else { "The mark is taken away." });
                self.in_review(next, |review, next| review.stepped(next, now));
            }
            Outcome::Review(news) => {
                let ask = match &mut self.screen {
                    Screen::Review(review) => review.told(news),
                    Screen::Summary(summary) => summary.told(news),
                    _ => None,
                };
                return self.grant(ask?);
            }
            Outcome::Browse(news) => {
                if news.is_step() {
                    self.stepped();
                }
                if let Screen::Browse(browse) = &mut self.screen {
                    let ask = browse.told(news)?;
                    return self.grant(ask);
                }
            }
            Outcome::Stats(news) => {
                if let Screen::Stats(stats) = &mut self.screen {
                    let ask = stats.told(news)?;
                    return self.grant(ask);
                }
            }
            Outcome::Settings(news) => {
                if let Screen::Settings(settings) = &mut self.screen {
                    let ask = settings.told(news)?;
                    return self.grant(ask);
                }
            }
            Outcome::Spoke(problem) => self.warn_of(problem),
            Outcome::Notified(problem) => {
                self.notice = None;
                self.warn_of(problem);
            }
            Outcome::Stopped(words) => {
                self.failed();
                self.say(&words);
            }
            Outcome::Adrift(problem) => {
                self.edit = None;
                self.status = Some(Status::Wrong(problem.to_string()));
                return Some(self.go_home());
            }
            Outcome::Failed(problem) => {
                self.failed();
                self.status = Some(Status::Wrong(problem.to_string()));
                if self.screen == Screen::Home && !self.home_asked {
                    return Some(self.go_home());
                }
            }
        }
        None
    }

    fn failed(&mut self) {
        // What cannot be looked up now is not asked for again and again.
        self.screen.page_mut(&mut self.home).failed();
        if let Some(edit) = &mut self.edit {
            edit.failed();
        }
    }

    fn warn_of(&mut self, problem: Option<Problem>) {
        if let Some(problem) = problem {
            self.warn(&problem.to_string());
        }
    }

    fn stepped(&mut self) {
        self.undoable += 1;
        self.redoable = 0;
    }

    /// An undo on the summary goes back to the card.
    fn back_to_review(&mut self, next: &Next, now: Now) {
        if let Screen::Summary(summary) = &self.screen {
            let mut review = Review::new(summary.request.clone(), next.clone(), now);
            review.reading = self.look.reading;
            review.summary = summary.summary.clone();
            self.screen = Screen::Review(Box::new(review));
        }
    }

    /// Shows the next card or, when none is left, the summary.
    fn in_review(&mut self, next: Next, change: impl FnOnce(&mut Review, Next)) {
        let Screen::Review(review) = &mut self.screen else { return };
        change(review, next);
        if review.card().is_none() {
            self.edit = None;
            let answers = review.summary.done.len();
            self.screen = Screen::Summary(Box::new(summary_of(review)));
            self.notify(&format!("Session finished: {answers} answers"));
        }
    }
}
