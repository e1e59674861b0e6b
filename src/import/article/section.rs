//! What a line is when it is no side of a pair: heading, attribution, date,
//! site furniture.

use super::furniture::{attribution, is_furniture, is_metadata};
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

/// Names under which articles of this kind put their sections.
const SECTIONS: [&str; 62] = [
    "知识点",
    "知識點",
    "知识链接",
    "知识拓展",
    "背景",
    "背景知识",
    "背景链接",
    "延伸阅读",
    "相关链接",
    "重要讲话",
    "重要論述",
    "重要论述",
    "重要指示",
    "重要讲话金句",
    "函电贺词",
    "贺词",
    "贺信",
    "金句",
    "名言",
    "语录",
    "相关词汇",
    "相关词语",
    "相关表达",
    "相关短语",
    "核心词汇",
    "重点词汇",
    "重点单词",
    "重点短语",
    "生词",
    "生词表",
    "单词",
    "单词表",
    "词汇",
    "词汇表",
    "词汇积累",
    "词汇学习",
    "词汇拓展",
    "短语",
    "短语表",
    "例句",
    "句子",
    "注释",
    "注解",
    "双语全文",
    "双语阅读",
    "中英对照",
    "今日热词",
    "一周热词",
    "热词",
    "关键词",
    "术语",
    "术语表",
    "vocabulary",
    "key words",
    "keywords",
    "key terms",
    "related words",
    "related terms",
    "glossary",
    "words and phrases",
    "quotes",
    "background",
];

/// Section names whose sentences are quotations.
const QUOTATIONS: [&str; 16] = [
    "讲话",
    "論述",
    "论述",
    "指示",
    "贺词",
    "贺信",
    "贺电",
    "金句",
    "名言",
    "语录",
    "致辞",
    "演讲",
    "引语",
    "quotation",
    "quote",
    "remarks",
];

/// Whether the sentences of a section of this name are quotations.
pub(super) fn is_quotation_section(name: &str) -> bool {
    let name = name.to_lowercase();
    QUOTATIONS.iter().any(|part| name.contains(part))
}

/// Whether a text is the name of a section.
pub(super) fn is_section(text: &str) -> bool {
    known_section(text).is_some() || bracketed(text).is_some()
}

/// Returns the section name that a text is, without marks around it.
fn known_section(text: &str) -> Option<&str> {
    let bare = text.trim().trim_matches(|c| ":：*#·-—•▍▌■◆丨| ".contains(c)).trim();
    let lower = bare.to_lowercase();
    SECTIONS.contains(&lower.as_str()).then_some(bare)
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

/// Splits a text that starts with a name in heavy brackets.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    for (open, close) in [('【', '】'), ('〖', '〗'), ('［', '］'), ('[', ']')] {
        if let Some(inside) = text.strip_prefix(open)
            && let Some((name, rest)) = inside.split_once(close)
        {
            let name = name.trim();
            let short = (1..=30).contains(&name.chars().count());
            let heavy = open != '[' || rest.trim().is_empty() && name.chars().count() > 1;
            if short && heavy && (name.contains(is_cjk) || name.contains(is_latin)) {
                return Some((name, rest.trim()));
            }
        }
    }
    None
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
        && (known_section(&split.latin).is_some() || matches!(line.marker, Marker::Heading(_)))
    {
        return Role::Heading(split.cjk.clone());
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

/// Whether all cells of a row are names of columns.
fn is_header_row(text: &str) -> bool {
    const NAMES: [&str; 40] = [
        "中文",
        "英文",
        "汉语",
        "英语",
        "日语",
        "韩语",
        "日文",
        "韩文",
        "词汇",
        "单词",
        "释义",
        "拼音",
        "音标",
        "词性",
        "例句",
        "意思",
        "翻译",
        "序号",
        "术语",
        "含义",
        "中文名",
        "英文名",
        "日本語",
        "英語",
        "한국어",
        "영어",
        "chinese",
        "english",
        "japanese",
        "korean",
        "term",
        "definition",
        "translation",
        "pinyin",
        "meaning",
        "word",
        "no.",
        "no",
        "#",
        "part of speech",
    ];
    let cells: Vec<String> = text
        .split(['|', '\t', '｜', ',', '，', '/'])
        .flat_map(|cell| cell.split("  "))
        .map(|cell| cell.trim().to_lowercase())
        .filter(|cell| !cell.is_empty())
        .collect();
    cells.len() >= 2 && cells.iter().all(|cell| NAMES.contains(&cell.as_str()))
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
