//! The clipboard, by way of the terminal: that works over ssh as well.

use std::io::{Write as _, stdout};

/// Asks the terminal to put `text` on the clipboard. Whether it does cannot be known.
///
/// Source: xterm's ctlseqs, "OSC Ps ; Pt BEL", Ps = 52: `c` is the clipboard, the text
/// is base64.
pub fn copy(text: &str) {
    let sequence = format!("\x1b]52;c;{}\x07", base64(text.as_bytes()));
    // A terminal that went away says so when it is drawn on.
    let _ = stdout().write_all(sequence.as_bytes()).and_then(|()| stdout().flush());
}

/// Returns bytes in base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut group = [0; 3];
        group[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        for nth in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * nth)) as usize & 63];
            out.push(if nth <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648, section 10.
        for (text, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("国家", "5Zu95a62"),
        ] {
            assert_eq!(base64(text.as_bytes()), coded);
        }
    }
}
