-- How many answers were given and how long they took, so that no statistic reads the
-- log. Caught up with the log when statistics are asked for, never by an answer.
CREATE TABLE answered (
    day     INTEGER NOT NULL,          -- study day
    deck_id INTEGER NOT NULL REFERENCES decks (id),
    hour    INTEGER NOT NULL,          -- of the local clock, 0 to 23
    class   INTEGER NOT NULL,          -- 0 new, 1 young, 2 mature, 3 drill, 4 cram, 5 imported
    grade   INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    ms      INTEGER NOT NULL,
    PRIMARY KEY (day, deck_id, hour, class, grade)
) STRICT, WITHOUT ROWID;

-- How far they are counted. One row.
CREATE TABLE counted (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    upto  INTEGER NOT NULL,            -- the newest event that is counted
    rules TEXT NOT NULL                -- the decks whose rules were not the usual ones
) STRICT;
INSERT INTO counted (id, upto, rules) VALUES (1, 0, '');

-- Cards that changed their deck since, with the deck under which they are counted.
CREATE TABLE moved (
    card_id INTEGER PRIMARY KEY,
    deck_id INTEGER NOT NULL
) STRICT;
CREATE TRIGGER cards_moved AFTER UPDATE OF deck_id ON cards
    WHEN old.deck_id <> new.deck_id AND EXISTS (SELECT 1 FROM events WHERE card_id = old.id)
BEGIN
    INSERT INTO moved (card_id, deck_id) VALUES (old.id, old.deck_id) ON CONFLICT DO NOTHING;
END;
