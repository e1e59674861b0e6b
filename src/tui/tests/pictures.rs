//! The screens as they are seen, with Chinese text, at three sizes.

use super::*;

#[test]
fn zz_print() {
    for (state, mut desk) in super::keys::desks() {
        for (w, h) in [(80, 24), (40, 12)] {
            println!("=== {state} {w}x{h}\n{}", desk.drawn_at(w, h));
        }
    }
}
