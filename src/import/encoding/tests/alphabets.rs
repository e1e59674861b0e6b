//! Lists in the alphabets that a byte is enough for, and others that are easily misread.

use encoding_rs::{
    BIG5, EUC_JP, Encoding, GB18030, ISO_8859_7, KOI8_R, SHIFT_JIS, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
};

use super::super::decode;

const POLISH: &str = "żółw\tturtle\ngęś\tgoose\nłabędź\tswan\nsłoń\telephant\npająk\tspider\nświnia\tpig\n\
    źrebię\tfoal\nwąż\tsnake\nżaba\tfrog\nćma\tmoth\nkoń\thorse\nlew\tlion\n";
const CZECH: &str = "kůň\thorse\nžába\tfrog\nkočka\tcat\nměsíc\tmoon\nhvězda\tstar\nřeka\triver\n\
    dům\thouse\nčas\ttime\nsníh\tsnow\nštěstí\tluck\ndítě\tchild\nvítr\twind\n";
const HUNGARIAN: &str = "kő\tstone\ntűz\tfire\nvíz\twater\nerdő\tforest\nfű\tgrass\nfelhő\tcloud\n\
    hegy\tmountain\nszél\twind\neső\train\nhó\tsnow\nmező\tfield\nnő\twoman\n";
const TURKISH: &str = "ağaç\ttree\nçiçek\tflower\nışık\tlight\ngüneş\tsun\nyağmur\train\nşehir\ttown\n\
    öğrenci\tstudent\nkış\twinter\ndağ\tmountain\nbalık\tfish\nkuş\tbird\niğne\tneedle\n";
const GREEK: &str = "σπίτι\thouse\nδέντρο\ttree\nνερό\twater\nουρανός\tsky\nθάλασσα\tsea\nψωμί\tbread\n\
    γάλα\tmilk\nβιβλίο\tbook\nσχολείο\tschool\nήλιος\tsun\nφεγγάρι\tmoon\nαστέρι\tstar\n";
const GREEK_CAPITALS: &str = "ΣΠΙΤΙ\thouse\nΔΕΝΤΡΟ\ttree\nΝΕΡΟ\twater\nΟΥΡΑΝΟΣ\tsky\nΘΑΛΑΣΣΑ\tsea\nΨΩΜΙ\tbread\n\
    ΓΑΛΑ\tmilk\nΒΙΒΛΙΟ\tbook\nΣΧΟΛΕΙΟ\tschool\nΗΛΙΟΣ\tsun\nΦΕΓΓΑΡΙ\tmoon\nΑΣΤΕΡΙ\tstar\n";
const RUSSIAN: &str = "слово\tword\nкнига\tbook\nдерево\ttree\nмолоко\tmilk\nхлеб\tbread\nвода\twater\n\
    окно\twindow\nутро\tmorning\nвечер\tevening\nснег\tsnow\nзима\twinter\nречка\tbrook\n";
const RUSSIAN_CAPITALS: &str = "СЛОВО\tword\nКНИГА\tbook\nДЕРЕВО\ttree\nМОЛОКО\tmilk\nХЛЕБ\tbread\nВОДА\twater\n\
    ОКНО\twindow\nУТРО\tmorning\nВЕЧЕР\tevening\nСНЕГ\tsnow\nЗИМА\twinter\nРЕЧКА\tbrook\n";
const HEBREW: &str = "בית\thouse\nעץ\ttree\nמים\twater\nשמש\tsun\nירח\tmoon\nספר\tbook\nלחם\tbread\n\
    חלב\tmilk\nילד\tchild\nים\tsea\n";
const ARABIC: &str = "بيت\thouse\nشجرة\ttree\nماء\twater\nشمس\tsun\nقمر\tmoon\nكتاب\tbook\nخبز\tbread\n\
    حليب\tmilk\nطفل\tchild\nبحر\tsea\n";
const THAI: &str = "บ้าน\thouse\nต้นไม้\ttree\nน้ำ\twater\nพระอาทิตย์\tsun\nพระจันทร์\tmoon\nหนังสือ\tbook\n\
    ขนมปัง\tbread\nนม\tmilk\nเด็ก\tchild\nทะเล\tsea\n";
const NORDIC: &str = "smør\tbutter\nbrød\tbread\nægg\tegg\nfløde\tcream\nå\tstream\nøl\tbeer\nblåbær\tblueberry\n\
    kød\tmeat\nsø\tlake\nhånd\thand\n";
const KANJI: &str = "学校\tschool\n先生\tteacher\n電車\ttrain\n図書館\tlibrary\n経済\teconomy\n天気\tweather\n\
    会社員\toffice worker\n新聞\tnewspaper\n病院\thospital\n大学\tuniversity\n家族\tfamily\n写真\tphotograph\n\
    時間\ttime\n銀行\tbank\n料理\tcooking\n動物\tanimal\n";
const HALF_KANA: &str = "ｶﾒﾗ\tcamera\nﾃﾚﾋﾞ\ttelevision\nﾊﾟﾝ\tbread\nｺｰﾋｰ\tcoffee\nﾗｼﾞｵ\tradio\nﾄﾞｱ\tdoor\n\
    ﾎﾃﾙ\thotel\nﾊﾞｽ\tbus\nｽﾌﾟｰﾝ\tspoon\nﾐﾙｸ\tmilk\n";
const ZHUYIN: &str = "学校\tㄒㄩㄝㄒㄧㄠ\tschool\n老师\tㄌㄠㄕ\tteacher\n火车\tㄏㄨㄛㄔㄜ\ttrain\n\
    水\tㄕㄨㄟ\twater\n月亮\tㄩㄝㄌㄧㄤ\tmoon\n太阳\tㄊㄞㄧㄤ\tsun\n面包\tㄇㄧㄢㄅㄠ\tbread\n";
const SHORT_SIMPLIFIED: &str = "苹果\tapple\n香蕉\tbanana\n葡萄\tgrape\n西瓜\tmelon\n草莓\tstrawberry\n\
    桃子\tpeach\n柠檬\tlemon\n樱桃\tcherry\n鸡蛋\tegg\n牛奶\tmilk\n";
const SHORT_TRADITIONAL: &str = "蘋果\tapple\n香蕉\tbanana\n葡萄\tgrape\n西瓜\tmelon\n草莓\tstrawberry\n\
    桃子\tpeach\n檸檬\tlemon\n櫻桃\tcherry\n雞蛋\tegg\n牛奶\tmilk\n";

/// Returns the runs of so many rows that are read otherwise than they were written.
fn misread(deck: &str, length: usize, encoding: &'static Encoding) -> Vec<String> {
    let lines: Vec<&str> =
        deck.split_inclusive('\n').map(|line| line.trim_start_matches(' ')).collect();
    let runs = lines.windows(length.min(lines.len())).map(<[&str]>::concat);
    runs.filter_map(|text| {
        let (bytes, _, has_errors) = encoding.encode(&text);
        assert!(!has_errors, "{text}");
        let decoded = decode(&bytes, None).unwrap();
        (decoded.text != text && bytes.iter().any(|b| *b >= 0x80))
            .then(|| format!("{}: {}", decoded.encoding, decoded.text.replace('\n', " ")))
    })
    .collect()
}

#[test]
fn short_lists_in_every_alphabet_are_read_in_their_encoding() {
    let mut faults = Vec::new();
    for (name, deck, length, encoding) in [
        ("Polish", POLISH, 6, WINDOWS_1250),
        ("Czech", CZECH, 6, WINDOWS_1250),
        ("Hungarian", HUNGARIAN, 6, WINDOWS_1250),
        ("Turkish", TURKISH, 6, WINDOWS_1254),
        ("Greek", GREEK, 5, WINDOWS_1253),
        ("Greek", GREEK, 5, ISO_8859_7),
        ("Greek capitals", GREEK_CAPITALS, 5, WINDOWS_1253),
        ("Russian", RUSSIAN, 5, WINDOWS_1251),
        ("Russian", RUSSIAN, 5, KOI8_R),
        ("Russian capitals", RUSSIAN_CAPITALS, 5, WINDOWS_1251),
        ("Russian capitals", RUSSIAN_CAPITALS, 5, KOI8_R),
        ("Hebrew", HEBREW, 6, WINDOWS_1255),
        ("Arabic", ARABIC, 6, WINDOWS_1256),
        ("Thai", THAI, 5, WINDOWS_874),
        ("Danish", NORDIC, 5, WINDOWS_1252),
        ("kanji", KANJI, 6, EUC_JP),
        ("kanji", KANJI, 5, SHIFT_JIS),
        ("half-width kana", HALF_KANA, 5, SHIFT_JIS),
        ("zhuyin", ZHUYIN, 4, GB18030),
        ("short simplified", SHORT_SIMPLIFIED, 4, GB18030),
        ("short traditional", SHORT_TRADITIONAL, 4, BIG5),
    ] {
        let wrong = misread(deck, length, encoding);
        if !wrong.is_empty() {
            faults.push(format!(
                "{name} in {}: {} wrong\n    {}",
                encoding.name(),
                wrong.len(),
                wrong[0]
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
