//! Whatever the learner does to the rows of a plan, the same file is known again.

use proptest::prelude::*;
use termdeck::app::plan::{Bucket, FilePlan, PlanRow};
use termdeck::app::{App, ImportOptions, Input};
use termdeck::config::Config;
use termdeck::domain::{Day, Field, Now};
use termdeck::import::Triage;

use super::stage::runs;

const NOW: Now = Now { at_ms: 1_795_392_000_000, offset_min: 0, day: Day(20_780) };

/// One thing that is done to the row at a place, counted round.
#[derive(Clone, Debug)]
enum Deed {
    Edit(usize, Field, String),
    Swap(usize),
    SwapAll,
    Merge(usize),
    Split(usize),
    Triage(usize, Triage),
}

fn deed() -> impl Strategy<Value = Deed> {
    let field = prop::sample::select(vec![Field::Front, Field::Back, Field::Note, Field::Tags]);
    let text = prop::sample::select(vec!["水", "fire", "other", "水;火", "a b", "木"]);
    let triage = prop::sample::select(vec![Triage::Known, Triage::Never, Triage::Learn]);
    prop_oneof![
        4 => (0..9_usize, field, text).prop_map(|(at, field, text)| Deed::Edit(at, field, text.into())),
        2 => (0..9_usize).prop_map(Deed::Swap),
        1 => Just(Deed::SwapAll),
        2 => (0..9_usize).prop_map(Deed::Merge),
        2 => (0..9_usize).prop_map(Deed::Split),
        2 => (0..9_usize, triage).prop_map(|(at, triage)| Deed::Triage(at, triage)),
    ]
}

fn done(mut plan: FilePlan, deed: &Deed) -> FilePlan {
    let rows = &mut plan.rows;
    let all = rows.len();
    match deed {
        Deed::Edit(at, field, text) => {
            let row = &mut rows[at % all];
            let mut fields = row.draft.fields.clone();
            fields.set(*field, text);
            row.edit(fields).unwrap();
        }
        Deed::Swap(at) => rows[at % all].swap_sides(),
        Deed::SwapAll => rows.iter_mut().for_each(PlanRow::swap_sides),
        Deed::Merge(at) if at % all + 1 < all => {
            let next = rows.remove(at % all + 1);
            rows[at % all].merge(&next);
        }
        Deed::Merge(_) => {}
        Deed::Split(at) => {
            let at = at % all;
            let cut = |text: &str| text.char_indices().nth(1).map_or(0, |(cut, _)| cut);
            let fields = &rows[at].draft.fields;
            let cuts = (cut(&fields.front), cut(&fields.back));
            if let Some((first, second)) = rows[at].split(cuts.0, cuts.1) {
                rows.splice(at..=at, [first, second]);
            }
        }
        Deed::Triage(at, triage) => rows[at % all].draft.decide().triage = *triage,
    }
    plan
}

fn plan(app: &App, text: &str) -> FilePlan {
    let input = Input { path: "terms.tsv", bytes: text.as_bytes() };
    app.plan(input, &ImportOptions::default(), &()).unwrap()
}

proptest! {
    #![proptest_config(runs(200))]

    #[test]
    fn a_file_whose_rows_were_changed_before_the_import_has_nothing_to_say_afterwards(
        deeds in prop::collection::vec(deed(), 1..8),
        imported_before in any::<bool>(),
    ) {
        let text = "水\twater\n火\tfire, flame\n木头\twood\n金\tgold\n土地\tearth; soil\n日\tsun\n";
        let app = App::in_memory(Config::default(), NOW).unwrap();
        if imported_before {
            app.apply(&plan(&app, text), NOW, &()).unwrap();
        }
        let mut planned = plan(&app, text);
        for deed in &deeds {
            planned = app.replan(done(planned, deed), &()).unwrap();
        }
        app.apply(&planned, NOW, &()).unwrap();
        let before = app.document(None, NOW).unwrap();
        let again = plan(&app, text);
        let told: Vec<_> = again
            .rows
            .iter()
            .map(|row| (&row.draft.fields.front, &row.bucket, &row.reason, row.ticked))
            .collect();
        let is_new = |row: &PlanRow| row.bucket == Bucket::New;
        prop_assert!(!again.rows.iter().any(is_new), "{:?}", told);
        prop_assert!(!again.rows.iter().any(PlanRow::writes), "{:?}", told);
        if !imported_before {
            prop_assert_eq!(&again.gone, &[], "{:?}", told);
        }
        prop_assert_eq!(app.apply(&again, NOW, &()).unwrap().import, None);
        prop_assert_eq!(app.document(None, NOW).unwrap(), before);
        prop_assert!(app.doctor().unwrap().ok);
    }
}
