//! The commonest characters of Chinese and of Korean where the tables of the two
//! overlap.
//!
//! Both are in the order of their sounds there, so that the place of a character
//! says nothing of how common it is.

use encoding_rs::{EUC_JP, EUC_KR, Encoding, GB18030};

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

/// Characters whose reading comes after those of [`HAN`].
const HAN_BEHIND: &str = "\
    上下中这我他们在有是时说为以也自着之学对小心天想看文无十用主行又前所本头同三已老从动两\
    长知样现分将外身些与意此实二点月种声工话者向西情部正问力机给几业最新什位重走四第相次政\
    海使教再真听世气信少由产先山五水万市眼体处总师书住性通数原程白应期死常提何更司受光王指\
    术思往展治收做设形双习院友孩站医室药油员园远愿约运择张找照者整支直只纸指至志制助注祝\
    专转准资字总组最作坐座题铁天听停通头图外完玩晚碗往网望位为问我午五舞误西息希洗系先现\
    香想向像校笑写谢心新星行兴休需许学雪压呀言颜眼阳样药要爷业页夜一医衣宜已易意因阴银引\
    饮应影英永泳用由油游有友又右雨语元员远院月越云运在早张找着真正";

/// The commonest kanji of words that learners meet.
const KANJI: &str = "\
    日一国人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話\
    女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨会同事自社発者\
    地業方新場員立開手力問代明動京目通言理体田主題意不作用度強公持野以思家世多正安院心界教\
    文元重近考画海売知道集別物使品計死特私始朝運終台広住無真有口少町料工建空急止送切転研足\
    究楽起着店病質待試族銀早映親験英医仕去味写字答夜音注帰古歌買悪図週室歩風紙黒花春赤青館\
    屋色走秋夏習駅洋旅服夕借曜飲肉貸堂鳥飯勉冬昼茶弟牛魚兄犬妹姉漢部所政経済活性法関係実現\
    化全対当定政戦最調産原面治受数相指想解決機保連区予結果約信情報首都合市民議選挙労働警察\
    線客船員具園庭客薬熱寒暑暖涼練宿題卒課菜油塩卵皿箱鏡鍵窓壁机椅";

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

/// How many characters at the start of `bytes` are among the commonest of Chinese, and of
/// Japanese.
pub(super) fn chinese_and_japanese(bytes: &[u8]) -> (usize, usize) {
    let bytes = &bytes[..bytes.len().min(ENOUGH)];
    let (text, _) = GB18030.decode_without_bom_handling(bytes);
    let is_chinese = |c: &char| !c.is_ascii() && (HAN.contains(*c) || HAN_BEHIND.contains(*c));
    let chinese = text.chars().filter(is_chinese).count();
    let (text, _) = EUC_JP.decode_without_bom_handling(bytes);
    let japanese = text.chars().filter(|c| !c.is_ascii() && KANJI.contains(*c)).count();
    (chinese, japanese)
}
