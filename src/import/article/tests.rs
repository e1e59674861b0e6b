use proptest::prelude::*;

use super::*;
use crate::domain::Kind;
use crate::import::{MAX_FIELD, RowError, RowReason, ScriptChoice};

fn reading(text: &str) -> Reading {
    read(text, &ReadOptions::default()).unwrap()
}

fn scripted(text: &str, script: ScriptChoice) -> Reading {
    read(text, &ReadOptions { script, ..ReadOptions::default() }).unwrap()
}

fn total(lines: LineCounts) -> u32 {
    lines.pair
        + lines.heading
        + lines.attribution
        + lines.metadata
        + lines.context
        + lines.boilerplate
        + lines.unpaired
}

const MARKED: &str = "國(guó)際(jì)合作組織(zhī)\ninternational cooperation organization\n";

#[test]
fn marks_are_reported_and_the_old_script_is_noted() {
    let reading = reading(MARKED);
    assert_eq!(
        reading.reports,
        ["3 reading marks removed", "4 characters converted to Simplified"]
    );
    let fields = &reading.drafts[0].fields;
    assert_eq!(fields.front, "国际合作组织");
    assert_eq!(fields.note, "國際合作組織");
}

#[test]
fn one_mark_is_reported_as_one_and_converts_nothing() {
    let reading = reading("國(guó)際合作\ninternational cooperation\n");
    assert_eq!(reading.reports, ["1 reading mark removed"]);
    assert_eq!(reading.drafts[0].fields.front, "國際合作");
}

#[test]
fn the_script_is_the_learners_choice() {
    let front = |script| scripted(MARKED, script).drafts[0].fields.front.clone();
    assert_eq!(front(ScriptChoice::AsIs), "國際合作組織");
    assert_eq!(front(ScriptChoice::Simplified), "国际合作组织");
    let back = scripted("国家\ncountry\n", ScriptChoice::Traditional);
    assert_eq!(back.drafts[0].fields.front, "國家");
    assert_eq!(back.reports, ["1 character converted to Traditional"]);
    assert_eq!(back.warnings.len(), 1);
}

#[test]
fn japanese_and_korean_are_never_converted() {
    let text = "図書館で本を読む。\nI read books at the library.\n後で電話をかける。\nI will call later.\n";
    let found = scripted(text, ScriptChoice::Simplified);
    assert_eq!(found.drafts[1].fields.front, "後で電話をかける。");
    assert_eq!(found.drafts.len(), 2);
    let korean = reading("도서관\nlibrary\n전화를 걸다\nto make a call\n");
    assert_eq!(korean.drafts.iter().filter(|draft| draft.is_ticked()).count(), 2);
}

#[test]
fn an_attribution_makes_a_quotation() {
    let text = "【重要讲话】\n灯塔照亮的不只是航线。\nA lighthouse lights up more than the sea lanes.\n\
                ——2020年7月11日，林海生在会议上的讲话\n—Lin Haisheng, speech, July 11, 2020\n";
    let reading = reading(text);
    let draft = &reading.drafts[0];
    assert_eq!(draft.kind, Kind::Quotation);
    assert_eq!(draft.fields.source, "2020年7月11日，林海生在会议上的讲话");
    assert_eq!(draft.fields.note, "Lin Haisheng, speech, July 11, 2020");
    assert_eq!(draft.fields.tags, ["重要讲话"]);
}

#[test]
fn a_term_takes_a_sentence_of_its_article_as_example() {
    let text = "青禾市启用了首批社区菜园。\nQinghe opened its first community gardens.\n\
                【相关词汇】\n社区菜园\ncommunity garden\n";
    let reading = reading(text);
    assert_eq!(reading.drafts[1].fields.example, "青禾市启用了首批社区菜园。");
}

#[test]
fn glosses_in_running_text_are_offered_unticked() {
    let text = "每日一词：海绵城市\nsponge city\n【知识点】\n\
                雨水花园（rain garden）在这里随处可见，设计者强调和谐（harmony）。\n";
    let reading = reading(text);
    let sides = |ticked: bool| -> Vec<(&str, &str)> {
        let drafts = reading.drafts.iter().filter(|draft| draft.is_ticked() == ticked);
        drafts.map(|draft| (draft.fields.front.as_str(), draft.fields.back.as_str())).collect()
    };
    assert_eq!(sides(true), [("海绵城市", "sponge city")]);
    assert_eq!(sides(false), [("雨水花园", "rain garden"), ("和谐", "harmony")]);
    assert_eq!(reading.lines.map(|lines| (lines.pair, lines.context)), Some((2, 1)));
}

#[test]
fn each_article_of_a_file_has_its_own_title_and_day() {
    let text = "2024年4月2日\n每日一词：社区菜园\ncommunity garden\n\
                青禾市启用了社区菜园。\nQinghe opened its community gardens.\n\
                【相关词汇】\n堆肥\ncomposting\n\n\
                2024年4月3日\n每日一词：共享雨伞\numbrella sharing\n\
                地铁公司投放了雨伞。\nThe metro company placed umbrellas.\n\
                【相关词汇】\n押金\ndeposit\n";
    let reading = reading(text);
    let source = |front: &str| {
        let draft = reading.drafts.iter().find(|draft| draft.fields.front == front).unwrap();
        (draft.line, draft.fields.source.as_str(), draft.fields.tags.join(" "))
    };
    assert_eq!(source("堆肥"), (7, "社区菜园 (2024-04-02)", "2024-04-02 相关词汇 社区菜园".into()));
    assert_eq!(
        source("押金"),
        (16, "共享雨伞 (2024-04-03)", "2024-04-03 共享雨伞 相关词汇".into())
    );
}

#[test]
fn a_numbered_title_ends_the_section_above_it() {
    let text = "1. 环线列车\nloop line train\n列车今天开通。\nThe train starts today.\n\
                [ 相关词汇 ]\n客流 passenger flow\n信号系统 signaling system\n\
                2. 春游专列\nspring outing train\n餐车今天满座。\nThe dining car is full today.\n";
    let reading = reading(text);
    let tags = |front: &str| {
        let draft = reading.drafts.iter().find(|draft| draft.fields.front == front).unwrap();
        draft.fields.tags.clone()
    };
    assert_eq!(tags("客流"), ["环线列车", "相关词汇"]);
    assert_eq!(tags("餐车今天满座。"), ["春游专列"]);
}

#[test]
fn readings_and_forms_leave_the_text_for_their_own_fields() {
    let japanese = reading("梅雨（つゆ）: rainy season\n蒸し暑い（むしあつい）: hot and humid\n");
    let fields = &japanese.drafts[0].fields;
    assert_eq!((fields.front.as_str(), fields.reading.as_str()), ("梅雨", "つゆ"));
    assert_eq!(japanese.reports, ["2 readings in brackets moved out of the text"]);
    let korean = reading("시장 (市場) - market\n할인 (割引) - discount\n");
    let fields = &korean.drafts[0].fields;
    assert_eq!((fields.front.as_str(), fields.note.as_str()), ("시장", "市場"));
    assert_eq!(korean.reports, ["2 forms in Chinese characters moved to the note"]);
}

#[test]
fn what_has_no_counterpart_is_reported_with_its_line() {
    let reading = reading("词嵌入\n词元\ntoken\n混淆矩阵 (confusion\n");
    let lines: Vec<u32> = reading.warnings.iter().map(|warning| warning.line).collect();
    assert_eq!(lines, [1, 4]);
    assert_eq!(reading.lines.map(|lines| (lines.pair, lines.unpaired)), Some((2, 2)));
}

#[test]
fn tables_do_not_look_like_articles() {
    for table in [
        "苹果\tapple\n香蕉\tbanana\n梨\tpear\n",
        "front,back\n苹果,apple\n香蕉,banana\n",
        "苹果;apple\n香蕉;banana\n梨;pear\n",
        "hola\thello\ngato\tcat\n",
        "hello world\nplain English prose\n",
        "",
    ] {
        assert!(!looks_like(table), "{table}");
    }
    for article in [MARKED, "苹果 - apple\n香蕉：banana\n梨 = pear\n桃（peach）\n"] {
        assert!(looks_like(article), "{article}");
    }
}

#[test]
fn nothing_but_blanks_is_empty() {
    assert_eq!(read(" \n\u{FEFF}\n", &ReadOptions::default()), Err(ReadError::Empty));
}

/// Lines as they stand in articles, and pieces that break them.
fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "每日一词∣社区夜间图书馆", "neighborhood night library", "【知识点】", "【相关词汇】堆肥",
            "——2022年11月3日，陈望舒的讲话", "2023.5.16   林小禾", "# 标题 title", "```", ":::", "---",
            "1. 苹果 apple 2. 梨 pear", "苹果（apple", "國(guó)際(jì)", "王车易位[wáng chē yì wèi]:castling",
            "|||", "|a|b|", "<p>中文</p><p>one</p></p>", "&#x4e2d;", "<", "(", "）", "“", "v.揉", "/niːd/",
            "[x](y)", "![x](y)", "①甲a②乙b", "* - • 1.", "1、", "（一）", "ä¸\u{AD}å›½", "\u{FFFD}", "\u{200B}",
            "中 文 字 符 隔 开", "ＡＢＣ　１２", "\u{301}", "🙂", "a|b|c|", "=", "：", "。", "12:30", "4.9 ",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,40}",
        1 => "[a-z一-龥（）()【】，。：/ —\\-|\t0-9.]{0,40}",
    ]
}

#[test]
fn a_side_that_is_too_long_costs_its_pair() {
    let (long, other) = ("人工智能很重要".repeat(3200), "intelligence matters ".repeat(3200));
    let text = format!("{MARKED}\n{long}。\n{}.\n", other.trim());
    let reading = reading(&text);
    assert!(reading.drafts.iter().all(|draft| draft.fields.front.len() <= MAX_FIELD));
    assert_eq!(reading.drafts.len(), 1);
    let [RowError { line: 4, reason: RowReason::TooLong { bytes }, .. }] = *reading.rejected else {
        panic!("{:?}", reading.rejected)
    };
    assert!(bytes > MAX_FIELD);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn every_line_that_is_not_blank_is_in_exactly_one_class(
        lines in prop::collection::vec((any_line(), any_line(), prop::sample::select(vec!["\n", "\n\n", "\r\n", " "])), 1..12),
    ) {
        let text: String = lines.iter().flat_map(|(a, b, end)| [a, b, *end]).collect();
        let raws = markup::raw_lines(text.strip_prefix('\u{FEFF}').unwrap_or(&text));
        let written = raws.iter().filter(|line| !line.trim().is_empty()).count();
        match read(&text, &ReadOptions::default()) {
            Ok(reading) => {
                prop_assert_eq!(reading.lines.map(total), Some(written as u32));
                for draft in &reading.drafts {
                    prop_assert!(!draft.fields.front.is_empty() && !draft.fields.back.is_empty());
                    prop_assert!((1..=raws.len()).contains(&(draft.line as usize)));
                    prop_assert!(draft.fields.tags.iter().all(|tag| !tag.contains(char::is_whitespace)));
                }
            }
            Err(error) => prop_assert_eq!(error, ReadError::Empty),
        }
        prop_assert!(score(&text).pct <= 100);
    }
}
