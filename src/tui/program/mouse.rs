//! What the mouse does: a click presses what is under it, the wheel scrolls.

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::Program;
use crate::domain::Now;
use crate::tui::keymap::Action;
use crate::tui::screen::Effect;
use crate::tui::screens::Hit;

impl Program {
    /// Applies what the mouse did.
    pub fn point(&mut self, event: &MouseEvent, now: Now) -> Option<Effect> {
        if !self.size.is_enough() || self.progress.is_some() {
            return None;
        }
        let action = match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                return self.click(Position { x: event.column, y: event.row }, now);
            }
            MouseEventKind::ScrollUp => Action::Up,
            MouseEventKind::ScrollDown => Action::Down,
            _ => return None,
        };
        self.press_action(action, now)
    }

    fn click(&mut self, at: Position, now: Now) -> Option<Effect> {
        match self.hit(at)? {
            Hit::Press(action) => self.press_action(action, now),
            Hit::Row(row) => {
                self.status = None;
                self.page_mut().choose(row);
                None
            }
        }
    }

    fn press_action(&mut self, action: Action, now: Now) -> Option<Effect> {
        self.status = None;
        if self.can(action) { self.act(action, now) } else { None }
    }

    /// Returns what lies at a place: a key of the footer, or something of the page.
    fn hit(&self, at: Position) -> Option<Hit> {
        let area = Rect::new(0, 0, self.size.width, self.size.height);
        if at.y + 1 == area.height {
            let footer = self.footer(area.width);
            let entry = footer.iter().find(|e| (e.x..e.x + e.cells).contains(&at.x))?;
            return entry.action.map(Hit::Press);
        }
        if self.help.is_some() {
            return None;
        }
        let content = Rect { height: area.height - 2, ..area };
        let hits = self.page().hits(self.size, content);
        hits.into_iter().find(|(place, _)| place.contains(at)).map(|(_, hit)| hit)
    }
}
