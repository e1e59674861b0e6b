//! The encoding that a page or an XML file says it is in.

use encoding_rs::Encoding;

/// How far down a declaration is looked for.
const ENOUGH: usize = 2048;

/// Returns the encoding that `<?xml encoding="...">` or `<meta charset="...">` names.
pub(super) fn find(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(ENOUGH)];
    let start = head.iter().position(|b| !b.is_ascii_whitespace())?;
    if head[start] != b'<' {
        return None;
    }
    let head: String = head.iter().map(|b| char::from(*b).to_ascii_lowercase()).collect();
    let xml = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let said = xml.and_then(|(declaration, _)| label(declaration, "encoding")).or_else(|| {
        head.split("<meta")
            .skip(1)
            .find_map(|meta| label(meta.split('>').next().unwrap_or_default(), "charset"))
    })?;
    Encoding::for_label_no_replacement(said.as_bytes())
}

/// Returns the value behind `name=`, with its quotes off.
fn label<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(name)?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let rest = rest.trim_start_matches(['"', '\'']);
    rest.split(['"', '\'', ' ', ';', '/', '>', '?']).next().filter(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_found() {
        for (text, name) in [
            ("<?xml version=\"1.0\" encoding='EUC-KR'?><a/>", Some("EUC-KR")),
            (
                "<html><META http-equiv=Content-Type content=\"text/html; charset=big5\">",
                Some("Big5"),
            ),
            ("\n<!doctype html><meta charset = \"windows-1250\"/>", Some("windows-1250")),
            ("<?xml version=\"1.0\"?><a encoding=\"big5\"/>", None),
            ("charset=big5\tx\n", None),
            ("<meta charset=nonsense>", None),
        ] {
            assert_eq!(find(text.as_bytes()).map(Encoding::name), name, "{text}");
        }
    }
}
