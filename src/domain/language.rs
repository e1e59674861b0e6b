//! Which language a text is in, as far as its script tells: enough to choose a voice.

/// Returns the language of `text` as a BCP 47 tag: `zh`, `ja`, `ko`, ... and `en` for
/// Latin letters, whose language nobody can see.
///
/// The script with the most letters counts. Han characters beside kana are Japanese.
#[must_use]
pub fn language(text: &str) -> &'static str {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for tag in text.chars().filter_map(tag) {
        match counts.iter_mut().find(|(known, _)| *known == tag) {
            Some((_, count)) => *count += 1,
            None => counts.push((tag, 1)),
        }
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| *count).map_or("en", |(tag, _)| *tag);
    let has_kana = counts.iter().any(|(tag, _)| *tag == "ja");
    if most == "zh" && has_kana { "ja" } else { most }
}

fn tag(c: char) -> Option<&'static str> {
    Some(match c {
        'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' => "en",
        '\u{370}'..='\u{3ff}' => "el",
        '\u{400}'..='\u{52f}' => "ru",
        '\u{590}'..='\u{5ff}' => "he",
        '\u{600}'..='\u{6ff}' => "ar",
        '\u{900}'..='\u{97f}' => "hi",
        '\u{e00}'..='\u{e7f}' => "th",
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}' => "ko",
        '\u{3041}'..='\u{30ff}' => "ja",
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' => "zh",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_chooses_the_voice() {
        for (text, tag) in [
            ("人工智能", "zh"),
            ("人工智能 (AI)", "zh"),
            ("食べ物", "ja"),
            ("東京タワー", "ja"),
            ("인공지능", "ko"),
            ("artificial intelligence", "en"),
            ("être", "en"),
            ("слово", "ru"),
            ("λόγος", "el"),
            ("42 %", "en"),
            ("", "en"),
        ] {
            assert_eq!(language(text), tag, "{text}");
        }
    }
}
