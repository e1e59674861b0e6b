use super::*;

#[test]
fn what_does_not_matter_costs_nothing() {
    let cases = [
        // name                      typed                    answer
        ("case and width", "ＳＱＬ Injection", "SQL injection"),
        ("punctuation", "its large scale", "It's large-scale!"),
        ("article", "apple", "an apple"),
        ("article typed", "the apple", "apple"),
        ("leading to", "go", "to go"),
        ("alternative", "automobile", "car; automobile / auto"),
        ("full-width separator", "自动车", "汽车；自动车"),
        ("several alternatives", "automobile; car", "car; automobile"),
        ("the whole", "car; automobile", "car; automobile"),
        ("optional left out", "color", "colo(u)r"),
        ("optional given", "colour", "colo(u)r"),
        ("optional word", "look up", "look (something) up"),
        ("parentheses typed too", "look (something) up", "look (something) up"),
        ("Chinese punctuation", "人工智能 发展", "人工智能，发展。"),
        ("tones left out", "rengong zhineng", "réngōng zhìnéng"),
        ("tones as numbers", "ren2gong1", "réngōng"),
        ("blanks in pinyin", "rén gōng", "réngōng"),
        ("umlaut as v", "nv3", "nǚ"),
        ("only punctuation", "?!", "?!"),
        ("composed or not", "cafe\u{301}", "café"),
    ];
    for (name, typed, answer) in cases {
        assert_eq!(compare(typed, answer).matched, Match::Exact, "{name}");
    }
}

#[test]
fn what_matters_is_seen() {
    let cases = [
        ("a slip", "artifical intelligence", "artificial intelligence", Match::Close),
        ("wrong tones", "rèngòng", "réngōng", Match::Close),
        ("another word", "banana", "apple", Match::Wrong),
        ("another character", "国象", "国家", Match::Wrong),
        ("a sign that carries meaning", "C", "C++", Match::Wrong),
        ("an article is the answer", "vitamin", "vitamin a", Match::Close),
        ("accents outside pinyin", "cafe", "café", Match::Close),
        ("nothing typed", "", "apple", Match::Wrong),
    ];
    for (name, typed, answer, want) in cases {
        assert_eq!(compare(typed, answer).matched, want, "{name}");
    }
}

#[test]
fn the_diff_names_what_is_missing_and_what_is_too_much() {
    let verdict = compare("人公智能", "人工智能");
    assert_eq!(
        verdict.diff,
        [
            (Tag::Same, "人".to_owned()),
            (Tag::Extra, "公".to_owned()),
            (Tag::Missing, "工".to_owned()),
            (Tag::Same, "智能".to_owned()),
        ]
    );
}

#[test]
fn letters_shared_by_chance_are_no_agreement() {
    let verdict = compare("big red house", "a large green mouse trap");
    assert_eq!(verdict.matched, Match::Wrong);
    let verdict = compare("sceintific progress", "scientific innovation");
    assert!(verdict.diff.contains(&(Tag::Missing, "innovation".to_owned())), "{verdict:?}");
    assert!(verdict.diff.contains(&(Tag::Same, "ntific".to_owned())), "{verdict:?}");
}

#[test]
fn the_nearest_alternative_is_compared() {
    let verdict = compare("automobil", "car; automobile; vehicle");
    assert_eq!(verdict.answer, "automobile");
    assert_eq!(verdict.matched, Match::Close);
}

#[test]
fn the_suggested_grade_follows_the_match() {
    for (typed, four, six) in [("law", 4, 4), ("laws", 3, 3), ("zzz", 2, 1)] {
        let verdict = compare(typed, "law");
        assert_eq!(verdict.suggestion(Scale::Four).raw(), four, "{typed}");
        assert_eq!(verdict.suggestion(Scale::Six).raw(), six, "{typed}");
    }
}

#[test]
fn a_very_long_answer_is_compared_as_a_whole() {
    let long = "字".repeat(20_000);
    assert_eq!(compare(&long, &long).matched, Match::Exact);
    assert_eq!(compare("字", &long).diff.len(), 2);
}

proptest::proptest! {
    #[test]
    fn every_answer_is_exact_when_typed_as_it_stands(answer in "\\PC{1,40}") {
        let verdict = compare(&answer, &answer);
        proptest::prop_assert_eq!(verdict.matched, Match::Exact);
    }

    #[test]
    fn the_diff_holds_both_sides(typed in "[a-d人工智能 ]{0,12}", answer in "[a-d人工智能]{1,12}") {
        let verdict = compare(&typed, &answer);
        let side = |gone: Tag| -> String {
            verdict.diff.iter().filter(|(tag, _)| *tag != gone).map(|(_, t)| t.as_str()).collect()
        };
        proptest::prop_assert_eq!(side(Tag::Extra), verdict.answer.clone());
    }
}
