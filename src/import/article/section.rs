//! What a line is when it is no side of a pair: heading, attribution, date,
//! site furniture.

use super::attribution::attribution;
use super::furniture::{is_furniture, is_metadata};
use super::heading::{bracketed, is_header_row, is_list_name, is_part, known_section};
use super::inline::{Bond, Split};
use super::line::{Line, Marker, Share, is_cjk, is_latin};

/// The part that a line plays in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A side of a pair, or prose.
    Item,
    /// A heading with its bare text.
    Heading(String),
    /// Who said it, without the dashes.
    Attribution(String),
    /// A date, a source, a byline, a comment.
    Metadata,
    /// Site furniture.
    Boilerplate,
    /// A rule: another article or part begins.
    Rule,
}

/// Splits `【X】rest` into the heading's line and the line of the rest.
pub(super) fn part_headings(lines: Vec<Line>) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let cut = bracketed(&line.text).filter(|(name, rest)| {
            !rest.is_empty() && (name.chars().count() >= 3 || known_section(name).is_some())
        });
        let Some((name, rest)) = cut.map(|(name, rest)| (name.to_owned(), rest.to_owned())) else {
            out.push(line);
            continue;
        };
        // An English version of the name beside it says nothing more.
        let translated = !rest.contains(is_cjk) && Share::of(&rest).words <= 4;
        if known_section(&name).is_some() && (known_section(&rest).is_some() || translated) {
            out.push(Line { text: format!("【{name}】"), ..line });
            continue;
        }
        out.push(Line { text: format!("【{name}】"), blank_after: false, ..line.clone() });
        let marker = match line.marker {
            Marker::Heading(_) => Marker::None,
            other => other,
        };
        out.push(Line { text: rest, blank_before: false, marker, ..line });
    }
    out
}

/// Returns the part that a line plays; `splits` are the pairs that it holds.
pub(super) fn role(line: &Line, splits: &[Split], before: Option<&Line>) -> Role {
    let text = line.text.trim();
    match line.marker {
        Marker::Rule => return Role::Rule,
        Marker::Furniture => return Role::Boilerplate,
        Marker::FrontMatter | Marker::Comment => return Role::Metadata,
        _ => {}
    }
    if let Some((name, "")) = bracketed(text) {
        return Role::Heading(name.to_owned());
    }
    if let Some(name) = known_section(text) {
        return Role::Heading(name.to_owned());
    }
    if let [split] = splits
        && known_section(&split.cjk).is_some()
        && (known_section(&split.latin).is_some()
            || is_list_name(&split.latin)
            || matches!(line.marker, Marker::Heading(_)))
    {
        return Role::Heading(split.cjk.clone());
    }
    if splits.is_empty() && is_part(text) {
        return Role::Heading(text.to_owned());
    }
    if splits.is_empty() && is_introduction(text) {
        return Role::Heading(text.trim_end_matches([':', '：']).to_owned());
    }
    if is_header_row(text) {
        return Role::Heading(String::new());
    }
    if let Some(attribution) = attribution(line, splits, before) {
        return Role::Attribution(attribution);
    }
    if is_furniture(text) {
        return Role::Boilerplate;
    }
    if is_metadata(text, splits) {
        return Role::Metadata;
    }
    if matches!(line.marker, Marker::Heading(_)) {
        if let [split] = splits
            && split.bond > Bond::Acronym
        {
            return Role::Item;
        }
        return Role::Heading(text.to_owned());
    }
    if !text.contains(is_cjk) && !text.contains(is_latin) {
        return Role::Metadata;
    }
    Role::Item
}

/// Whether a short text announces what follows: `动词：`, `New words:`.
fn is_introduction(text: &str) -> bool {
    let share = Share::of(text);
    let short = match share.cjk {
        0 => share.words <= 4,
        chars => chars <= 8 && share.letters == 0,
    };
    short && text.ends_with([':', '：']) && !text.contains(['，', '。', ','])
}

#[cfg(test)]
mod tests {
    use super::super::inline;
    use super::*;

    fn role_of(text: &str) -> Role {
        let line = Line { text: text.to_owned(), ..Line::default() };
        let before = Line { text: "句子。".to_owned(), ..Line::default() };
        role(&line, &inline::pairs(text), Some(&before))
    }

    #[test]
    fn lines_play_their_parts() {
        for text in ["【知识点】", "[ 相关词汇 ]", "相关词汇：", "Vocabulary", "中文 | 英文 | |"]
        {
            assert!(matches!(role_of(text), Role::Heading(_)), "{text}");
        }
        for text in [
            "——2022年11月3日，陈望舒在年会上的讲话",
            "--2022年11月3日,某人的贺信",
            "— Lin Hai, speech at the forum, 2021",
            "——陈望舒",
            "（摘自《夜读》2021年版）",
        ] {
            assert!(matches!(role_of(text), Role::Attribution(_)), "{text}");
        }
        for text in [
            "2023.5.16   阅读写作2班林小禾",
            "来源：滨河晚报网",
            "来源：China Daily",
            "Chess Corner 2020-02-11 10:05",
            "site.example 2021-05-06 16:20",
            "2024年5月1日 星期三",
        ] {
            assert_eq!(role_of(text), Role::Metadata, "{text}");
        }
        for text in
            ["本文于“滨河阅读”平台首发", "（未经授权不得转载）", "分享到微信", "首页  | 棋艺课堂"]
        {
            assert_eq!(role_of(text), Role::Boilerplate, "{text}");
        }
        for text in [
            "自助借还机",
            "来源：source",
            "survey telescope",
            "西山天文台2025年3月8日宣布建成一架望远镜。",
            "2025年世界人工智能大会",
            "读写分离 – read-write splitting",
        ] {
            assert_eq!(role_of(text), Role::Item, "{text}");
        }
    }

    #[test]
    fn a_heading_in_front_of_a_text_is_parted_from_it() {
        let line = Line { text: "【每日一词】夜间图书馆".to_owned(), ..Line::default() };
        let texts: Vec<_> = part_headings(vec![line]).into_iter().map(|l| l.text).collect();
        assert_eq!(texts, ["【每日一词】", "夜间图书馆"]);
    }
}
