//! The lines of a deck file as they were decoded.

use crate::error::Error;
use crate::import::{RowError, archive, cleanup, container, encoding};

use super::{Input, Result};

/// The largest file whose lines are shown, in bytes.
const MOST_BYTES: usize = 64 << 20;
/// The longest part of a line that is returned, in bytes: a file may be a single line.
const MOST_OF_LINE: usize = 4 * 1024;

/// Characters of a row that could not be read which are told with it.
const MOST_OF_ROW: usize = 40;

/// The text of a deck file, by lines as the readers count them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceText {
    text: String,
    /// Where each line starts.
    starts: Vec<usize>,
}

impl SourceText {
    /// Returns the text of a file that was read in `encoding`: without lines where it
    /// is no text or too large to be looked through.
    ///
    /// # Errors
    /// The file cannot be decoded.
    pub fn read(input: Input<'_>, encoding: &str) -> Result<Self> {
        let failed = |error| Error::Read { path: input.path.to_owned(), error };
        let packed = archive::lone_file(input.bytes).ok().flatten();
        let bytes = packed.as_ref().map_or(input.bytes, |packed| packed.bytes.as_slice());
        let is_text = matches!(container::sniff(bytes), Ok(None));
        if bytes.len() > MOST_BYTES || !is_text {
            return Ok(Self::default());
        }
        let decoded = encoding::decode(bytes, Some(encoding))
            .or_else(|_| encoding::decode(bytes, None))
            .map_err(failed)?;
        let text = cleanup::clean(decoded.text).text.into_owned();
        let after = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(after.map(|(at, _)| at + 1)).collect();
        Ok(Self { text, starts })
    }

    /// Tells rows that could not be read what stands in their lines.
    pub(super) fn name(&self, rejected: &mut [RowError]) {
        for row in rejected {
            let line = self.lines(row.line, 1).pop().unwrap_or_default();
            row.text = line.trim().chars().take(MOST_OF_ROW).collect();
        }
    }

    /// Returns lines from `from` (1-based) on, at most `count`; fewer where it ends.
    #[must_use]
    pub fn lines(&self, from: u32, count: usize) -> Vec<String> {
        let starts = self.starts.iter().skip(from.saturating_sub(1) as usize).take(count);
        let rest = starts.filter_map(|&start| self.text.get(start..).filter(|s| !s.is_empty()));
        let lines = rest.map(|rest| rest.lines().next().unwrap_or_default());
        lines.map(|line| line[..line.floor_char_boundary(MOST_OF_LINE)].to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8], encoding: &str, from: u32, count: usize) -> Vec<String> {
        SourceText::read(Input { path: "a", bytes }, encoding).unwrap().lines(from, count)
    }

    #[test]
    fn lines_are_counted_and_decoded_as_the_readers_do() {
        assert_eq!(lines(b"\xef\xbb\xbfa\r\nb\rc\n", "UTF-8", 1, 2), ["a", "b"]);
        assert_eq!(lines(b"a\n\nb", "UTF-8", 2, 9), ["", "b"]);
        assert_eq!(lines(&[0xcb, 0xae, b'\t', b'w', b'\n'], "GB18030", 1, 9), ["水\tw"]);
        assert_eq!(lines(b"\xff\xfea\0\n\0b\0", "UTF-16LE", 2, 2), ["b"]);
        assert!(lines(b"a\n", "UTF-8", 2, 5).is_empty());
        assert!(lines(b"PK\x03\x04", "", 1, 5).is_empty(), "no text");
    }
}
