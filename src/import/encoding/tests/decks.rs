//! Whole word lists and every short piece of them, in the encodings that lists
//! of their language are found in.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};

use super::super::{decode, replacement_warnings};

const CHINESE: &str = include_str!("../../../../decks/policy-technology.tsv");
const ARTICLE: &str = include_str!("../../../../decks/drinking-water.txt");
const JAPANESE: &str = include_str!("../../../../decks/japanese-food.txt");
const SPANISH: &str = include_str!("../../../../decks/spanish-everyday.csv");

const RUSSIAN: &str = "\
слово\tword\nкнига\tbook\nздравствуйте\thello\nпожалуйста\tplease\nгород\ttown
дом\thouse\nвода\twater\nхлеб\tbread\nмолоко\tmilk\nутро\tmorning
вечер\tevening\nдень\tday\nночь\tnight\nдруг\tfriend\nсемья\tfamily
Москва\tMoscow\nРоссия\tRussia\nязык\tlanguage\nшкола\tschool\nучитель\tteacher
дверь\tdoor\nокно\twindow\nстол\ttable\nстул\tchair\nулица\tstreet
поезд\ttrain\nсамолёт\tplane\nбилет\tticket\nспасибо\tthanks\nсегодня\ttoday
завтра\ttomorrow\nвчера\tyesterday\nработать\tto work\nчитать\tto read\nписать\tto write
говорить\tto speak\nхороший\tgood\nплохой\tbad\nновый\tnew\nстарый\told
";

const KOREAN: &str = "\
학교\tschool\n도서관\tlibrary\n감사합니다\tthank you\n컴퓨터\tcomputer\n사랑\tlove
대학교\tuniversity\n물\twater\n밥\trice\n친구\tfriend\n가족\tfamily
아침\tmorning\n저녁\tevening\n오늘\ttoday\n내일\ttomorrow\n어제\tyesterday
먹다\tto eat\n마시다\tto drink\n가다\tto go\n오다\tto come\n읽다\tto read
쓰다\tto write\n공부하다\tto study\n선생님\tteacher\n학생\tstudent\n한국어\tKorean
안녕하세요\thello\n죄송합니다\tsorry\n기차\ttrain\n비행기\tplane\n버스\tbus
시장\tmarket\n병원\thospital\n약국\tpharmacy\n전화\ttelephone\n시간\ttime
날씨\tweather\n여름\tsummer\n겨울\twinter\n음식\tfood\n커피\tcoffee
";

const TRADITIONAL: &str = "\
人工智慧\tartificial intelligence\tren2 gong1 zhi4 hui4\n資料庫\tdatabase\tzi1 liao4 ku4
圖書館\tlibrary\ttu2 shu1 guan3\n國際合作\tinternational cooperation\tguo2 ji4 he2 zuo4
捷運\tmetro\tjie2 yun4\n繁體字\ttraditional characters\tfan2 ti3 zi4
觀光\tsightseeing\tguan1 guang1\n經濟發展\teconomic development\tjing1 ji4 fa1 zhan3
電腦\tcomputer\tdian4 nao3\n計程車\ttaxi\tji4 cheng2 che1\n早餐\tbreakfast\tzao3 can1
學校\tschool\txue2 xiao4\n飛機場\tairport\tfei1 ji1 chang3\n醫院\thospital\tyi1 yuan4
望遠鏡\ttelescope\twang4 yuan3 jing4\n卡拉OK\tkaraoke\tka3 la1 OK\nT恤\tT-shirt\tT xu4
email信箱\tmailbox\temail xin4 xiang1\n網路\tnetwork\twang3 lu4\n軟體\tsoftware\truan3 ti3
";

/// The rows of a deck with only some of its columns.
fn columns(deck: &str, kept: &[usize]) -> String {
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let kept: Vec<&str> = kept.iter().filter_map(|at| cells.get(*at).copied()).collect();
        kept.join("\t") + "\n"
    };
    deck.lines().map(row).collect()
}

/// What is left of a text in an encoding that has not all its characters.
fn encodable(deck: &str, encoding: &'static Encoding) -> String {
    let has = |c: &char| !encoding.encode(c.encode_utf8(&mut [0; 4])).2;
    deck.chars().filter(has).collect()
}

/// Every run of five rows, the first 3, 12 and 50, and all of them.
fn slices(deck: &str) -> Vec<String> {
    let lines: Vec<&str> = deck.split_inclusive('\n').collect();
    let firsts = [3, 12, 50, lines.len()].map(|count| &lines[..count.min(lines.len())]);
    lines.windows(5).chain(firsts).map(<[&str]>::concat).collect()
}

/// Returns how many slices are read otherwise than they were written, and how many there are.
fn misread(deck: &str, encoding: &'static Encoding) -> (usize, usize) {
    let slices = slices(&encodable(deck, encoding));
    let is_misread = |text: &&String| {
        let (bytes, _, _) = encoding.encode(text);
        let decoded = decode(&bytes, None).unwrap();
        decoded.text != **text
    };
    (slices.iter().filter(is_misread).count(), slices.len())
}

#[test]
fn every_piece_of_a_list_is_read_in_its_encoding() {
    let pinyin_only = columns(CHINESE, &[2, 1]);
    let words = columns(CHINESE, &[0, 1]);
    let pairs = columns(CHINESE, &[0, 2]);
    let turned = columns(CHINESE, &[1, 2, 0]);
    let bare = columns(TRADITIONAL, &[0, 1]);
    let lists = [
        ("Chinese with pinyin", CHINESE, GB18030),
        ("Chinese", &words, GB18030),
        ("Chinese and pinyin alone", &pairs, GB18030),
        ("pinyin before the Chinese", &turned, GB18030),
        ("pinyin without Chinese", &pinyin_only, GB18030),
        ("article", ARTICLE, GB18030),
        ("article", ARTICLE, BIG5),
        ("traditional Chinese with pinyin", TRADITIONAL, BIG5),
        ("traditional Chinese", &bare, BIG5),
        ("Japanese", JAPANESE, SHIFT_JIS),
        ("Japanese", JAPANESE, EUC_JP),
        ("Spanish", SPANISH, WINDOWS_1252),
        ("Russian", RUSSIAN, WINDOWS_1251),
        ("Korean", KOREAN, EUC_KR),
    ];
    for (name, deck, encoding) in lists {
        let (wrong, count) = misread(deck, encoding);
        assert_eq!(wrong, 0, "{name} in {}: of {count}", encoding.name());
    }
}

#[test]
fn two_rows_are_enough_for_chinese_and_korean_to_be_told_apart() {
    let words = columns(CHINESE, &[0, 1]);
    for (deck, encoding) in [(words.as_str(), GB18030), (KOREAN, EUC_KR)] {
        let lines: Vec<&str> = deck.split_inclusive('\n').collect();
        for run in lines.windows(2) {
            let text = run.concat();
            let (bytes, _, _) = encoding.encode(&text);
            assert_eq!(decode(&bytes, None).unwrap().text, text);
        }
    }
}

#[test]
fn korean_with_chinese_characters_in_brackets_is_korean() {
    let deck = "학교(學校)\tschool\n도서관(圖書館)\tlibrary\n대학교(大學校)\tuniversity\n\
        친구(親舊)\tfriend\n가족(家族)\tfamily\n";
    assert_eq!(misread(deck, EUC_KR).0, 0);
}

#[test]
fn pinyin_syllables_of_one_letter_or_with_a_capital_are_read_too() {
    let deck = "饿\tè\thungry\n阿\tā\tprefix\n鹅\té\tgoose\n女\tnǚ\twoman\n\
        俄国\tÉguó\tRussia\n埃及\tĀijí\tEgypt\n旅行\tlǚxíng\ttravel\n";
    assert_eq!(misread(deck, GB18030).0, 0);
}

#[test]
fn a_bad_byte_anywhere_does_not_turn_the_file_into_another_encoding() {
    for (deck, encoding) in [
        (CHINESE, GB18030),
        (TRADITIONAL, BIG5),
        (JAPANESE, SHIFT_JIS),
        (JAPANESE, EUC_JP),
        (KOREAN, EUC_KR),
        (RUSSIAN, WINDOWS_1251),
        (SPANISH, WINDOWS_1252),
    ] {
        let (bytes, _, _) = encoding.encode(deck);
        let right = decode(&bytes, None).unwrap().encoding;
        for at in (0..bytes.len()).step_by(bytes.len() / 50) {
            let mut damaged = bytes.to_vec();
            damaged[at] = 0xff;
            assert_eq!(decode(&damaged, None).unwrap().encoding, right, "0xff at {at}");
        }
    }
}

#[test]
fn a_bad_byte_does_not_turn_chinese_with_pinyin_into_another_encoding() {
    let (bytes, _, _) = GB18030.encode(CHINESE);
    let mut bytes = bytes.into_owned();
    let at = bytes.iter().position(|b| *b >= 0x80).unwrap();
    bytes.insert(at, 0xff);
    let decoded = decode(&bytes, None).unwrap();
    assert_eq!(decoded.encoding, "GB18030");
    assert_eq!(replacement_warnings(&decoded.text).len(), 1);
    assert!(decoded.text.contains("深度学习\tdeep learning\tshēndù xuéxí"));
}
