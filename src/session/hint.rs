//! How a Chinese term is probably read: a hint, made from tables.
//!
//! Shown where a note has no reading of its own, marked as a guess, never
//! stored and never used to judge an answer.

use std::collections::HashMap;
use std::sync::LazyLock;

use pinyin::ToPinyin;

use crate::domain::Fields;
use crate::domain::script::simplified_char;
use crate::domain::text::is_han;

/// The longest term that gets a hint, in characters.
const LONGEST_TERM: usize = 12;

/// Words with a character that is mostly read otherwise.
const WORDS: &str = include_str!("hint/words.txt");

/// How a character is read by itself where its first reading is not the usual one.
const SINGLE: &str = "为 wéi 行 xíng 重 zhòng 长 cháng 得 de 还 hái 都 dōu 了 le 着 zhe 乐 lè \
    的 de 地 dì 和 hé 没 méi 个 gè 大 dà 好 hǎo 少 shǎo 中 zhōng 会 huì 要 yào 只 zhǐ 种 zhǒng \
    传 chuán 率 lǜ 系 xì 说 shuō 教 jiào 数 shù 处 chù 调 diào 便 biàn 当 dāng 间 jiān 空 kōng \
    量 liàng 应 yīng 相 xiāng 转 zhuǎn 参 cān 曾 céng 朝 cháo 差 chà 藏 cáng 降 jiàng 角 jiǎo \
    觉 jué 宁 níng 强 qiáng 切 qiē 散 sàn 盛 shèng 石 shí 似 sì 宿 sù 血 xuè 与 yǔ 载 zài 正 zhèng \
    分 fēn 发 fā 干 gān 看 kàn 难 nán 弹 dàn 背 bèi 结 jié 倒 dǎo 更 gèng 号 hào 给 gěi 几 jǐ \
    尽 jìn 兴 xīng 冲 chōng 车 chē 单 dān 都 dōu 恶 è 供 gōng 观 guān 冠 guān 过 guò 哈 hā 何 hé \
    划 huà 华 huá 可 kě 卡 kǎ 落 luò 绿 lǜ 模 mó 那 nà 哪 nǎ 呢 ne 吗 ma 吧 ba 啊 a 么 me 们 men \
    区 qū 曲 qǔ 任 rèn 色 sè 厦 shà 上 shàng 什 shén 省 shěng 识 shí 食 shí 氏 shì 说 shuō 提 tí \
    通 tōng 同 tóng 吐 tǔ 王 wáng 文 wén 下 xià 校 xiào 信 xìn 亚 yà 咽 yàn 一 yī 不 bù 有 yǒu 语 yǔ \
    员 yuán 占 zhàn 涨 zhǎng 折 zhé 这 zhè 知 zhī 子 zǐ 作 zuò";

/// Characters that only Japanese is written with.
const JAPANESE: &str = "駅図売読帰気歩毎桜団闘価検険剣桟払沢訳釈択抜壊懐塩栄営円発転伝薬楽経継続絵緑県黒歯\
    権観関雑郷竜滝変済斎従縦単厳収巣焼乗浄剰畳譲醸拠仮渓茎蛍軽鶏撃倹圏験顕効鉱砕粋酔穂髄瀬斉摂専\
    銭繊捜挿騒総聡臓蔵対帯滞嘆弾遅鋳庁聴鎮逓鉄盗徳縄悩脳廃拝髪戦込畑峠働々";

static READINGS: LazyLock<Readings> = LazyLock::new(Readings::parse);

/// A word and a syllable for each of its characters.
type Word = (Vec<char>, Vec<&'static str>);

struct Readings {
    /// Words, by their first character, longest first.
    words: HashMap<char, Vec<Word>>,
    single: HashMap<char, &'static str>,
}

impl Readings {
    fn parse() -> Self {
        let mut words: HashMap<char, Vec<Word>> = HashMap::new();
        for row in WORDS.lines().filter(|row| !row.starts_with('#')) {
            let mut parts = row.split(' ');
            let word: Vec<char> = parts.next().unwrap_or("").chars().collect();
            let syllables: Vec<&str> = parts.collect();
            if let Some(&first) = word.first()
                && word.len() == syllables.len()
            {
                words.entry(first).or_default().push((word, syllables));
            }
        }
        for group in words.values_mut() {
            group.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        let mut pairs = SINGLE.split_whitespace();
        let mut single = HashMap::new();
        while let (Some(character), Some(syllable)) = (pairs.next(), pairs.next()) {
            single.extend(character.chars().next().map(|c| (c, syllable)));
        }
        Self { words, single }
    }

    /// Returns the syllables that `rest` starts with, by the longest known word.
    fn at(&self, rest: &[char]) -> Option<Vec<&'static str>> {
        let first = *rest.first()?;
        let word = self.words.get(&first).and_then(|words| {
            words.iter().find(|(word, _)| rest.starts_with(word)).map(|(_, found)| found.clone())
        });
        word.or_else(|| self.single.get(&first).map(|syllable| vec![*syllable]))
            .or_else(|| first.to_pinyin().map(|reading| vec![reading.with_tone()]))
    }
}

/// Returns how a Chinese term of at most 12 characters is probably read: one
/// syllable with its tone mark for each character, parted by blanks.
///
/// `None` where the text is longer, holds no Chinese character, or holds kana,
/// Hangul or a character whose reading is not known. Latin words stay.
#[must_use]
pub fn pinyin_hint(front: &str) -> Option<String> {
    let foreign = |c: char| is_kana_or_hangul(c) || JAPANESE.contains(c);
    if front.contains(foreign) {
        return None;
    }
    let chars: Vec<char> = front.chars().map(simplified_char).collect();
    let count = chars.iter().filter(|c| is_han(**c)).count();
    if !(1..=LONGEST_TERM).contains(&count) {
        return None;
    }
    let mut parts: Vec<String> = Vec::with_capacity(count);
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if is_han(c) {
            let found = READINGS.at(&chars[at..])?;
            at += found.len();
            parts.extend(found.iter().map(|&syllable| syllable.to_owned()));
        } else {
            let word = chars[at..].iter().take_while(|c| !is_han(**c) && c.is_alphanumeric());
            let word: String = word.collect();
            at += word.chars().count().max(1);
            if !word.is_empty() {
                parts.push(word);
            }
        }
    }
    Some(parts.join(" "))
}

/// Returns the hint for a note that has no reading, unless anything in the note
/// is written in kana or Hangul: then the front is not Chinese.
#[must_use]
pub fn hint(fields: &Fields) -> Option<String> {
    let texts = [&fields.back, &fields.note, &fields.example, &fields.source];
    let foreign = texts.iter().any(|text| text.contains(is_kana_or_hangul))
        || fields.tags.iter().any(|tag| tag.contains(is_kana_or_hangul));
    if fields.reading.is_empty() && !foreign { pinyin_hint(&fields.front) } else { None }
}

const fn is_kana_or_hangul(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FA}' | '\u{30FC}'..='\u{318E}' | '\u{31F0}'..='\u{31FF}'
        | '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF66}'..='\u{FF9D}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_read_by_their_longest_words() {
        for (term, reading) in [
            ("人工智能", "rén gōng zhì néng"),
            ("银行", "yín háng"),
            ("银行家", "yín háng jiā"),
            ("行走", "xíng zǒu"),
            ("重庆", "chóng qìng"),
            ("重要", "zhòng yào"),
            ("会计", "kuài jì"),
            ("长城", "cháng chéng"),
            ("经济增长", "jīng jì zēng zhǎng"),
            ("音乐", "yīn yuè"),
            ("快乐", "kuài lè"),
            ("应用", "yìng yòng"),
            ("觉得", "jué de"),
            ("睡觉", "shuì jiào"),
            ("便宜", "pián yi"),
            ("大夫", "dài fu"),
            ("朝阳", "zhāo yáng"),
            ("教书", "jiāo shū"),
            ("调查", "diào chá"),
            ("处理", "chǔ lǐ"),
            ("种子", "zhǒng zi"),
            ("中奖", "zhòng jiǎng"),
            ("潮汐能", "cháo xī néng"),
            ("绿色", "lǜ sè"),
            ("音樂會", "yīn yuè huì"),
            ("AI大模型", "AI dà mó xíng"),
        ] {
            assert_eq!(pinyin_hint(term).as_deref(), Some(reading), "{term}");
        }
    }

    #[test]
    fn what_is_not_a_chinese_term_has_no_hint() {
        for text in
            ["library", "", "図書館", "食べる", "도서관", "一二三四五六七八九十一二三", "満開の駅"]
        {
            assert_eq!(pinyin_hint(text), None, "{text}");
        }
    }

    #[test]
    fn a_note_with_a_reading_or_in_japanese_has_no_hint() {
        let note = |front: &str, reading: &str, example: &str| Fields {
            front: front.into(),
            reading: reading.into(),
            example: example.into(),
            ..Fields::default()
        };
        assert!(hint(&note("天气", "", "")).is_some());
        assert!(hint(&note("天气", "tiānqì", "")).is_none());
        assert!(hint(&note("先生", "", "先生は来ます。")).is_none());
    }

    #[test]
    fn each_word_of_the_table_has_a_syllable_for_each_character() {
        for row in WORDS.lines().filter(|row| !row.starts_with('#')) {
            let mut parts = row.split(' ');
            let word = parts.next().unwrap();
            assert_eq!(word.chars().count(), parts.count(), "{row}");
            assert!(word.chars().all(|c| simplified_char(c) == c), "{row}");
        }
    }
}
