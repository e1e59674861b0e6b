//! The commonest characters of Chinese and of Korean where the tables of the two
//! overlap.
//!
//! Both are in the order of their sounds there, so that the place of a character
//! says nothing of how common it is.

use encoding_rs::{EUC_KR, Encoding, GB18030};

/// Particles, endings and the syllables that most words are made of.
const HANGUL: &str = "\
    이다는을의에가하고지은도어기를로나리사서인대시그자아해일들한라정만안수게면보부스으상\
    제전여원주있성구음요생학교장공적동마비조거소오무관화물신국유내우경세선방과행모미진연\
    개계드러트터통식실회문심산재분말람습니녕감없않와든났입까네좋좀월친중차치크타파후간강\
    객검것결";

/// Characters whose reading begins with a letter up to `sh`; what comes after is
/// where no Hangul is.
const HAN: &str = "\
    的不人了大来个到地出可就对得道国过后多能那家会好年发开看么起都成高分没动方前日己经法\
    面当把公力还长回关定点从间老门等本机加各共化口合里理明名目民内平期其全去情气请求区如\
    入三产部电东度段儿而二反放非飞风服复副改干感告革格给更工交教接街金进近今京九军据决科\
    空快冷例立连量列林领流路绿论马美每米南难农女牌品朋强亲轻清取让热认任包北比必边变便表\
    别并病布步茶常场车城吃处传春次村错打代带单但党导德低第店读短保安八白百办半报爸杯备爱\
    饭房父汉号河黑红候湖花话欢环黄活火鸡级极急集计记技际价见建江角解界紧景具卡课苦块蓝览\
    类离历";

/// More bytes than this are not needed to tell.
const ENOUGH: usize = 1 << 14;

/// How many characters at the start of `bytes` are among the commonest of Chinese, and of Korean.
pub(super) fn chinese_and_korean(bytes: &[u8]) -> (usize, usize) {
    let bytes = &bytes[..bytes.len().min(ENOUGH)];
    let count = |encoding: &'static Encoding, common: &str| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        text.chars().filter(|c| !c.is_ascii() && common.contains(*c)).count()
    };
    (count(GB18030, HAN), count(EUC_KR, HANGUL))
}
