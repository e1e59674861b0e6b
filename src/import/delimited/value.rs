//! What single values look like: numbers, addresses, ids, sounds of words.

use super::delimiter::is_cjk;

pub(super) fn is_number(value: &str) -> bool {
    value.bytes().any(|b| b.is_ascii_digit())
        && value.bytes().all(|b| b.is_ascii_digit() || b"+-.,/:%()$ TZ".contains(&b))
}

/// Whether a value is an address, of a page or of a person.
pub(super) fn is_address(value: &str) -> bool {
    let is_mail = || value.split_once('@').is_some_and(|(_, host)| host.contains('.'));
    !value.contains(' ') && (value.contains("://") || is_mail())
}

pub(super) fn is_media(value: &str) -> bool {
    (value.starts_with("[sound:") && value.ends_with(']'))
        || (value.starts_with("<img") && value.ends_with('>'))
        || value.rsplit_once('.').is_some_and(|(_, ending)| {
            ["mp3", "ogg", "wav", "m4a", "jpg", "jpeg", "png", "gif", "webp"]
                .contains(&ending.to_ascii_lowercase().as_str())
        })
}

/// Whether a value is an id: hexadecimal digits, a UUID, or a run of letters,
/// digits and marks that no word is.
pub(super) fn is_id(value: &str) -> bool {
    // A mark at the end makes no word an id, nor do tags around it.
    let value = value.trim_end_matches(['!', '?', '.', ';']);
    let length = value.len();
    let is_hex = length >= 8 && value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let has = |test: fn(&u8) -> bool| value.as_bytes().iter().any(test);
    let is_random = (8..=24).contains(&length)
        && !value.contains("</")
        && !value.contains("/>")
        && value.is_ascii()
        && !value.contains(' ')
        && (has(u8::is_ascii_digit) || has(|b| b"!#$%&*+;<>?@[]^`{|}~".contains(b)))
        && has(u8::is_ascii_alphabetic);
    (is_hex && has(u8::is_ascii_digit)) || is_random
}

/// Whether a value says how something is pronounced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phonetic {
    No,
    /// Accents that are tones, or the letters of another language.
    Maybe,
    Certain,
}

impl Phonetic {
    /// Looks for pinyin with tones, and for phonetic script or anything in slashes or brackets.
    pub(super) fn of(value: &str) -> Self {
        const FLAT_OR_CARON: &str = "āǎēěīǐōǒūǔǖǚĀǍĒĚŌǑ";
        const ACUTE_OR_GRAVE: &str = "áàéèíìóòúùǘǜÁÀÉÈÓÒ";
        const IPA: &str = "ˈˌːəɪʊɛɔæɑʌɜɒʃʒθðŋɡɹɾʔɲɕʑɯɤɨʏɐʁχβɣ";
        let inner = |open: char, close: char| {
            value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close))
        };
        let bracketed = inner('/', '/').or_else(|| inner('[', ']'));
        if bracketed.is_some_and(|inner| !inner.is_empty()) {
            return Self::Certain;
        }
        if value.chars().any(is_cjk) {
            return Self::No;
        }
        let count = |set: &str| value.chars().filter(|c| set.contains(*c)).count();
        let chars = value.chars().count();
        if count(IPA) * 4 >= chars {
            return Self::Certain;
        }
        let mut words = value
            .split(|c: char| c.is_whitespace() || "-'’,·/().…;".contains(c))
            .filter(|word| !word.is_empty())
            .peekable();
        if words.peek().is_some() && words.clone().all(is_numbered) {
            return Self::Certain;
        }
        let is_letter = |c: char| {
            c.is_ascii_alphabetic()
                || "üÜ".contains(c)
                || FLAT_OR_CARON.contains(c)
                || ACUTE_OR_GRAVE.contains(c)
        };
        let toned = count(FLAT_OR_CARON) + count(ACUTE_OR_GRAVE);
        if toned == 0 || toned * 6 < chars || !words.all(|word| word.chars().all(is_letter)) {
            return Self::No;
        }
        // Macrons are written in Latin too, accents nearly everywhere.
        Self::Maybe
    }
}

/// Whether a word is syllables with their tones in digits, such as `ren2gong1`.
pub(super) fn is_numbered(word: &str) -> bool {
    word.ends_with(['1', '2', '3', '4', '5'])
        && word.split_inclusive(['1', '2', '3', '4', '5']).all(|syllable| {
            let letters = &syllable[..syllable.len() - 1];
            (1..=8).contains(&letters.len())
                && letters.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, 'ü' | ':'))
        })
}

/// Whether a value names a part of speech.
pub(super) fn is_word_class(value: &str) -> bool {
    const CLASSES: &[&str] = &[
        "noun",
        "verb",
        "adjective",
        "adverb",
        "pronoun",
        "preposition",
        "conjunction",
        "interjection",
        "determiner",
        "article",
        "numeral",
        "particle",
        "phrase",
        "proper noun",
        "n",
        "v",
        "vt",
        "vi",
        "adj",
        "adv",
        "pron",
        "prep",
        "conj",
        "interj",
        "det",
        "num",
        "art",
        "part",
        "expr",
        "phr",
        "prop",
        "m",
        "f",
        "nt",
        "nm",
        "nf",
        "aux",
        "substantiv",
        "adjektiv",
        "pronomen",
        "präposition",
        "konjunktion",
        "nom",
        "verbe",
        "adjectif",
        "adverbe",
        "sustantivo",
        "verbo",
        "adjetivo",
        "adverbio",
        "名词",
        "动词",
        "形容词",
        "副词",
        "代词",
        "介词",
        "连词",
        "量词",
        "助词",
        "名詞",
        "動詞",
        "形容詞",
        "副詞",
        "助詞",
        "명사",
        "동사",
        "형용사",
        "부사",
        "сущ",
        "глаг",
        "прил",
        "нареч",
        "существительное",
        "глагол",
    ];
    value.len() <= 40
        && value
            .to_lowercase()
            .split([',', '/', ';', '&'])
            .all(|class| CLASSES.contains(&class.trim().trim_end_matches('.')))
}

pub(super) fn is_kana(value: &str) -> bool {
    let mut any = false;
    for c in value.chars() {
        match c {
            '\u{3041}'..='\u{30ff}' => any = true,
            ' ' | '\u{3000}' | '～' | '~' | '-' | '（' | '）' | '(' | ')' | '、' | '/' => {}
            _ => return false,
        }
    }
    any
}
