//! The notes that a search screen shows: an index that grows between two keys, and
//! what of it matches now.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::domain::{Now, Uid};
use crate::find::{Column, Matches, Order, Parts, Query, Scene, Shard, Spot};
use crate::store::{Deleted, Note, NoteKey, Store};

use super::browse::{FoundNote, found_card, push, scene, shard};
use super::bulk::Chosen;
use super::decks::Decks;
use super::{App, Result};

/// An index of all notes, as far as it was read, and what was found in it last.
#[derive(Debug, Default)]
pub struct Finder {
    shards: Vec<Shard>,
    /// Whether every note was read.
    is_read: bool,
    /// How many notes there are.
    total: usize,
    /// The collection's state that it is in line with: of other programs, and of this one.
    as_of: (i64, (i64, i64)),
    /// What matches in each shard that was looked through.
    matches: Vec<Matches>,
    /// What the query needs to know besides the notes, once it was looked up.
    scene: Option<Scene>,
    /// What was found, in the order in which it is shown.
    found: Vec<Spot>,
    /// How many of these have a field that is exactly what was asked for.
    exact: usize,
    /// All notes by a column, made when a list is sorted by it.
    sorted: Option<(Column, Vec<Spot>)>,
}

/// Shards that are looked through at once between two keys: a common word, looked for
/// in so many notes, costs less than a frame.
const AT_ONCE: usize = 32;

impl Finder {
    /// Returns how many notes were looked through, and how many there are.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let notes = |shards: &[Shard]| shards.iter().map(Shard::len).sum();
        let seen = notes(self.shards.get(..self.matches.len()).unwrap_or_default());
        (seen, if self.is_read { notes(&self.shards) } else { self.total.max(seen) })
    }

    /// Whether every note was looked through.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.is_read && !self.has_unseen()
    }

    /// Whether notes were read and not looked through.
    const fn has_unseen(&self) -> bool {
        self.matches.len() < self.shards.len()
    }

    /// Forgets what was found, so that [`App::read_on`] looks through all notes again.
    pub fn begin_anew(&mut self) {
        self.found.clear();
        self.matches.clear();
        self.exact = 0;
        self.scene = None;
    }

    /// Returns how many notes were found.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.found.len()
    }

    /// Returns how many of them have a field that is exactly what was asked for; these
    /// come first where the list is not sorted.
    #[must_use]
    pub const fn exact(&self) -> usize {
        self.exact
    }

    fn shard(&self, spot: Spot) -> Option<&Shard> {
        self.shards.get(spot.0 as usize)
    }

    fn id(&self, spot: Spot) -> Option<Uid> {
        self.shard(spot)?.id(spot.1.into())
    }

    /// Whether the `nth` card of a note matches.
    fn fits(&self, spot: Spot, nth: usize) -> bool {
        let matches = self.shard(spot).zip(self.matches.get(spot.0 as usize));
        matches.is_none_or(|(shard, matches)| matches.has_card(shard, spot.1.into(), nth))
    }

    /// Returns the ids of all notes that were found, in their order.
    pub fn ids(&self) -> impl Iterator<Item = Uid> {
        self.found.iter().filter_map(|spot| self.id(*spot))
    }

    /// Returns the place of a note among those that were found.
    #[must_use]
    pub fn place_of(&self, note: Uid) -> Option<usize> {
        self.found.iter().position(|spot| self.id(*spot) == Some(note))
    }

    /// Returns the bytes that it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.shards.iter().map(Shard::bytes).sum::<usize>()
            + self.found.capacity() * size_of::<Spot>()
    }

    /// Reads the next notes.
    fn read(&mut self, store: &Store) -> Result<()> {
        let last = self.shards.last().and_then(Shard::last_key).unwrap_or(0);
        let notes = store.notes_after(NoteKey(last), Shard::MOST)?;
        self.is_read = notes.len() < Shard::MOST;
        if !notes.is_empty() {
            let mut shard = shard(store, &notes, Parts::ALL)?;
            shard.shrink();
            self.shards.push(shard);
        }
        Ok(())
    }

    /// Adds what matches in at most `most` further shards to what was found, and sorts it
    /// once these were the last.
    fn look(&mut self, most: usize, query: &Query, order: Order) {
        let Some(scene) = &self.scene else { return };
        let exact_texts = query.exact_texts();
        for (nth, shard) in self.shards.iter().enumerate().skip(self.matches.len()).take(most) {
            let matches = query.matches(shard, scene);
            let mut exact = Vec::new();
            for at in matches.notes(shard) {
                let spot = (nth as u32, at as u16);
                let is_exact = shard.is_exact(at, &exact_texts);
                if is_exact { &mut exact } else { &mut self.found }.push(spot);
            }
            if !exact.is_empty() {
                let count = exact.len();
                self.found.splice(self.exact..self.exact, exact);
                self.exact += count;
            }
            self.matches.push(matches);
        }
        if self.is_whole() {
            self.sort(order);
        }
    }

    /// Puts what was found in the order of a column.
    fn sort(&mut self, Order { column, descending }: Order) {
        if column != Column::Found {
            if self.sorted.as_ref().is_none_or(|(known, _)| *known != column) {
                let Some(scene) = &self.scene else { return };
                self.sorted = Some((column, column.sorted(&self.shards, &scene.decks)));
            }
            let Some((_, all)) = &self.sorted else { return };
            let is_found = |spot: &Spot| {
                let place = spot.0 as usize;
                let (shard, matches) = (self.shards.get(place), self.matches.get(place));
                shard.zip(matches).is_some_and(|(shard, m)| m.has_note(shard, spot.1.into()))
            };
            self.found = all.iter().copied().filter(is_found).collect();
        }
        if descending {
            self.found.reverse();
        }
    }

    /// Puts notes in the place of what was known of them; `None`: the note is gone.
    fn replace(&mut self, changed: BTreeMap<i64, Option<Shard>>) {
        let last = self.shards.len().saturating_sub(1);
        let mut changed = changed.into_iter().peekable();
        for nth in 0..self.shards.len() {
            let past = self.shards.get(nth + 1).and_then(|next| next.key(0)).unwrap_or(i64::MAX);
            let is_here = |key: i64| nth == last || key < past;
            let mut here = Vec::new();
            while let Some((key, note)) = changed.next_if(|(key, _)| is_here(*key)) {
                here.push((key, note));
            }
            if let (false, Some(shard)) = (here.is_empty(), self.shards.get_mut(nth)) {
                *shard = merged(shard, here);
            }
        }
        let rest: Vec<_> = changed.collect();
        if !rest.is_empty() {
            self.shards.push(merged(&Shard::default(), rest));
        }
        // Where a shard ends is told by the first note of the next one.
        self.shards.retain(|shard| !shard.is_empty());
    }
}

/// Returns a shard with some of its notes replaced, added or left out.
fn merged(shard: &Shard, changed: Vec<(i64, Option<Shard>)>) -> Shard {
    let mut made = Shard::default();
    let mut changed = changed.into_iter().peekable();
    for at in 0..shard.len() {
        let key = shard.key(at).unwrap_or_default();
        let mut is_known = true;
        while let Some((other, note)) = changed.next_if(|(other, _)| *other <= key) {
            is_known &= other != key;
            if let Some(note) = note {
                made.push_from(&note, 0);
            }
        }
        if is_known {
            made.push_from(shard, at);
        }
    }
    for note in changed.filter_map(|(_, note)| note) {
        made.push_from(&note, 0);
    }
    made.shrink();
    made
}

impl App {
    /// Returns an index of which nothing is read yet.
    ///
    /// # Errors
    /// The store.
    pub fn finder(&self) -> Result<Finder> {
        Ok(Finder { total: self.store.note_count()?, as_of: self.moment()?, ..Finder::default() })
    }

    fn moment(&self) -> Result<(i64, (i64, i64))> {
        Ok((self.store.data_version()?, self.store.clock()?))
    }

    /// Whether nothing was changed since the index was in line with the collection.
    ///
    /// # Errors
    /// The store.
    pub fn is_current(&self, finder: &Finder) -> Result<bool> {
        Ok(finder.as_of == self.moment()?)
    }

    /// Looks through the next notes, few enough that nobody waits, and adds what of them
    /// matches; those that were not read yet are read into the index. A sorted list is
    /// put in order once all are there.
    ///
    /// # Errors
    /// The store.
    pub fn read_on(
        &self,
        finder: &mut Finder,
        query: &Query,
        order: Order,
        now: Now,
    ) -> Result<()> {
        self.store.view(|store| {
            if !finder.has_unseen() {
                finder.read(store)?;
            }
            if finder.scene.is_none() {
                finder.scene = Some(scene(store, &self.decks()?, query, now)?);
            }
            finder.look(AT_ONCE, query, order);
            Ok(())
        })
    }

    /// Looks through all notes that were read.
    ///
    /// # Errors
    /// The store.
    pub fn find(&self, finder: &mut Finder, query: &Query, order: Order, now: Now) -> Result<()> {
        self.store.view(|store| {
            finder.begin_anew();
            finder.scene = Some(scene(store, &self.decks()?, query, now)?);
            finder.look(usize::MAX, query, order);
            Ok(())
        })
    }

    /// Brings an index in line after this program changed some notes. Where another
    /// program wrote meanwhile, it begins anew.
    ///
    /// # Errors
    /// The store.
    pub fn keep_up(&self, finder: &mut Finder, notes: &[Uid]) -> Result<()> {
        let moment = self.moment()?;
        if moment.0 != finder.as_of.0 || !finder.is_read {
            *finder = self.finder()?;
            return Ok(());
        }
        self.store.view(|store| {
            let mut changed = BTreeMap::new();
            for uid in notes {
                let Some(note) = store.note_by_uid(*uid)? else { continue };
                let made = match note.deleted {
                    Deleted::No => Some(self.single(&note)?),
                    _ => None,
                };
                changed.insert(note.key.0, made);
            }
            finder.replace(changed);
            finder.sorted = None;
            finder.as_of = moment;
            Ok(())
        })
    }

    /// Returns a shard of one note.
    fn single(&self, note: &Note) -> Result<Shard> {
        let states: Vec<_> =
            self.store.cards_of(note.key)?.iter().map(|card| (card.slot, card.state)).collect();
        let mut shard = Shard::default();
        push(&mut shard, note, &states, Parts::ALL);
        Ok(shard)
    }

    /// Returns some of the notes that were found, with their cards. A note that was
    /// deleted since is left out.
    ///
    /// # Errors
    /// The store.
    pub fn found(&self, finder: &Finder, range: Range<usize>) -> Result<Vec<FoundNote>> {
        self.store.view(|_| {
            let decks = self.decks()?;
            let end = range.end.min(finder.found.len());
            let spots = finder.found.get(range.start..end).unwrap_or_default();
            let notes = spots.iter().map(|spot| self.found_at(finder, *spot, &decks));
            notes.filter_map(Result::transpose).collect()
        })
    }

    /// Returns of each of these notes the cards that match, or all where the note is
    /// not among those that were found.
    ///
    /// # Errors
    /// The store.
    pub fn chosen_in(&self, finder: &Finder, notes: &[Uid]) -> Result<Vec<Chosen>> {
        let spots: HashMap<Uid, Spot> =
            finder.found.iter().filter_map(|spot| Some((finder.id(*spot)?, *spot))).collect();
        self.store.view(|store| {
            let mut chosen = Vec::with_capacity(notes.len());
            for &note in notes {
                let mut cards = None;
                if let Some(spot) = spots.get(&note)
                    && let Some(row) = store.note_by_uid(note)?
                {
                    let known = store.cards_of(row.key)?.into_iter().enumerate();
                    let fits = |nth: &usize| finder.fits(*spot, *nth);
                    let fitting = known.filter(|(nth, _)| fits(nth)).map(|(_, card)| card.uid);
                    cards = Some(fitting.collect());
                }
                chosen.push(Chosen { note, cards });
            }
            Ok(chosen)
        })
    }

    fn found_at(&self, finder: &Finder, spot: Spot, decks: &Decks) -> Result<Option<FoundNote>> {
        let Some(id) = finder.id(spot) else { return Ok(None) };
        let note = self.store.note_by_uid(id)?.filter(|note| note.deleted == Deleted::No);
        let Some(note) = note else { return Ok(None) };
        let cards = self.store.cards_of(note.key)?;
        let cards =
            cards.iter().enumerate().map(|(nth, card)| found_card(card, finder.fits(spot, nth)));
        Ok(Some(FoundNote::new(note, cards.collect(), decks)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::NewNote;
    use crate::config::Config;
    use crate::domain::{Day, Fields};

    const NOW: Now = Now { at_ms: 1_795_400_000_000, offset_min: 480, day: Day(20_780) };

    /// Returns a collection of some notes, and an index that has read them all.
    fn read(notes: u32) -> (App, Finder) {
        let app = App::in_memory(Config::default(), NOW).unwrap();
        for nth in 0..notes {
            let (front, back) = (format!("词{nth}"), format!("word {nth}"));
            let fields = Fields { front, back, ..Fields::default() };
            app.add(NewNote { deck: None, fields }, NOW).unwrap();
        }
        let mut finder = app.finder().unwrap();
        while !finder.is_whole() {
            app.read_on(&mut finder, &Query::everything(), Order::default(), NOW).unwrap();
        }
        (app, finder)
    }

    #[test]
    fn a_search_goes_through_many_notes_piece_by_piece() {
        let (app, mut finder) = read(1);
        let shard = finder.shards[0].clone();
        finder.shards = vec![shard; AT_ONCE + 1];
        let query = Query::parse("word").unwrap();
        finder.begin_anew();
        let mut counts = Vec::new();
        while !finder.is_whole() {
            app.read_on(&mut finder, &query, Order::default(), NOW).unwrap();
            counts.push((finder.count(), finder.progress()));
        }
        let all = AT_ONCE + 1;
        assert_eq!(counts, [(AT_ONCE, (AT_ONCE, all)), (all, (all, all))]);
        app.find(&mut finder, &query, Order::default(), NOW).unwrap();
        assert_eq!(finder.count(), all, "a search as a whole finds the same");
    }

    #[test]
    fn a_note_that_another_program_deleted_is_not_shown() {
        let (app, finder) = read(3);
        let found = app.found(&finder, 0..3).unwrap();
        let gone = found[1].id;
        app.delete(&[gone.to_string()], NOW).unwrap();
        let left: Vec<Uid> = app.found(&finder, 0..3).unwrap().iter().map(|n| n.id).collect();
        assert_eq!(left, [found[0].id, found[2].id]);
    }
}
