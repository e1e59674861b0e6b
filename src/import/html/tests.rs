use proptest::prelude::*;

use crate::import::{Draft, Format, ReadOptions, Reading, RowError, RowReason, read};

fn reading(text: &str) -> Reading {
    let reading = read(text.as_bytes(), "page.html", &ReadOptions::default(), &())
        .unwrap_or_else(|error| panic!("{error} in {text:?}"));
    assert_eq!(reading.format, Format::Html, "{text}");
    reading
}

fn pairs(reading: &Reading) -> Vec<(&str, &str)> {
    reading.drafts.iter().map(|d| (d.fields.front.as_str(), d.fields.back.as_str())).collect()
}

#[test]
fn a_table_goes_by_its_header() {
    let reading = reading(
        "<!DOCTYPE html>\n<html><head><title>Words</title><style>td { color: red }</style></head>\n\
         <body><script>if (a < b) { document.write('<table>') }</script>\n<table><caption>Trees</caption>\n\
         <thead><tr><th>Meaning</th><th>Word</th></tr></thead>\n<tbody>\n\
         <tr><td>oak &amp; co.</td><td><b>Eiche</b></td></tr>\n\
         <tr><td>ash<br>(tree)<td>Esche\n<tr><td>elm</td><td>Ulme &lt;f&gt;</td></tr></table></body></html>",
    );
    assert_eq!(
        pairs(&reading),
        [("Eiche", "oak & co."), ("Esche", "ash\n(tree)"), ("Ulme <f>", "elm")]
    );
    let lines: Vec<u32> = reading.drafts.iter().map(|draft| draft.line).collect();
    assert_eq!(lines, [7, 8, 9]);
    assert_eq!(reading.reports, ["skipped header: Meaning, Word"]);
}

#[test]
fn spans_and_nested_tables_are_sorted_out() {
    let reading = reading(
        "<html><table><tr><td>Menu</td><td><table>\
         <tr><th>Word</th><th>Meaning</th><th>Unit</th></tr>\
         <tr><td colspan=3>Unit 1</td></tr>\
         <tr><td>rot</td><td>red</td><td rowspan=\"2\">colours</td></tr>\
         <tr><td>blau</td><td>blue</td></tr>\
         <tr><td>eins</td><td>one</td><td>numbers</td></tr>\
         </table></td></tr></table>",
    );
    assert_eq!(pairs(&reading), [("rot", "red"), ("blau", "blue"), ("eins", "one")]);
    assert_eq!(reading.drafts[1].fields.tags, ["Unit_1", "colours"]);
}

#[test]
fn ruby_is_a_reading() {
    let reading = reading(
        "<table><tr><td><ruby>学校<rp>(</rp><rt>がっこう</rt><rp>)</rp></ruby></td><td>school</td></tr>\
         <tr><td><ruby>猫<rt>ねこ</rt></ruby></td><td>cat</td></tr></table>",
    );
    assert_eq!(pairs(&reading), [("学校", "school"), ("猫", "cat")]);
    assert_eq!(reading.drafts[0].fields.reading, "がっこう");
}

#[test]
fn lists_of_terms_are_read() {
    let definitions = reading(
        "<dl>\n<dt>tide</dt><dd>rise and fall</dd><dd>of the sea</dd>\n<dt>colour<dt>color<dd>hue\n</dl>",
    );
    assert_eq!(
        pairs(&definitions),
        [("tide", "rise and fall\nof the sea"), ("colour; color", "hue")]
    );
    let items = reading(
        "<h1>Words</h1><ul><li>law – Gesetz</li><li>state – <i>Staat</i><li>right – Recht</ul>",
    );
    assert_eq!(pairs(&items), [("law", "Gesetz"), ("state", "Staat"), ("right", "Recht")]);
}

#[test]
fn a_saved_set_of_cards_is_read() {
    let reading = reading(
        "<!doctype html><html><div class=\"SetPageTerms\">\
         <div><span class=\"TermText notranslate lang-de\">Hund</span><span class=\"TermText\">dog</span></div>\
         <div><span class=\"TermText\">Katze</span><span class=\"TermText\">cat<br>(f)</span></div></div>",
    );
    assert_eq!(pairs(&reading), [("Hund", "dog"), ("Katze", "cat\n(f)")]);
}

#[test]
fn a_workbook_saved_as_a_page_is_read() {
    let text = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\">\n<head>\n\
        <meta http-equiv=Content-Type content=\"text/html; charset=utf-8\"></head><body>\n\
        <table x:str border=0>\n<tr><td class=xl24>front</td><td>back</td></tr>\n\
        <tr><td>Apfel</td><td>apple</td></tr>\n<tr><td>Birne</td><td>pear&nbsp;(fruit)</td></tr></table></body></html>";
    let reading = read(text.as_bytes(), "words.xls", &ReadOptions::default(), &()).unwrap();
    assert_eq!(pairs(&reading), [("Apfel", "apple"), ("Birne", "pear (fruit)")]);
}

#[test]
fn the_table_of_words_is_told_from_the_others() {
    let reading = reading(
        "<html><table><tr><td>Home</td><td>Contact</td></tr></table>\n\
         <table><tr><th>Word</th><th>Meaning</th></tr><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>\
         <tr><td>e</td><td>f</td></tr></table>\n\
         <table><tr><th>Word</th><th>Meaning</th></tr><tr><td>g</td><td>h</td></tr></table></html>",
    );
    assert_eq!(pairs(&reading), [("a", "b"), ("c", "d"), ("e", "f"), ("g", "h")]);
    assert!(
        reading.reports.contains(&"1 other table left out: line 1".to_owned()),
        "{:?}",
        reading.reports
    );
}

#[test]
fn pages_without_words_are_not_taken() {
    for text in [
        "<!DOCTYPE html>\n<p>one, two</p>\n<p>three, four</p>\n",
        "<ul><li>one</li><li>two</li><li>three</li></ul>",
        "<b>bold</b>\tfett\n<i>slanted</i>\tkursiv\n",
        "<div>a</div>\tb\n<div>c</div>\td\n",
    ] {
        assert!(!super::looks_like(text), "{text}");
    }
}

#[test]
fn no_table_and_no_row_of_one_vanishes_without_a_word() {
    let long = "x".repeat(400);
    let reading = reading(&format!(
        "<html><table><tr><th>Word</th><th>Meaning</th></tr><tr><td>a</td><td>b</td></tr>\
         <tr><td>c</td><td>d</td></tr></table>\n\
         <table><tr><th>Word</th><th>Meaning</th></tr><tr><td>e</td><td>f</td></tr>\n\
         <tr><td>g</td><td></td></tr>\n<tr><td>h</td><td></td></tr></table>\n\
         <table><tr><td>one</td></tr><tr><td>two</td></tr></table>\n\
         <table><tr><td>{long}</td><td>{long}</td></tr></table></html>"
    ));
    assert_eq!(pairs(&reading), [("a", "b"), ("c", "d"), ("e", "f")]);
    let lines: Vec<u32> = reading.rejected.iter().map(|row| row.line).collect();
    assert_eq!(lines, [3, 4]);
    assert!(
        reading.reports.contains(&"2 other tables left out: line 5, 6".to_owned()),
        "{:?}",
        reading.reports
    );
}

#[test]
fn an_item_that_is_too_long_costs_its_row() {
    let long = "x".repeat(200 << 10);
    let reading = reading(&format!(
        "<html><ul>\n<li>a – b</li>\n<li>c – d</li>\n<li>e – f</li>\n<li>g – {long}</li></ul>"
    ));
    assert_eq!(reading.drafts.len(), 3);
    let reason = RowReason::TooLong { bytes: 200 << 10 };
    assert_eq!(reading.rejected, [RowError::new(5, reason)]);
}

#[test]
fn a_side_that_is_missing_shifts_no_other_card() {
    let side = |text: &str| format!("<span class=\"TermText\">{text}</span>");
    let card = |sides: &[&str]| {
        let sides: Vec<String> =
            sides.iter().map(|text| format!("<div>{}</div>", side(text))).collect();
        format!("<div>{}</div>\n", sides.concat())
    };
    let reading = reading(&format!(
        "<!doctype html>\n<html><section>{}{}{}</section>",
        card(&["水", "water"]),
        card(&["fire"]),
        card(&["木", "tree"])
    ));
    assert_eq!(pairs(&reading), [("水", "water"), ("木", "tree")]);
    assert!(reading.drafts.iter().all(Draft::is_ticked));
    assert_eq!(reading.rejected, [RowError::new(3, RowReason::NoBack)]);
}

#[test]
fn an_odd_number_of_sides_side_by_side_is_doubted() {
    let sides: String = ["水", "water", "fire", "木", "tree"]
        .map(|text| format!("<span class=\"TermText\">{text}</span>\n"))
        .concat();
    let reading = reading(&format!("<html><div>\n{sides}</div>"));
    assert_eq!(reading.drafts.len(), 2);
    assert!(!reading.drafts.iter().any(Draft::is_ticked));
    assert_eq!(reading.rejected, [RowError::new(6, RowReason::NoBack)]);
    assert_eq!((reading.warnings.len(), reading.warnings[0].line), (1, 2));
}

#[test]
fn items_of_a_list_hold_the_sides_of_a_card_together() {
    let item = |text: &str| {
        let sides = text.split('/').map(|side| format!("<span class=TermText>{side}</span>"));
        format!("<li>{}", sides.collect::<String>())
    };
    let items = ["水/water", "fire", "木/tree"].map(item).concat();
    let reading = reading(&format!("<html><ul>{items}</ul>"));
    assert_eq!(pairs(&reading), [("水", "water"), ("木", "tree")]);
}

#[test]
fn what_is_nested_too_deep_is_read_as_one_and_said() {
    let words = "<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>";
    let text = format!(
        "<html>{}\n<table>{words}</table>{}",
        "<table><tr><td>".repeat(5_000),
        "</td></tr></table>".repeat(5_000)
    );
    let page = super::Page::of(&text);
    assert!(page.sheets.len() <= 100, "{}", page.sheets.len());
    let reading = super::read(&text, &ReadOptions::default()).unwrap();
    assert_eq!(pairs(&reading), [("a", "b"), ("c", "d")]);
    assert_eq!(reading.warnings[0].line, 1);
    let open = "<span class=TermText>".repeat(5_000);
    let page = super::Page::of(&format!("<html>{open}<table></table>"));
    assert!(page.too_deep.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_tags_never_panic(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th rowspan=3>", "<td colspan=9>",
                "<dl>", "<dt>", "<dd>", "</dl>", "<ul>", "<li>", "</ul>", "a – b", "x", "<ruby>", "<rt>",
                "</ruby>", "<script>", "</script>", "<nav>", "</nav>", "\n", "&amp;", "<span class=TermText>",
                "</span>", "<td style='display:none'>", "<caption>", "<pre>", "</thead>", "<!--", "-->",
            ]),
            0..40,
        ),
    ) {
        let text = format!("<html>{}", pieces.concat());
        let _ = super::looks_like(&text);
        let _ = super::read(&text, &ReadOptions::default());
    }
}
