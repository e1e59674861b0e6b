-- Marks the file as ours ("tdek"), in the same transaction as the tables.
PRAGMA application_id = 1952736619;

-- Who writes here, and how far its clock and its log have come. One row.
CREATE TABLE clock (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    device TEXT NOT NULL,
    hlc    INTEGER NOT NULL,           -- hybrid logical clock, milliseconds
    seq    INTEGER NOT NULL            -- number of the last event of this device
) STRICT;

CREATE TABLE decks (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,      -- full name, A::B
    options TEXT NOT NULL DEFAULT '{}',-- JSON, only what this deck sets itself
    stamp   INTEGER NOT NULL,          -- hybrid logical clock of the last change
    deleted INTEGER NOT NULL DEFAULT 0 -- not shown; rows of deleted notes still name it
) STRICT;

-- Where imported notes come from: (deck, file stem without a date), or a URI.
CREATE TABLE sources (
    id      INTEGER PRIMARY KEY,
    deck_id INTEGER NOT NULL REFERENCES decks (id),
    name    TEXT NOT NULL,
    UNIQUE (deck_id, name)
) STRICT;

CREATE TABLE imports (
    id        INTEGER PRIMARY KEY,
    uid       BLOB NOT NULL UNIQUE,
    at_ms     INTEGER NOT NULL,
    path      TEXT NOT NULL,
    format    TEXT NOT NULL,
    encoding  TEXT NOT NULL,
    hash      BLOB NOT NULL,           -- BLAKE3 of the file
    options   TEXT NOT NULL,           -- the effective options, JSON
    deck      TEXT NOT NULL,
    source_id INTEGER REFERENCES sources (id),
    counts    TEXT NOT NULL,           -- rows in each bucket, JSON
    notes     BLOB,                    -- distances of the rows of the notes the file held
    stamp     INTEGER NOT NULL,        -- notes with a later stamp were touched since
    undone_ms INTEGER
) STRICT;
CREATE INDEX imports_hash ON imports (hash);

CREATE TABLE notes (
    id           INTEGER PRIMARY KEY,
    uid          BLOB NOT NULL UNIQUE,
    deck_id      INTEGER NOT NULL REFERENCES decks (id),
    kind         TEXT NOT NULL,
    front        TEXT NOT NULL,
    back         TEXT NOT NULL,
    reading      TEXT NOT NULL,
    note         TEXT NOT NULL,
    example      TEXT NOT NULL,
    source       TEXT NOT NULL,
    tags         TEXT NOT NULL,        -- one a line
    ext_id       TEXT,                 -- the id its file gives it
    source_id    INTEGER REFERENCES sources (id),
    born_id      INTEGER REFERENCES imports (id),  -- the import that added it
    import_id    INTEGER REFERENCES imports (id),  -- the import that wrote it last
    snapshot     TEXT,                 -- fields as last imported, JSON; NULL: as they are
    added_ms     INTEGER NOT NULL,
    stamp        INTEGER NOT NULL,
    field_stamps TEXT,                 -- JSON, where they differ from stamp
    deleted      INTEGER NOT NULL DEFAULT 0        -- 1 by the learner, 2 with its import
) STRICT;
CREATE INDEX notes_deck ON notes (deck_id);
-- The number of a deck's notes, and those with the same front.
CREATE INDEX notes_front ON notes (deck_id, front, deleted);

-- Identity of cards, and the cached fold over their events.
CREATE TABLE cards (
    id          INTEGER PRIMARY KEY,   -- note id * 1024 + number of the slot
    uid         BLOB,                  -- only where it does not follow from the note's
    deck_id     INTEGER NOT NULL REFERENCES decks (id),
    slot        TEXT NOT NULL,
    batch       INTEGER NOT NULL,      -- when it was added; the newest batch is asked first
    gone        INTEGER NOT NULL DEFAULT 0,        -- its note is deleted
    repetitions INTEGER NOT NULL,
    ease_centi  INTEGER NOT NULL,
    interval_d  INTEGER NOT NULL,
    due         INTEGER,               -- days since 1970-01-01; NULL: new
    lapses      INTEGER NOT NULL,
    suspended   TEXT,
    buried      INTEGER,
    first_day   INTEGER,
    last_day    INTEGER,
    best        INTEGER,
    tried_hlc   INTEGER NOT NULL,
    newest_day  INTEGER,
    floor_run   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX cards_uid ON cards (uid) WHERE uid IS NOT NULL;
CREATE INDEX cards_due ON cards (deck_id, interval_d, due)
    WHERE due IS NOT NULL AND suspended IS NULL AND gone = 0;
CREATE INDEX cards_new ON cards (deck_id, batch DESC)
    WHERE due IS NULL AND suspended IS NULL AND gone = 0;
CREATE INDEX cards_last ON cards (last_day) WHERE last_day IS NOT NULL;
CREATE INDEX cards_buried ON cards (buried) WHERE buried IS NOT NULL;
CREATE INDEX cards_suspended ON cards (deck_id) WHERE suspended IS NOT NULL AND gone = 0;
CREATE INDEX cards_gaps ON cards (slot) WHERE (id & 1023) > 1;
CREATE INDEX cards_pruned ON cards (id) WHERE suspended = 'prune';

-- How many cards come due on a day, and how many notes have their first one then.
CREATE TABLE tallies (
    deck_id INTEGER NOT NULL REFERENCES decks (id),
    day     INTEGER NOT NULL,
    cards   INTEGER NOT NULL,
    notes   INTEGER NOT NULL,
    PRIMARY KEY (deck_id, day)
) STRICT, WITHOUT ROWID;

-- The log. Rows are only ever added.
CREATE TABLE events (
    id          INTEGER PRIMARY KEY,
    uid         BLOB NOT NULL UNIQUE,
    card_id     INTEGER NOT NULL REFERENCES cards (id),
    at_ms       INTEGER NOT NULL,
    offset_min  INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    hlc         INTEGER NOT NULL,
    device      TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    grade       INTEGER,
    scale       TEXT,
    ms          INTEGER,
    due_offset  INTEGER,
    due         INTEGER,
    cause       TEXT,
    repetitions INTEGER,
    ease_centi  INTEGER,
    interval_d  INTEGER,
    lapses      INTEGER,
    voids       BLOB,
    import_id   INTEGER REFERENCES imports (id)    -- the import that brought it
) STRICT;
CREATE INDEX events_card ON events (card_id);
CREATE INDEX events_day ON events (day) WHERE kind IN ('review', 'drill');
CREATE INDEX events_import ON events (import_id) WHERE import_id IS NOT NULL;

-- The texts that edits and imports replaced. Rows are only ever added.
CREATE TABLE edits (
    id        INTEGER PRIMARY KEY,
    note_id   INTEGER NOT NULL,
    at_ms     INTEGER NOT NULL,
    stamp     INTEGER NOT NULL,
    device    TEXT NOT NULL,
    import_id INTEGER REFERENCES imports (id),     -- NULL: the learner's own edit
    before    TEXT NOT NULL                        -- JSON: the note's row as it was
) STRICT;
CREATE INDEX edits_note ON edits (note_id);
CREATE INDEX edits_import ON edits (import_id) WHERE import_id IS NOT NULL;
