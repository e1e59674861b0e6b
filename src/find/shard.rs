//! Some notes, laid out for searching.

use super::texts::Texts;
use crate::domain::text::fold;
use crate::domain::{Day, Fields, Kind, Slot, State, Uid};

/// A note as it is put into a shard.
#[derive(Clone, Copy, Debug)]
pub struct NoteEntry<'a> {
    /// Its number, by which the notes of a shard are ordered.
    pub key: i64,
    /// Its id.
    pub id: Uid,
    /// The number of its deck.
    pub deck: i64,
    /// What it is.
    pub kind: Kind,
    /// When it was added, Unix milliseconds.
    pub added_ms: i64,
    /// Its text.
    pub fields: &'a Fields,
    /// How its front is probably read, where no reading is written.
    pub guess: &'a str,
    /// Its cards in the order of their slots.
    pub cards: &'a [CardEntry],
}

/// What of the notes is put into a shard. An index holds all; a single search needs
/// only what its query asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Cards. Without them a note stands for all of its cards.
    pub cards: bool,
    /// Examples and sources.
    pub asides: bool,
    /// How fronts without a reading are probably read.
    pub guesses: bool,
}

impl Parts {
    /// Everything that a query can ask for.
    pub const ALL: Self = Self { cards: true, asides: true, guesses: true };
}

/// The state of a card, in so far as a query can ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardEntry {
    due: i32,
    buried: i32,
    last: i32,
    /// Interval in days.
    pub interval_d: u32,
    /// Ease in hundredths.
    pub ease_centi: u32,
    /// Lapses.
    pub lapses: u32,
    /// The number of its slot; [`NO_CARD`] in the place of a note without cards.
    slot: u16,
    best: u8,
    /// Whether it is suspended.
    pub suspended: bool,
    /// Whether it is a leech.
    pub leech: bool,
}

const NO_DAY: i32 = i32::MIN;
const NO_GRADE: u8 = u8::MAX;
const NO_CARD: u16 = u16::MAX;

const fn day(day: Option<Day>) -> i32 {
    match day {
        Some(Day(day)) => day,
        None => NO_DAY,
    }
}

const fn or_none(day: i32) -> Option<Day> {
    if day == NO_DAY { None } else { Some(Day(day)) }
}

impl CardEntry {
    /// Returns the entry of a card.
    #[must_use]
    pub fn new(slot: Slot, state: &State) -> Self {
        Self {
            due: day(state.due),
            buried: day(state.buried),
            last: day(state.last),
            interval_d: state.interval_d,
            ease_centi: state.ease_centi,
            lapses: state.lapses,
            slot: slot.index() as u16,
            best: state.best.map_or(NO_GRADE, crate::domain::Grade::raw),
            suspended: state.suspended.is_some(),
            leech: state.is_leech(),
        }
    }

    /// Stands for all cards of a note.
    fn of_note() -> Self {
        Self { slot: NO_CARD, ..Self::new(Slot::Forward, &State::NEW) }
    }

    /// Whether it is a card, and does not just stand for a note.
    #[must_use]
    pub const fn is_card(&self) -> bool {
        self.slot != NO_CARD
    }

    /// Whether it is this card of its note.
    #[must_use]
    pub const fn is_slot(&self, slot: Slot) -> bool {
        self.slot as i64 == slot.index()
    }

    /// Returns the number of its slot.
    #[must_use]
    pub const fn slot(&self) -> u16 {
        self.slot
    }

    /// Returns the day it comes due; `None` for a new card.
    #[must_use]
    pub const fn due(&self) -> Option<Day> {
        or_none(self.due)
    }

    /// Returns the state as far as an entry keeps it: what the drill asks for.
    pub(super) fn drilled(&self) -> State {
        State { last: or_none(self.last), best: crate::domain::Grade::new(self.best), ..State::NEW }
    }

    /// Whether it is hidden on `today` because it was buried.
    #[must_use]
    pub const fn is_buried(&self, today: Day) -> bool {
        self.buried != NO_DAY && self.buried == today.0
    }

    /// Whether it can be shown on `today` at all.
    #[must_use]
    pub const fn is_active(&self, today: Day) -> bool {
        !self.suspended && !self.is_buried(today)
    }
}

/// What is kept of a note besides its texts and cards.
#[derive(Clone, Copy, Debug)]
struct Row {
    key: i64,
    id: Uid,
    added_ms: i64,
    /// Where its cards begin.
    first_card: u32,
    /// Where its tags begin.
    first_tag: u32,
    /// Its deck among those of the shard.
    deck: u16,
    kind: Kind,
}

/// The texts of a note that words are looked for in come first, then the reading as
/// it is typed on a keyboard.
pub(super) const FIELDS: usize = 4;
const SPELT: usize = FIELDS + 1;

/// Some notes in the order of their numbers, at most [`Shard::MOST`].
#[derive(Clone, Debug, Default)]
pub struct Shard {
    rows: Vec<Row>,
    pub(super) texts: Texts<SPELT>,
    /// Examples and sources.
    pub(super) asides: Texts<2>,
    pub(super) guesses: Texts<1>,
    pub(super) cards: Vec<CardEntry>,
    /// The decks that occur.
    pub(super) decks: Vec<i64>,
    /// The folded tags that occur.
    pub(super) tags: Vec<String>,
    tags_of: Vec<u16>,
}

impl Shard {
    /// The most notes of one shard: few enough to be read between two keys.
    pub const MOST: usize = 512;

    /// Adds a note, which must come after those that are there.
    pub fn push(&mut self, note: &NoteEntry<'_>, parts: Parts) {
        let fields = note.fields;
        let row = self.row(note.key, note.id, note.deck, note.kind, note.added_ms);
        self.rows.push(row);
        let reading = fold(&fields.reading);
        let spelt = spelt(&reading);
        let (front, back) = (fold(&fields.front), fold(&fields.back));
        self.texts.push([&front, &back, &reading, &fold(&fields.note), &spelt]);
        if parts.asides {
            self.asides.push([&fold(&fields.example), &fold(&fields.source)]);
        }
        if parts.guesses {
            let guess = self::spelt(&note.guess.to_lowercase());
            self.guesses.push([&guess]);
        }
        if parts.cards && !note.cards.is_empty() {
            self.cards.extend_from_slice(note.cards);
        } else {
            self.cards.push(CardEntry::of_note());
        }
        for tag in &fields.tags {
            let tag = self.tag(&fold(tag));
            self.tags_of.push(tag);
        }
    }

    fn row(&mut self, key: i64, id: Uid, deck: i64, kind: Kind, added_ms: i64) -> Row {
        let deck = self.decks.iter().position(|other| *other == deck).unwrap_or_else(|| {
            self.decks.push(deck);
            self.decks.len() - 1
        });
        let (first_card, first_tag) = (self.cards.len() as u32, self.tags_of.len() as u32);
        // A shard has fewer notes than numbers of sixteen bits.
        Row { key, id, added_ms, first_card, first_tag, deck: deck as u16, kind }
    }

    /// Returns the number of a folded tag among those of the shard.
    fn tag(&mut self, tag: &str) -> u16 {
        let known = self.tags.iter().position(|other| other == tag);
        let at = known.unwrap_or_else(|| {
            self.tags.push(tag.to_owned());
            self.tags.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// Adds a note as it is in another shard.
    pub fn push_from(&mut self, other: &Self, at: usize) {
        let Some(row) = other.rows.get(at) else { return };
        let deck = other.decks.get(usize::from(row.deck)).copied().unwrap_or_default();
        let row = self.row(row.key, row.id, deck, row.kind, row.added_ms);
        self.rows.push(row);
        self.texts.push(other.texts.all_of(at));
        self.asides.push(other.asides.all_of(at));
        self.guesses.push(other.guesses.all_of(at));
        self.cards.extend_from_slice(other.cards_of(at));
        for tag in other.tags_of(at) {
            let tag = self.tag(tag);
            self.tags_of.push(tag);
        }
    }

    /// Gives back the room that is left once the last note is added.
    pub fn shrink(&mut self) {
        self.rows.shrink_to_fit();
        self.texts.shrink();
        self.asides.shrink();
        self.guesses.shrink();
        self.cards.shrink_to_fit();
        self.tags_of.shrink_to_fit();
    }

    /// Returns how many notes there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the number of a note.
    #[must_use]
    pub fn key(&self, at: usize) -> Option<i64> {
        self.rows.get(at).map(|row| row.key)
    }

    /// Returns the number of the last note.
    #[must_use]
    pub fn last_key(&self) -> Option<i64> {
        self.rows.last().map(|row| row.key)
    }

    /// Returns the id of a note.
    #[must_use]
    pub fn id(&self, at: usize) -> Option<Uid> {
        self.rows.get(at).map(|row| row.id)
    }

    /// Returns when a note was added, Unix milliseconds.
    #[must_use]
    pub fn added_ms(&self, at: usize) -> i64 {
        self.rows.get(at).map_or(0, |row| row.added_ms)
    }

    /// Returns the number of a note's deck.
    #[must_use]
    pub fn deck(&self, at: usize) -> Option<i64> {
        self.decks.get(self.nth_deck(at)).copied()
    }

    pub(super) fn nth_deck(&self, at: usize) -> usize {
        self.rows.get(at).map_or(usize::MAX, |row| usize::from(row.deck))
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.rows.get(at).map(|row| row.kind)
    }

    /// Returns the folded front, back, reading or note of a note, by their number.
    pub(super) fn text(&self, at: usize, part: usize) -> &str {
        self.texts.of(at, part)
    }

    /// Returns where the cards of a note are.
    pub(super) fn card_range(&self, at: usize) -> std::ops::Range<usize> {
        let place = |at: usize| self.rows.get(at).map(|row| row.first_card as usize);
        let end = place(at + 1).unwrap_or(self.cards.len());
        place(at).unwrap_or(end)..end
    }

    /// Returns the cards of a note.
    #[must_use]
    pub fn cards_of(&self, at: usize) -> &[CardEntry] {
        self.cards.get(self.card_range(at)).unwrap_or_default()
    }

    pub(super) fn tag_numbers_of(&self, at: usize) -> &[u16] {
        let place = |at: usize| self.rows.get(at).map(|row| row.first_tag as usize);
        let end = place(at + 1).unwrap_or(self.tags_of.len());
        self.tags_of.get(place(at).unwrap_or(end)..end).unwrap_or_default()
    }

    /// Returns the folded tags of a note.
    pub(super) fn tags_of(&self, at: usize) -> impl Iterator<Item = &str> {
        let numbers = self.tag_numbers_of(at).iter();
        numbers.filter_map(|nth| self.tags.get(usize::from(*nth)).map(String::as_str))
    }

    /// Returns the bytes it takes, without what the allocator adds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<Row>()
            + self.texts.bytes()
            + self.asides.bytes()
            + self.guesses.bytes()
            + self.cards.capacity() * size_of::<CardEntry>()
            + self.tags_of.capacity() * size_of::<u16>()
            + self.decks.capacity() * size_of::<i64>()
            + self.tags.iter().map(|tag| tag.capacity() + size_of::<String>()).sum::<usize>()
    }
}

/// Returns a reading as it is typed on a keyboard: no tones, no blanks.
pub(super) fn spelt(reading: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    reading
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .filter(|c| c.is_alphanumeric())
        .collect()
}
