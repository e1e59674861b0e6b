//! Which field of a note type is what to us, and which card a template makes.

use std::collections::{HashMap, HashSet};

use crate::domain::{Field, Slot};
use crate::import::Column;
use crate::import::delimited::header::{self, Name};

use super::names::NoteType;
use super::template::Template;

/// How notes of one type are taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles {
    /// The field that is asked; `None`: the first that holds text.
    pub front: Option<usize>,
    /// The field that is to be remembered; `None`: the next that holds text.
    pub back: Option<usize>,
    /// What a field of each position is, where it is neither.
    pub others: Vec<Option<Other>>,
    /// Fields with readings in brackets behind the words.
    pub furigana: Vec<bool>,
    /// The fields that hold gaps.
    pub cloze: Vec<usize>,
    /// The card that each template makes.
    pub slots: Vec<Slot>,
}

/// What a field is that is neither front nor back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Other {
    /// Reading, example, source or note.
    Field(Field),
    /// It goes to the note, with its name.
    Named,
    /// It only decides whether a card is made.
    Switch,
}

/// Names of fields that no table header has.
const FRONTS: &str = "text|target word|target|headword|foreign|vocabulary kanji|vocab kanji|characters|character|cloze";
const BACKS: &str = "back extra|native|meaning english|english meaning|vocabulary english|keyword";
const READINGS: &str = "vocabulary kana|vocab kana|vocabulary furigana|pinyin numbered";

/// Returns what the name of a field says about it.
fn meaning(name: &str) -> Option<Field> {
    let folded = crate::domain::text::fold(name).replace(['-', '_'], " ");
    let is_in = |names: &str| names.split('|').any(|known| known == folded);
    if is_in(FRONTS) {
        return Some(Field::Front);
    }
    if is_in(BACKS) {
        return Some(Field::Back);
    }
    if is_in(READINGS) {
        return Some(Field::Reading);
    }
    match header::name(name) {
        Some(Name::Column(Column::Field(Field::Tags))) => None,
        Some(Name::Column(Column::Field(field))) => Some(field),
        // A translation is most often into English; another language says nothing.
        Some(Name::Language("en")) => Some(Field::Back),
        _ => None,
    }
}

impl Roles {
    /// Returns how notes of a type are taken apart.
    pub fn of(kind: &NoteType) -> Self {
        let names = &kind.fields;
        let mut places: HashMap<&String, usize> = HashMap::with_capacity(names.len());
        for (at, name) in names.iter().enumerate() {
            places.entry(name).or_insert(at);
        }
        let place = |name: &String| places.get(name).copied();
        let all = |list: &[String]| list.iter().filter_map(place).collect::<Vec<usize>>();
        let first = kind.templates.first().cloned().unwrap_or_default();
        let (asked, told) = (all(&first.asked), all(&first.told));
        let meanings: Vec<Option<Field>> = names.iter().map(|name| meaning(name)).collect();
        let cloze = if kind.is_cloze { all(&first.cloze) } else { Vec::new() };
        let front = cloze.first().copied().or_else(|| front(&meanings, &asked, names.len()));
        let back = front.and_then(|front| back(&meanings, &asked, &told, front));
        let mut taken = Vec::new();
        let is_side = |at: usize| Some(at) == front || Some(at) == back || cloze.contains(&at);
        let of_all = |list: fn(&Template) -> &Vec<String>| -> HashSet<&String> {
            kind.templates.iter().flat_map(list).collect()
        };
        let (asked_at_all, told_at_all) = (of_all(|own| &own.asked), of_all(|own| &own.told));
        let is_shown = |name: &String| asked_at_all.contains(name) || told_at_all.contains(name);
        let switches = of_all(|own| &own.switches);
        let is_switch = |name: &String| switches.contains(name);
        let other = |at: usize| match meanings[at] {
            _ if is_side(at) => None,
            Some(field @ (Field::Reading | Field::Note | Field::Example | Field::Source))
                if !taken.contains(&field) =>
            {
                taken.push(field);
                Some(Other::Field(field))
            }
            _ if is_switch(&names[at]) && !is_shown(&names[at]) => Some(Other::Switch),
            _ => Some(Other::Named),
        };
        let others = (0..names.len()).map(other).collect();
        let furigana = of_all(|own| &own.furigana);
        Self {
            front,
            back,
            others,
            furigana: names.iter().map(|name| furigana.contains(name)).collect(),
            cloze,
            slots: slots(kind, front, back),
        }
    }
}

/// Returns the field that is asked: one with a name that says so and that the first
/// card asks, or what the first card asks, or one with such a name at all.
fn front(meanings: &[Option<Field>], asked: &[usize], count: usize) -> Option<usize> {
    let is_front = |at: &usize| meanings[*at] == Some(Field::Front);
    let is_open = |at: &usize| meanings[*at].is_none();
    let is_no_back = |at: &usize| meanings[*at] != Some(Field::Back);
    let find = |wanted: &dyn Fn(&usize) -> bool| asked.iter().copied().find(wanted);
    find(&is_front)
        .or_else(|| find(&is_open))
        .or_else(|| (0..count).find(is_front))
        .or_else(|| find(&is_no_back))
}

fn back(
    meanings: &[Option<Field>],
    asked: &[usize],
    told: &[usize],
    front: usize,
) -> Option<usize> {
    let is_back = |at: &usize| meanings[*at] == Some(Field::Back) && *at != front;
    let is_open = |at: &usize| meanings[*at].is_none() && *at != front && !asked.contains(at);
    let shown = told.iter().chain(asked).copied();
    told.iter()
        .copied()
        .find(is_back)
        .or_else(|| (0..meanings.len()).find(is_back))
        .or_else(|| told.iter().copied().find(is_open))
        .or_else(|| shown.clone().find(|at| meanings[*at].is_none() && *at != front))
        .or_else(|| told.iter().copied().find(|at| *at != front && !asked.contains(at)))
}

/// Returns the card that each template makes: the first that asks the front, the
/// first that asks the back, and the others by their number.
fn slots(kind: &NoteType, front: Option<usize>, back: Option<usize>) -> Vec<Slot> {
    let gap = |ord: usize| Slot::Gap((ord + 1).min(usize::from(Slot::MAX_GAP)) as u16);
    let name = |at: Option<usize>| at.and_then(|at| kind.fields.get(at));
    let mut slots: Vec<Slot> = (0..kind.templates.len()).map(gap).collect();
    let mut taken = Vec::new();
    for (ord, template) in kind.templates.iter().enumerate() {
        let asks = |side: Option<&String>| side.is_some_and(|name| template.asked.contains(name));
        let slot = match (asks(name(front)), asks(name(back))) {
            (true, false) => Slot::Forward,
            (false, true) => Slot::Reverse,
            _ => continue,
        };
        if !taken.contains(&slot) {
            taken.push(slot);
            slots[ord] = slot;
        }
    }
    if let Some(first) = slots.first_mut()
        && !taken.contains(&Slot::Forward)
        && matches!(first, Slot::Gap(_))
    {
        *first = Slot::Forward;
    }
    slots
}
