//! Names of columns, in ten languages, and names and codes of languages.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::Field;
use crate::domain::text::fold;
use crate::import::Column;

/// What the name of a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// What the column holds.
    Column(Column),
    /// Text in the language with this code.
    Language(&'static str),
    /// A second script of the front.
    OtherScript,
}

// Names separated by bars, as people write them.

const FRONT: &str = "front|term|terms|word|words|expression|question|q|prompt|vocab|vocabulary|headword|\
    lemma|phrase|entry|kanji|hanzi|simplified|正面|术语|術語|词|詞|词语|詞語|词汇|詞彙|单词|\
    單詞|單字|生词|生詞|词条|詞條|问题|問題|原文|汉字|漢字|简体|简体字|語彙|単語|用語|表|\
    表面|質問|語|앞면|단어|용어|질문|어휘|palabra|término|termino|anverso|pregunta|vocablo|\
    expresión|mot|mots|terme|recto|vocabulaire|wort|wörter|begriff|vorderseite|frage|\
    vokabel|ausdruck|parola|termine|fronte|domanda|palavra|termo|frente|pergunta|слово|\
    термин|вопрос|лицевая сторона";

const BACK: &str = "back|definition|definitions|meaning|meanings|translation|translations|answer|a|gloss|\
    glosses|target|背面|反面|定义|定義|释义|釋義|意思|意义|翻译|翻譯|译文|譯文|答案|解释|\
    解釋|含义|含義|裏|裏面|意味|訳|和訳|訳語|答え|解答|뒷면|뜻|의미|정의|번역|답|대답|\
    significado|definición|definicion|traducción|traduccion|reverso|respuesta|signification|\
    sens|définition|traduction|verso|réponse|reponse|bedeutung|übersetzung|uebersetzung|\
    rückseite|antwort|definizione|significato|traduzione|retro|risposta|definição|tradução|\
    resposta|значение|перевод|определение|ответ";

const READING: &str = "reading|readings|pronunciation|pinyin|ipa|phonetic|phonetics|kana|hiragana|furigana|\
    romaji|rōmaji|transcription|zhuyin|bopomofo|jyutping|transliteration|romanization|\
    romanisation|拼音|读音|讀音|发音|發音|注音|音标|音標|読み|読み方|よみ|よみがな|ふりがな|\
    かな|仮名|ひらがな|発音|발음|읽기|병음|pronunciación|pronunciacion|prononciation|\
    aussprache|lesung|umschrift|pronuncia|pronúncia|lettura|произношение|транскрипция|чтение";

const NOTE: &str = "note|notes|remark|remarks|comment|comments|pos|part of speech|word class|extra|hint|\
    info|grammar|备注|備註|注释|註釋|说明|說明|词性|詞性|笔记|筆記|注|メモ|備考|品詞|비고|\
    메모|품사|설명|nota|notas|comentario|comentarios|categoría gramatical|remarque|\
    remarques|commentaire|nature|notiz|notizen|anmerkung|bemerkung|hinweis|wortart|\
    osservazioni|commento|observação|comentário|примечание|заметка|комментарий|часть речи";

const EXAMPLE: &str = "example|examples|sentence|sentences|example sentence|usage|context|例句|例子|例|例文|\
    用例|예문|예|예시|ejemplo|ejemplos|frase|exemple|exemples|beispiel|beispiele|\
    beispielsatz|satz|esempio|esempi|exemplo|exemplos|пример|примеры|предложение";

const SOURCE: &str = "source|attribution|origin|reference|来源|來源|出处|出處|出典|출처|fuente|origine|quelle|herkunft|\
    fonte|источник";

const TAGS: &str = "tag|tags|section|label|labels|category|categories|topic|topics|theme|lesson|chapter|level|unit|\
    标签|標籤|分类|分類|类别|類別|主题|主題|课|单元|級別|级别|タグ|カテゴリ|カテゴリー|課|\
    태그|분류|주제|etiqueta|etiquetas|categoría|tema|étiquette|étiquettes|catégorie|thème|\
    schlagwort|schlagwörter|kategorie|thema|lektion|etichetta|etichette|categoria|тег|теги|\
    метки|категория|тема";

const DECK: &str =
    "deck|deck name|牌组|牌組|卡组|デッキ|덱|mazo|paquet|stapel|mazzo|baralho|колода";

const ID: &str = "id|guid|uid|uuid|ext id|note id|identifier";

const IGNORE: &str = "no|no.|nr|nr.|#|index|number|num|rank|frequency|freq|audio|sound|image|picture|url|link|\
    date|序号|序號|编号|編號|番号|번호|音频|图片|notetype|note type|nummer|número|numéro|\
    numero|номер|n|nº|№";

const OTHER_SCRIPT: &str = "traditional|繁体|繁體|繁体字";

/// Codes and names of languages. A code that is also another name (`id`, `no`) is left out.
const LANGUAGES: &[(&str, &str)] = &[
    (
        "en",
        "en|eng|en-us|en-gb|english|英文|英语|英語|영어|englisch|anglais|inglés|ingles|\
        inglese|inglês|английский",
    ),
    (
        "zh",
        "zh|zho|chi|cn|zh-cn|zh-hans|zh-tw|zh-hant|chinese|mandarin|中文|汉语|漢語|华语|\
        国语|中国語|중국어|chinesisch|chinois|chino|cinese|chinês|китайский",
    ),
    (
        "ja",
        "ja|jp|jpn|japanese|日文|日语|日語|日本語|일본어|japanisch|japonais|japonés|\
        giapponese|japonês|японский",
    ),
    (
        "ko",
        "ko|kr|kor|korean|韩文|韩语|韓文|韓語|韓国語|한국어|koreanisch|coréen|coreano|\
        корейский",
    ),
    (
        "de",
        "de|deu|ger|german|德语|德文|ドイツ語|독일어|deutsch|allemand|alemán|tedesco|\
        alemão|немецкий",
    ),
    (
        "fr",
        "fr|fra|fre|french|法语|法文|フランス語|프랑스어|französisch|français|francais|\
        francés|francese|francês|французский",
    ),
    (
        "es",
        "es|spa|spanish|西班牙语|西班牙文|スペイン語|스페인어|spanisch|espagnol|español|\
        espanol|castellano|spagnolo|espanhol|испанский",
    ),
    (
        "it",
        "it|ita|italian|意大利语|イタリア語|이탈리아어|italienisch|italien|italiano|\
        итальянский",
    ),
    (
        "pt",
        "pt|por|pt-br|portuguese|葡萄牙语|ポルトガル語|포르투갈어|portugiesisch|\
        portugais|portugués|portoghese|português|португальский",
    ),
    ("ru", "ru|rus|russian|俄语|俄文|ロシア語|러시아어|russisch|russe|ruso|russo|русский"),
    ("ar", "ar|ara|arabic|阿拉伯语|arabisch|arabe|árabe"),
    ("nl", "nl|nld|dutch|荷兰语|nederlands|niederländisch"),
    ("pl", "pl|pol|polish|polski|polnisch"),
    ("sv", "sv|swe|swedish|svenska|schwedisch"),
    ("tr", "tr|tur|turkish|türkçe|türkisch"),
    ("vi", "vi|vie|vietnamese|tiếng việt|越南语"),
    ("th", "th|tha|thai|泰语"),
    ("hi", "hi|hin|hindi"),
    ("he", "he|heb|hebrew"),
    ("el", "el|ell|greek"),
    ("la", "la|lat|latin|latein|拉丁语"),
    ("fi", "fi|fin|finnish|suomi"),
    ("cs", "cs|ces|czech|čeština"),
    ("uk", "uk|ukr|ukrainian|українська"),
    ("id", "indonesian|bahasa indonesia"),
    ("no", "nb|norwegian|norsk"),
    ("da", "da|dan|danish|dansk"),
];

/// Returns what a column's name says, or `None` where it is no known name.
#[must_use]
pub fn name(cell: &str) -> Option<Name> {
    let cell = cell.trim().trim_matches(['*', ':', '"', '：']).trim();
    if cell.is_empty() || cell.len() > 40 {
        return None;
    }
    let folded = fold(cell).replace('_', " ");
    if let Some(name) = known(&folded) {
        return Some(name);
    }
    // `Front (English)`, `English word`.
    if let Some((before, _)) = folded.split_once('(') {
        return known(before.trim());
    }
    let (first, last) = folded.rsplit_once(' ')?;
    match (known(first)?, known(last)?) {
        (Name::Language(_), Name::Column(column)) => Some(Name::Column(column)),
        _ => None,
    }
}

/// Whether a text is the name of a language, or its code.
pub(super) fn is_language(text: &str) -> bool {
    text.len() <= 24 && matches!(known(&fold(text)), Some(Name::Language(_)))
}

/// All names as they fold: what is compared is the folded form.
static KNOWN: LazyLock<HashMap<String, Name>> = LazyLock::new(|| {
    let field = |field| Name::Column(Column::Field(field));
    let columns = [
        (FRONT, field(Field::Front)),
        (BACK, field(Field::Back)),
        (READING, field(Field::Reading)),
        (NOTE, field(Field::Note)),
        (EXAMPLE, field(Field::Example)),
        (SOURCE, field(Field::Source)),
        (TAGS, field(Field::Tags)),
        (DECK, Name::Column(Column::Deck)),
        (ID, Name::Column(Column::Id)),
        (IGNORE, Name::Column(Column::Ignore)),
        (OTHER_SCRIPT, Name::OtherScript),
    ];
    let languages = LANGUAGES.iter().map(|(code, names)| (*names, Name::Language(code)));
    let mut known = HashMap::new();
    for (names, meaning) in columns.into_iter().chain(languages) {
        for name in names.split('|') {
            known.entry(fold(name)).or_insert(meaning);
        }
    }
    known
});

fn known(name: &str) -> Option<Name> {
    KNOWN.get(name).copied()
}

/// The names of all columns of a header; `None` for a name that is not known.
pub type Names = Vec<Option<Name>>;

/// Returns the names in a record that is a header, or `None` where it is data.
///
/// A header names a front and a back, or two languages; most of its cells are
/// known names, and the record behind it is not one too.
#[must_use]
pub fn names<S: AsRef<str>>(cells: &[S], next: Option<&[S]>) -> Option<Names> {
    let names = all(cells)?;
    // Two rows of languages: a list of their names.
    let is_language = |name: &Option<Name>| matches!(name, Some(Name::Language(_)));
    let next_name = |cell: &S| is_language(&name(cell.as_ref()));
    let follows = next.map_or(0, |next| next.iter().filter(|cell| next_name(cell)).count());
    let is_list = follows >= 2 && names.iter().filter(|name| is_language(name)).count() >= 2;
    (!is_list).then_some(names)
}

fn all<S: AsRef<str>>(cells: &[S]) -> Option<Names> {
    let mut names: Names = cells.iter().map(|cell| name(cell.as_ref())).collect();
    let filled = cells.iter().filter(|cell| !cell.as_ref().trim().is_empty()).count();
    // `source` and `target` are the sides of a translation.
    let is = |name: &str| cells.iter().position(|cell| fold(cell.as_ref().trim()) == name);
    if let (Some(source), Some(_)) = (is("source"), is("target")) {
        names[source] = Some(Name::Column(Column::Field(Field::Front)));
    }
    // `a` is an answer only beside `q`.
    if let (Some(a), None) = (is("a"), is("q")) {
        names[a] = None;
    }
    let known = names.iter().flatten().count();
    let has = |field| names.contains(&Some(Name::Column(Column::Field(field))));
    let mut languages: Vec<&str> = names
        .iter()
        .filter_map(|name| match name {
            Some(Name::Language(code)) => Some(*code),
            _ => None,
        })
        .collect();
    languages.dedup();
    let front = has(Field::Front) || has(Field::Example) || has(Field::Reading);
    let sides = languages.len()
        + usize::from(front || names.contains(&Some(Name::OtherScript)))
        + usize::from(has(Field::Back));
    let has_both = has(Field::Front) && has(Field::Back);
    let is_header = known >= 2 && sides >= 2 && (known * 2 >= filled || known >= 4 || has_both);
    is_header.then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_in_ten_languages_are_known() {
        for header in [
            &["Front", "Back"][..],
            &["term", "definition"],
            &["Word", "Pinyin", "Meaning"],
            &["中文", "英文"],
            &["单词", "释义"],
            &["単語", "読み方", "意味"],
            &["단어", "뜻"],
            &["palabra", "significado"],
            &["mot", "traduction"],
            &["Wort", "Übersetzung"],
            &["parola", "traduzione"],
            &["palavra", "tradução"],
            &["слово", "перевод"],
            &["en", "zh-CN"],
            &["EN", "DE", "FR"],
            &["source", "target"],
            &["English word", "Chinese meaning"],
            &["Front (English)", "Back (Chinese)"],
            &["Sentence", "Translation"],
            &["kanji", "kana", "english", "jlpt"],
        ] {
            assert!(names(header, None).is_some(), "{header:?}");
        }
    }

    #[test]
    fn data_is_never_taken_for_a_header() {
        for row in [
            &["apple", "苹果"][..],
            &["word", "单词"],
            &["English", "英语"],
            &["front", "前面的"],
            &["note", "anmerken"],
            &["tag", "day"],
            &["Term", "Begriff, Frist"],
        ] {
            assert_eq!(names(row, None), None, "{row:?}");
        }
        let languages = [["English", "中文"], ["German", "德语"]];
        assert_eq!(names(&languages[0], Some(&languages[1])), None);
    }
}
