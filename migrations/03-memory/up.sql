-- What FSRS holds of a card, part of the cached fold; NULL under SM-2 and for new cards.
ALTER TABLE cards ADD COLUMN stability REAL;      -- days
ALTER TABLE cards ADD COLUMN difficulty REAL;     -- 1 to 10
ALTER TABLE cards ADD COLUMN memory_day INTEGER;  -- study day of the answer behind them
