//! What was done to a text, so that it can be taken back and done again.

/// Changes that are kept; the oldest go first.
const MOST: usize = 500;

/// One change: at `at`, `inserted` came into the place of `removed`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Byte offset in the text.
    pub at: usize,
    /// What was there.
    pub removed: String,
    /// What is there now.
    pub inserted: String,
    /// Where the cursor stood before.
    pub before: usize,
}

/// The changes of a text in their order, and those that were taken back.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Change>,
    undone: Vec<Change>,
    /// Whether the next change is a step of its own, whatever it is.
    paused: bool,
}

impl History {
    /// Keeps a change. What is typed or deleted in one go is one step, word by word.
    pub fn did(&mut self, change: Change) {
        self.undone.clear();
        let joins = !std::mem::take(&mut self.paused);
        if let Some(last) = self.done.last_mut().filter(|_| joins)
            && joined(last, &change)
        {
            return;
        }
        if self.done.len() == MOST {
            self.done.remove(0);
        }
        self.done.push(change);
    }

    /// Says that the cursor moved: what comes now is another step.
    pub fn pause(&mut self) {
        self.paused = true;
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is a change to do again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Returns the change to take back.
    pub fn undo(&mut self) -> Option<&Change> {
        self.paused = true;
        let change = self.done.pop()?;
        self.undone.push(change);
        self.undone.last()
    }

    /// Returns the change to do again.
    pub fn redo(&mut self) -> Option<&Change> {
        self.paused = true;
        let change = self.undone.pop()?;
        self.done.push(change);
        self.done.last()
    }
}

/// Makes a change part of the one before, where both were typed or deleted in one go.
fn joined(last: &mut Change, change: &Change) -> bool {
    let is_typed = |c: &Change| c.removed.is_empty() && is_one(&c.inserted);
    let is_deleted = |c: &Change| c.inserted.is_empty() && is_one(&c.removed);
    if is_typed(change) && last.removed.is_empty() && change.at == last.at + last.inserted.len() {
        // A blank ends a word, and the next one is a step of its own.
        let starts_word = last.inserted.ends_with(char::is_whitespace)
            && !change.inserted.starts_with(char::is_whitespace);
        if !starts_word {
            last.inserted.push_str(&change.inserted);
            return true;
        }
    }
    if is_deleted(change) && last.inserted.is_empty() {
        if change.at + change.removed.len() == last.at {
            last.at = change.at;
            last.removed.insert_str(0, &change.removed);
            return true;
        }
        if change.at == last.at {
            last.removed.push_str(&change.removed);
            return true;
        }
    }
    false
}

/// Whether a text is as short as what one key types or deletes.
fn is_one(text: &str) -> bool {
    text.len() <= 8 && !text.contains('\n')
}
