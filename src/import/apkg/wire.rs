//! The few fields of protobuf messages that are needed.

/// Returns the last number in a field, if the message has it.
pub(super) fn number(message: &[u8], field: u64) -> Option<u64> {
    Fields(message)
        .filter_map(|(at, value)| match value {
            Value::Number(number) if at == field => Some(number),
            _ => None,
        })
        .last()
}

/// Returns the last text in a field; empty where the message has none.
pub(super) fn text(message: &[u8], field: u64) -> String {
    let bytes = Fields(message).filter_map(|(at, value)| match value {
        Value::Bytes(bytes) if at == field => Some(bytes),
        _ => None,
    });
    String::from_utf8_lossy(bytes.last().unwrap_or_default()).into_owned()
}

enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    Other,
}

/// The fields of a message, up to the first that is broken.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn take(&mut self, length: u64) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(bytes)
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = (u64, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let tag = self.varint()?;
        let value = match tag & 7 {
            0 => Value::Number(self.varint()?),
            1 => self.take(8).map(|_| Value::Other)?,
            2 => {
                let length = self.varint()?;
                Value::Bytes(self.take(length)?)
            }
            5 => self.take(4).map(|_| Value::Other)?,
            _ => return None,
        };
        Some((tag >> 3, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_are_found_among_other_fields() {
        let message = b"\x08\x03\x15abcd\x12\x02hi\x19abcdefgh\x1a\x00";
        assert_eq!(number(message, 1), Some(3));
        assert_eq!(number(message, 2), None);
        assert_eq!(text(message, 2), "hi");
        assert_eq!(text(message, 3), "");
    }

    #[test]
    fn a_broken_message_ends_where_it_breaks() {
        for message in [
            &b"\x08"[..],
            b"\x12\xff\xff\xff\xff\x0f",
            b"\x0b",
            b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
        ] {
            assert_eq!(number(message, 1), None);
            assert_eq!(text(message, 2), "");
        }
    }
}
