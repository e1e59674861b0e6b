//! The query language.

use serde_json::json;

use crate::common::Desk;

/// Returns a desk with notes that differ in every field the language knows.
fn desk() -> Desk {
    let desk = Desk::new();
    for args in [
        &["国家", "country, state", "--reading", "guójiā", "--deck", "Chinese::Policy"][..],
        &[
            "人工智能",
            "artificial intelligence",
            "--reading",
            "réngōng zhìnéng",
            "--deck",
            "Chinese::Tech",
            "--tag",
            "ai",
        ],
        &[
            "图书馆",
            "public library",
            "--deck",
            "Chinese",
            "--note",
            "Large BUILDING",
            "--tag",
            "city::books",
        ],
        &["ＣＰＵ", "processor", "--deck", "Tech"],
        &["artista", "artist", "--deck", "Spanish"],
    ] {
        desk.json(&[&["add"], args].concat());
    }
    desk
}

#[test]
fn queries_find_what_they_say() {
    let desk = desk();
    desk.json(&["answer", &desk.card("国家"), "2"]);
    desk.json(&["suspend", "--search", "front:图书馆"]);
    desk.json(&["bury", "--search", "artista"]);
    let everything = ["国家", "人工智能", "图书馆", "ＣＰＵ", "artista"];
    let cases: &[(&str, &[&str])] = &[
        // query                   fronts
        ("", &everything),
        ("art", &["人工智能", "artista"]),
        ("\"public library\"", &["图书馆"]),
        ("\"lic lib\"", &[]),
        ("\"art\"", &[]),
        ("art -intelligence", &["artista"]),
        ("-art -country", &["图书馆", "ＣＰＵ"]),
        ("country or library", &["国家", "图书馆"]),
        ("(country or art) deck:Chinese", &["国家", "人工智能"]),
        ("deck:chinese", &["国家", "人工智能", "图书馆"]),
        ("deck:Chinese::Tech", &["人工智能"]),
        ("deck:Tech", &["人工智能", "ＣＰＵ"]),
        ("tag:ai", &["人工智能"]),
        ("tag:city", &["图书馆"]),
        ("-tag:ai -tag:city deck:chinese", &["国家"]),
        ("kind:sentence", &[]),
        ("front:art", &["artista"]),
        ("back:art", &["人工智能", "artista"]),
        ("building", &["图书馆"]),
        ("cpu", &["ＣＰＵ"]),
        ("ＬＩＢＲＡＲＹ", &["图书馆"]),
        ("國家", &["国家"]),
        ("圖書館", &["图书馆"]),
        ("guojia", &["国家"]),
        ("rengong", &["人工智能"]),
        ("réngōng", &["人工智能"]),
        ("rengongzhineng", &["人工智能"]),
        // No reading is written: by how the front is probably read.
        ("tushuguan", &["图书馆"]),
        ("tushu", &["图书馆"]),
        ("is:drill", &["国家"]),
        ("is:suspended", &["图书馆"]),
        ("is:buried", &["artista"]),
        ("is:review", &["国家"]),
        ("is:due", &[]),
        ("is:leech", &[]),
        ("is:new", &everything),
        ("is:new -is:new", &[]),
        ("note:building", &["图书馆"]),
        ("reading:gong", &["人工智能"]),
        ("reading:gōng", &["人工智能"]),
        ("example:art", &[]),
        ("tag:cit*", &["图书馆"]),
        ("tag:*books", &["图书馆"]),
        ("tag:*", &["人工智能", "图书馆"]),
        ("-tag:* deck:chinese", &["国家"]),
        ("rated:1", &["国家"]),
        ("rated:1:again", &["国家"]),
        ("rated:1:2", &["国家"]),
        ("rated:1:good or rated:1:3", &[]),
        // The reverse card of 国家 was not.
        ("-rated:1 deck:chinese", &["国家", "人工智能", "图书馆"]),
    ];
    for (query, wanted) in cases {
        let mut found = desk.fronts(query);
        found.sort_by_key(|front| everything.iter().position(|other| other == front));
        assert_eq!(&found, wanted, "{query:?}");
    }
}

#[test]
fn answers_are_found_by_their_day_and_grade_unless_they_were_taken_back() {
    let mut desk = Desk::with_terms(&[("国家", "country"), ("银行", "bank"), ("高铁", "rail")]);
    desk.at("2026-11-20T12:00:00Z");
    desk.json(&["answer", &desk.card("国家"), "good"]);
    desk.at("2026-11-23T12:00:00Z");
    desk.json(&["answer", &desk.card("银行"), "again"]);
    desk.json(&["answer", &desk.card("银行"), "5"]);
    desk.json(&["answer", &desk.card("高铁"), "easy"]);
    let found = |desk: &Desk, wanted: &[(&str, &[&str])]| {
        for (query, fronts) in wanted {
            assert_eq!(&desk.fronts(query), fronts, "{query}");
        }
    };
    found(
        &desk,
        &[
            ("rated:1", &["银行", "高铁"]),
            ("rated:3", &["银行", "高铁"]),
            ("rated:4", &["国家", "银行", "高铁"]),
            ("rated:4:good", &["国家"]),
            ("rated:1:again", &["银行"]),
            // The drill counts, too.
            ("rated:1:easy", &["银行", "高铁"]),
            ("rated:4 card:reverse", &[]),
        ],
    );
    desk.json(&["undo"]);
    found(&desk, &[("rated:1:easy", &["银行"]), ("rated:1", &["银行"])]);
    desk.json(&["redo"]);
    found(&desk, &[("rated:1:5", &["银行", "高铁"])]);
    // The study day counts, not the date: it ends at four in the morning.
    desk.at("2026-11-24T03:59:00Z");
    found(&desk, &[("rated:1", &["银行", "高铁"])]);
    desk.at("2026-11-24T04:00:00Z");
    found(&desk, &[("rated:1", &[]), ("rated:2:again", &["银行"])]);
}

#[test]
fn ids_are_found_by_how_they_begin() {
    let desk = desk();
    let id = crate::common::text(&desk.note("国家")["id"]);
    let card = desk.card("国家");
    assert_eq!(desk.fronts(&format!("id:{}", &id[..8])), ["国家"]);
    assert_eq!(desk.fronts(&format!("id:{}", &card.to_uppercase()[..10])), ["国家"]);
    desk.json(&["suspend", "--search", &format!("id:{card}")]);
    assert_eq!(desk.json(&["search", "is:suspended card:reverse"])["total"], 0);
    assert_eq!(desk.fronts("is:suspended"), ["国家"]);
}

#[test]
fn plain_text_says_the_number_first_then_one_line_a_note() {
    let desk = desk();
    desk.json(&["answer", &desk.card("国家"), "good"]);
    let said = desk.ok(&["search", "deck:chinese", "--plain"]);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!((lines.len(), lines[0]), (4, "3 notes"));
    let id = &crate::common::text(&desk.note("国家")["id"])[..8];
    let wanted =
        format!("国家: country, state, read guójiā; Chinese::Policy; due 2026-11-24; {id}");
    assert_eq!(lines[1], wanted);
    let said = desk.ok(&["search", "deck:chinese", "--limit", "1", "--plain"]);
    assert!(said.starts_with("1 of 3 notes; --limit shows more\n"), "{said}");
}

#[test]
fn plain_text_of_a_single_note_has_all_its_fields_and_cards() {
    let desk = desk();
    desk.json(&["answer", &desk.card("国家"), "good"]);
    let said = desk.ok(&["search", "國家", "--plain"]);
    let note = desk.note("国家");
    let id = |value: &serde_json::Value| crate::common::text(&value["id"]);
    let (forward, reverse) = (id(&note["cards"][0]), id(&note["cards"][1]));
    let wanted = [
        "1 note".to_owned(),
        "front: 国家".to_owned(),
        "back: country, state".to_owned(),
        "reading: guójiā".to_owned(),
        "deck: Chinese::Policy".to_owned(),
        "kind: term".to_owned(),
        format!("id: {}", id(&note)),
        format!("forward card {}: due 2026-11-24, interval 1 day, ease 2.50", &forward[..8]),
        format!("reverse card {}: new", &reverse[..8]),
    ];
    let lines: Vec<&str> = said.lines().filter(|line| !line.starts_with("added: ")).collect();
    assert_eq!(lines, wanted);
}

#[test]
fn arguments_are_joined_and_may_begin_with_a_minus() {
    let desk = desk();
    let found = desk.json(&["search", "deck:chinese", "-country", "-tag:ai"]);
    assert_eq!(found["total"], 1);
    assert_eq!(found["notes"][0]["front"], "图书馆");
}

#[test]
fn a_note_and_its_cards_have_the_documented_shape() {
    let desk = desk();
    let note = desk.note("图书馆");
    let names: Vec<&str> = note.as_object().unwrap().keys().map(String::as_str).collect();
    for name in
        ["id", "deck", "kind", "front", "back", "reading", "note", "source", "tags", "cards"]
    {
        assert!(names.contains(&name), "{name}: {note}");
    }
    let state = json!({
        "repetitions": 0, "ease_centi": 250, "interval": 0, "due": null, "lapses": 0,
        "suspended": false, "buried": false, "leech": false,
    });
    assert_eq!(note["cards"][1]["direction"], "reverse");
    assert_eq!(note["cards"][1]["state"], state);
}

#[test]
fn exact_matches_come_first_and_a_limit_cuts_the_list_not_the_total() {
    let desk = Desk::with_terms(&[("library card", "卡"), ("library", "馆"), ("a library", "书")]);
    assert_eq!(desk.fronts("library"), ["library", "library card", "a library"]);
    let found = desk.json(&["search", "library", "--limit", "1"]);
    assert_eq!((&found["total"], found["notes"].as_array().unwrap().len()), (&json!(3), 1));
    assert!(desk.ok(&["search", "library", "--limit", "1"]).contains("1 of 3 notes"));
}

#[test]
fn people_see_fifty_notes_and_scripts_see_all() {
    let rows: Vec<(String, String)> =
        (0..60).map(|n| (format!("词{n}"), format!("word {n}"))).collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let desk = Desk::with_terms(&rows);
    assert_eq!(desk.search("word").len(), 60);
    assert!(desk.ok(&["search", "word"]).contains("50 of 60 notes"));
}

#[test]
fn a_wrong_query_says_where_with_a_caret() {
    let desk = desk();
    let cases = [
        // query                 cells before the caret
        ("(a or b", 0),
        ("a )", 2),
        ("国家 \"bank", 5),
        ("a is:nope", 2),
        ("art kind:verb", 4),
    ];
    for (query, cells) in cases {
        let said = desk.fails(&["search", query]);
        let lines: Vec<&str> = said.lines().collect();
        let at = lines.iter().position(|line| line.trim() == query).expect("the query is shown");
        let indent = lines[at].len() - lines[at].trim_start().len();
        assert_eq!(lines[at + 1].trim_end().find('^'), Some(indent + cells), "{query}: {said}");
    }
}

#[test]
fn text_from_decks_cannot_drive_the_terminal() {
    let desk = Desk::new();
    desk.json(&["add", "a\u{1b}]0;gone\u{7}b", "c\u{202e}d\u{9b}31m"]);
    for said in [desk.ok(&["search", "a"]), desk.ok(&["next"])] {
        let strange = said
            .chars()
            .find(|c| (c.is_control() && *c != '\n') || matches!(c, '\u{202e}' | '\u{9b}'));
        assert_eq!(strange, None, "{said:?}");
    }
    let raw = desk.run(&["search", "a", "--json"]).out;
    assert!(raw.contains("\\u202e") && raw.contains("\\u009b"), "{raw}");
    assert!(!raw.contains('\u{202e}') && !raw.contains('\u{9b}') && !raw.contains('\u{1b}'));
    assert_eq!(desk.search("a")[0]["back"], "c\u{202e}d\u{9b}31m", "the text is preserved");
}
