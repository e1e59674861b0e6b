//! Names of sections: 【知识点】, 重点词汇：, `Words in this story`, 主な単語.

use super::line::{Share, is_cjk, is_latin};
use crate::domain::script::simplified_char;

/// Names under which articles put their parts, beside those made of the words below.
const NAMES: &str = "\
    每日一词 每日一句 今日一词 今日一句 每日双语 每日热词 知识链接 知识拓展 背景 背景知识 背景链接 背景资料 延伸阅读 相关链接 相关阅读 推荐阅读 \
    重要讲话 重要论述 重要指示 重要讲话金句 函电贺词 贺词 贺信 名言 语录 短语 句子 词语 术语 \
    表达 注解 释义 双语全文 双语阅读 中英对照 原文 译文 正文 本文 用語 用語集 日本語 표현 \
    본문 대화 용어 background comprehension discussion summary";

/// Words that a section's name ends with, whatever stands before them.
const STRONG: &str = "\
    词汇 单词 生词 热词 词汇表 词汇库 单词表 生词表 生词本 短语表 术语表 关键词 关键字 例句 \
    好句 金句 知识点 知识卡 词组 注释 单词本 词库 単語 単語帳 単語リスト 語彙 ことば 言葉 \
    例文 語句 キーワード 単語集 단어 어휘 예문 단어장 표현 구문 키워드 어구";

/// Words that end a section's name only after one of [`QUALIFIERS`].
const WEAK: &str = "\
    短语 表达 用语 句子 句型 搭配 术语 词语 词条 名词 动词 语法 对话 讲解 解析 阅读 笔记 \
    练习 表現 用語 용어 문법";

const QUALIFIERS: &str = "\
    重点 核心 相关 更多 今日 本周 本课 本期 实用 常用 必备 高频 关键 扩展 拓展 延伸 补充 \
    其他 其它 文中 文章 课文 主要 重要 基础 学习 精彩 经典 主な 重要 今日の 新出 覚えたい \
    주요 핵심 오늘의 중요 관련 새 필수";

/// What may follow the word itself: 词汇盘点.
const ENDINGS: &str = "\
    盘点 汇总 大全 积累 总结 速递 学习 整理 合集 回顾 精选 小结 解析 拓展 一覧 정리";

/// English words for lists.
const LISTS: &str = "\
    vocabulary glossary words phrases expressions keywords terms terminology idioms \
    sentences quotes examples notes wordlist vocab";

/// Section names whose sentences are quotations.
const QUOTATIONS: &str = "\
    讲话 論述 论述 指示 贺词 贺信 贺电 金句 名言 语录 致辞 演讲 引语 quotation quote remarks";

/// Whether the sentences of a section of this name are quotations.
pub(super) fn is_quotation_section(name: &str) -> bool {
    let name = name.to_lowercase();
    QUOTATIONS.split(' ').any(|part| name.contains(part))
}

/// Whether a text is the name of a section.
pub(super) fn is_section(text: &str) -> bool {
    known_section(text).is_some() || bracketed(text).is_some()
}

/// Returns the section name that a text is, without marks around it.
pub(super) fn known_section(text: &str) -> Option<&str> {
    let text = text.trim();
    let mark = |c: char| {
        c.is_ascii_punctuation()
            || matches!(
                c,
                '：' | '·'
                    | '—'
                    | '•'
                    | '▍'
                    | '▌'
                    | '■'
                    | '◆'
                    | '丨'
                    | ' '
                    | '●'
                    | '★'
                    | '☆'
                    | '▼'
                    | '▶'
                    | '◎'
                    | '〓'
                    | '\u{1F300}'..='\u{1FAFF}'
            )
    };
    let bare = text.trim_matches(mark);
    let share = Share::of(bare);
    let known = match (share.cjk > 0, share.letters > 0) {
        (true, false) => is_own_name(bare),
        (false, true) => is_english_name(bare, text.ends_with([':', '：'])),
        _ => false,
    };
    known.then_some(bare)
}

/// Whether a text in the language beside English names a list or a part.
pub(super) fn is_own_name(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let simplified: String = text.chars().map(simplified_char).collect();
    is_written_name(&simplified) || (simplified != text && is_written_name(&text))
}

fn is_written_name(text: &str) -> bool {
    if NAMES.split(' ').any(|name| name == text) {
        return true;
    }
    let name = ENDINGS.split(' ').find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
    let long = name.chars().count() > 10;
    if long || name.is_empty() || name.contains(['，', '。', '、', ',', '.']) {
        return false;
    }
    STRONG.split(' ').any(|word| name.ends_with(word))
        || WEAK.split(' ').any(|word| {
            let before = name.strip_suffix(word).unwrap_or_default();
            QUALIFIERS.split(' ').any(|qualifier| before == qualifier)
        })
}

/// Whether a word for a list stands in an English text: `Kitchen words`.
pub(super) fn is_list_name(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.clone().count() <= 4 && words.any(|word| LISTS.split(' ').any(|list| list == word))
}

/// Whether an English text names a list or a part; `colon` says that one follows.
pub(super) fn is_english_name(text: &str, colon: bool) -> bool {
    const LEADS: &str = "\
    key new useful related more hot core important common basic other further today's \
    language difficult essential example sample study main additional weekly daily practical";
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || c == '&')
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\''))
        .filter(|word| !word.is_empty())
        .collect();
    let Some(first) = words.first() else { return false };
    if words.len() > 5 || text.ends_with(['.', '?', '!']) {
        return false;
    }
    if NAMES.split(' ').any(|name| name == lower) {
        return true;
    }
    let list = |word: &str| LISTS.split(' ').any(|list| list == word);
    let leads = LEADS.split(' ').any(|lead| lead == *first);
    let named = words.len() == 2
        && *first == "word"
        && ["bank", "list", "box", "power", "builder", "study"].contains(&words[1]);
    let points =
        words.len() == 2 && ["points", "point"].contains(&words[1]) && *first == "language";
    let titled = text.starts_with(char::is_uppercase) || colon || words.len() <= 2;
    let listed = words.iter().any(|word| list(word))
        && (list(first) || leads || *first == "a" && words.len() <= 3);
    // `Tea words worth knowing`, `Words in this story`.
    let told = words.iter().position(|word| *word == "words").is_some_and(|at| {
        words.get(at + 1).is_some_and(|next| ["in", "to", "for", "from", "worth"].contains(next))
    });
    titled && (named || points || listed || told)
}

/// Whether a heading announces the same text in the other language.
pub(super) fn is_version(name: &str) -> bool {
    const VERSIONS: &str = "译文 参考译文 英文 英文版 英译 英语译文 中文 中文版 中译 中文译文 翻译 日本語訳 \
        英訳 対訳 和訳 번역 영문 국문 english_version chinese_version translation english chinese \
        english_translation chinese_translation in_english in_chinese";
    let name: String = name.trim().to_lowercase().replace(' ', "_");
    VERSIONS.split_whitespace().any(|version| version == name)
        || name.chars().map(simplified_char).collect::<String>() == "译文"
}

/// Whether an English text counts a part of a course: `Lesson 4. At the hospital`.
pub(super) fn is_part(text: &str) -> bool {
    const PARTS: [&str; 12] = [
        "lesson", "unit", "day", "week", "chapter", "part", "episode", "issue", "vol", "section",
        "module", "no",
    ];
    let mut words = text.split([' ', '.', ':', '#']).filter(|word| !word.is_empty());
    let named = words.next().is_some_and(|word| PARTS.contains(&word.to_lowercase().as_str()));
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit()) && word.len() <= 3;
    named
        && words.next().is_some_and(number)
        && words.count() <= 6
        && !text.ends_with(['.', '?', '!'])
}

/// Splits a text that starts with a name in heavy brackets.
pub(super) fn bracketed(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    for (open, close) in [('【', '】'), ('〖', '〗'), ('［', '］'), ('[', ']'), ('〔', '〕')]
    {
        if let Some(inside) = text.strip_prefix(open)
            && let Some((name, rest)) = inside.split_once(close)
        {
            let (name, rest) = (name.trim(), rest.trim());
            let count = name.chars().count();
            let heavy = match open {
                // A label in front of a title; shorter ones are remarks on a word.
                '[' => (rest.is_empty() && count > 1) || (name.contains(is_cjk) && count >= 4),
                _ => true,
            };
            if (1..=30).contains(&count)
                && heavy
                && (name.contains(is_cjk) || name.contains(is_latin))
            {
                return Some((name, rest));
            }
        }
    }
    None
}

/// Whether all cells of a row are names of columns.
pub(super) fn is_header_row(text: &str) -> bool {
    const CELLS: &str = "\
    中文 英文 汉语 英语 日语 韩语 日文 韩文 词汇 单词 释义 拼音 音标 词性 例句 意思 翻译 \
    序号 编号 术语 含义 中文名 英文名 备注 说明 读音 简体 繁体 分类 译文 原文 短语 词组 \
    日本語 英語 読み 読み方 単語 意味 よみ 品詞 備考 例文 漢字 한국어 영어 단어 뜻 한자 발음 \
    의미 예문 비고 chinese english japanese korean term definition translation pinyin \
    meaning word no. no # part_of_speech notes";
    let cells: Vec<String> = text
        .split(['|', '\t', '｜', ',', '，', '/'])
        .flat_map(|cell| cell.split("  "))
        .map(|cell| cell.trim().to_lowercase())
        .filter(|cell| !cell.is_empty())
        .collect();
    let known = |cell: &String| CELLS.split(' ').any(|name| name == cell.replace(' ', "_"));
    let most = cells.iter().filter(|cell| known(cell)).count();
    // One odd column, such as the remark of a table, does not make it data.
    cells.len() >= 2 && (most == cells.len() || (most >= 3 && most + 1 == cells.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sections_are_known() {
        for text in [
            "知识点",
            "相关词汇：",
            "重点短语",
            "露营词汇",
            "本周词汇盘点",
            "★ 词汇积累",
            "更多词汇",
            "知識點",
            "相關詞匯",
            "Vocabulary",
            "Key words:",
            "Words in This Story",
            "Word Bank",
            "Useful expressions",
            "Tea words worth knowing",
            "単語",
            "天気の単語",
            "ことば",
            "주요 어휘",
            "오늘의 표현",
            "Language points",
        ] {
            assert!(known_section(text).is_some(), "{text}");
        }
        for text in [
            "口碑",
            "in other words",
            "阅读",
            "潮汐表",
            "动词",
            "word of mouth",
            "keyword",
            "cross words",
            "The words he spoke were few.",
            "term",
            "语法树",
            "passwords",
        ] {
            assert!(known_section(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_label_in_brackets_is_parted_from_its_title() {
        assert_eq!(bracketed("【每日一词】夜校"), Some(("每日一词", "夜校")));
        assert_eq!(bracketed("[한영 대역] 등대"), Some(("한영 대역", "등대")));
        assert_eq!(bracketed("[医] 心电图"), None);
    }
}
