//! What XML and HTML files say of their own encoding.

use encoding_rs::{Encoding, UTF_8};

/// Bytes at the start in which a declaration is looked for.
const HEAD: usize = 2048;

/// Returns the encoding that an XML declaration or a `<meta>` names, unless it is UTF-8.
pub(super) fn encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let head = head.trim_start();
    let label = if let Some(declaration) = head.strip_prefix("<?xml") {
        value(declaration.split("?>").next()?, "encoding")
    } else if head.starts_with('<') {
        head.split("<meta").skip(1).find_map(|tag| value(tag.split('>').next()?, "charset"))
    } else {
        None
    };
    let encoding = Encoding::for_label_no_replacement(label?.as_bytes())?;
    // The head was read as bytes of ASCII, so it is no UTF-16 whatever it says.
    (encoding != UTF_8 && encoding.is_ascii_compatible()).then_some(encoding)
}

/// Returns the value behind `name=`, in quotes or without.
fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let rest = text.split_once(name)?.1.trim_start().strip_prefix('=')?;
    let rest = rest.trim_start().trim_start_matches(['"', '\'']);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_.:".contains(c));
    Some(&rest[..end.unwrap_or(rest.len())]).filter(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_names_the_encoding() {
        for (head, name) in [
            ("<?xml version=\"1.0\" encoding=\"GB2312\"?><a/>", Some("GBK")),
            ("\n<?xml version='1.0' encoding='Big5' ?>", Some("Big5")),
            ("<html><meta charset=shift_jis>", Some("Shift_JIS")),
            (
                "<!doctype html><META http-equiv=x content=\"text/html; charset=euc-kr\">",
                Some("EUC-KR"),
            ),
            ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", None),
            ("<?xml version=\"1.0\" encoding=\"UTF-16\"?>", None),
            ("<?xml version=\"1.0\"?> encoding=\"big5\"", None),
            ("a meta charset=big5", None),
            ("<meta charset=", None),
        ] {
            assert_eq!(encoding(head.as_bytes()).map(Encoding::name), name, "{head}");
        }
    }

    #[test]
    fn a_file_is_read_as_it_declares() {
        let xml = "<?xml version=\"1.0\" encoding=\"Big5\"?><a>\u{6cd5}</a>";
        let (bytes, _, _) = encoding_rs::BIG5.encode(xml);
        let decoded = crate::import::encoding::decode(&bytes, None).unwrap();
        assert_eq!((decoded.encoding, decoded.text.as_ref()), ("Big5", xml));
        assert!(decoded.warning.is_none());
    }
}
