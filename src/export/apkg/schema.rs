//! The tables of a package: schema 11, which every Anki since 2.0 reads.
//!
//! # Source
//! `rslib/src/storage/schema11.sql` in Anki's repository, as packages hold it.

/// Makes the tables.
pub(super) const TABLES: &str = "
    CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL,
        scm integer NOT NULL, ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL,
        ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text NOT NULL,
        dconf text NOT NULL, tags text NOT NULL);
    CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL,
        mod integer NOT NULL, usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL,
        sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL,
        data text NOT NULL);
    CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL,
        ord integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL,
        queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL,
        factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL,
        left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL,
        flags integer NOT NULL, data text NOT NULL);
    CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL,
        ease integer NOT NULL, ivl integer NOT NULL, lastIvl integer NOT NULL,
        factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL);
    CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);";

/// Makes the indexes, once the rows are there.
pub(super) const INDEXES: &str = "
    CREATE INDEX ix_notes_usn ON notes (usn);
    CREATE INDEX ix_cards_usn ON cards (usn);
    CREATE INDEX ix_revlog_usn ON revlog (usn);
    CREATE INDEX ix_cards_nid ON cards (nid);
    CREATE INDEX ix_cards_sched ON cards (did, queue, due);
    CREATE INDEX ix_revlog_cid ON revlog (cid);
    CREATE INDEX ix_notes_csum ON notes (csum);";

pub(super) const COL: &str =
    "INSERT INTO col VALUES (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, ?6, '{}')";
/// The checksum is left to the program that imports the note.
pub(super) const NOTE: &str = "INSERT INTO notes VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, 0, 0, '')";
pub(super) const CARD: &str = "INSERT INTO cards VALUES \
    (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, 0, 0, 0, ?13)";
pub(super) const ANSWER: &str = "INSERT INTO revlog VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8)";
