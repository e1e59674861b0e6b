//! 128-bit ids of notes, cards and events.

use std::fmt;

/// An id: 16 bytes, shown as 32 lower-case hexadecimal digits. It never changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uid(pub [u8; 16]);

impl Uid {
    /// Returns the id that the given parts always have.
    ///
    /// Each part is hashed with its length, so `("ab", "c")` and `("a", "bc")` differ.
    #[must_use]
    pub fn derive<'a>(purpose: &str, parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        let mut feed = |part: &[u8]| {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        };
        feed(purpose.as_bytes());
        parts.into_iter().for_each(&mut feed);
        let hash = hasher.finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.as_bytes()[..16]);
        Self(bytes)
    }

    /// Returns the id that a foreign document means by `text`: 32 hexadecimal
    /// digits are taken as they are, any other string by its hash.
    #[must_use]
    pub fn foreign(text: &str) -> Self {
        Self::parse(text).unwrap_or_else(|| Self::derive("foreign", [text.as_bytes()]))
    }

    /// Returns the id written as 32 lower-case hexadecimal digits, if it is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 32 {
            return None;
        }
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Some(Self(bytes))
    }

    /// Returns the lowest and the highest id that start with the given digits,
    /// or `None` when `prefix` is not made of 1 to 32 hexadecimal digits.
    #[must_use]
    pub fn range(prefix: &str) -> Option<(Self, Self)> {
        let length = prefix.len();
        if !(1..=32).contains(&length) || !prefix.bytes().all(|b| nibble(b).is_some()) {
            return None;
        }
        let low = Self::parse(&format!("{prefix:0<32}"))?;
        let high = Self::parse(&format!("{prefix:f<32}"))?;
        Some((low, high))
    }
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for Uid {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_it_was_written() {
        let uid = Uid::derive("note", [b"deck".as_slice(), b"front"]);
        assert_eq!(Uid::parse(&uid.to_string()), Some(uid));
        assert_eq!(Uid::foreign(&uid.to_string()), uid);
        assert_eq!(Uid::parse("xyz"), None);
        assert_ne!(Uid::foreign("xyz"), Uid::foreign("xyy"));
    }

    #[test]
    fn where_one_part_ends_matters() {
        assert_ne!(Uid::derive("n", [&b"ab"[..], b"c"]), Uid::derive("n", [&b"a"[..], b"bc"]));
    }

    #[test]
    fn a_prefix_names_a_range() {
        let (low, high) = Uid::range("00ff").unwrap();
        assert_eq!(low.to_string(), "00ff0000000000000000000000000000");
        assert_eq!(high.to_string(), "00ffffffffffffffffffffffffffffff");
        assert_eq!(Uid::range(""), None);
        assert_eq!(Uid::range("0x"), None);
    }
}
