-- Telegram's own Star ledger as it was read, what it moved in our books, and where the two differ.

-- When Telegram's ledger was seen to hold the payment, and its refund.
ALTER TABLE charge ADD COLUMN seen_at BIGINT;
ALTER TABLE charge ADD COLUMN back_seen_at BIGINT;
CREATE INDEX charge_unseen ON charge (booked_at) WHERE seen_at IS NULL;
CREATE INDEX charge_back_unseen ON charge (refunded_at)
    WHERE state = 'refunded' AND back_seen_at IS NULL;

-- For the story of an order: what its state alone does not tell.
ALTER TABLE orders ADD COLUMN prechecked_at BIGINT;
ALTER TABLE orders ADD COLUMN expired_at BIGINT;

-- How far Telegram's ledger has been read. One row.
CREATE TABLE star_mark (
    id    BIGINT PRIMARY KEY CHECK (id = 1),
    -- Rows read, counted from the oldest: the offset of the next page.
    rows_read BIGINT NOT NULL CHECK (rows_read >= 0),
    -- Payments before this that name no order of ours were another shop's business.
    since BIGINT NOT NULL
);

-- A row of Telegram's ledger. A refund repeats the id of its payment in the other direction.
CREATE TABLE star_row (
    id        TEXT   NOT NULL,
    direction TEXT   NOT NULL CHECK (direction IN ('in', 'out', 'unclear')),
    -- Its place in Telegram's ledger, counted from the oldest.
    position  BIGINT NOT NULL,
    -- The row in our words, as JSON, and as it came.
    body      TEXT   NOT NULL,
    raw       TEXT   NOT NULL,
    -- new: nothing was done about it; pending: a withdrawal under way, looked at again.
    state     TEXT   NOT NULL CHECK (state IN ('new', 'pending', 'worked')),
    read_at   BIGINT NOT NULL,
    PRIMARY KEY (id, direction)
);

CREATE INDEX star_row_unworked ON star_row (state, position) WHERE state <> 'worked';
CREATE INDEX star_row_position ON star_row (position);

-- What our books and Telegram's say differently, with both sides' rows as JSON.
CREATE TABLE difference (
    id       TEXT   PRIMARY KEY,
    code     TEXT   NOT NULL,
    -- What it is about: a charge, a row, the balance.
    subject  TEXT   NOT NULL,
    ours     TEXT   NOT NULL,
    theirs   TEXT   NOT NULL,
    -- gone: it went away by itself; accepted: a person has looked into it.
    state    TEXT   NOT NULL CHECK (state IN ('open', 'gone', 'accepted')),
    found_at BIGINT NOT NULL,
    ended_at BIGINT
);

-- The same difference is found once; one that a person accepted is not found again.
CREATE UNIQUE INDEX difference_known ON difference (code, subject)
    WHERE state IN ('open', 'accepted');

-- The ledger with room for what is not a sale of ours:
--   affiliates  cuts that Telegram paid to those who brought the buyer
--   withdrawn   Stars that left through a withdrawal
--   elsewhere   all else that moved the bot's balance: gifts, ads, another shop's sales
CREATE TABLE ledger_wider (
    id        TEXT   PRIMARY KEY,
    charge    TEXT   REFERENCES charge (id),
    -- The row of Telegram's ledger that it comes from, where no charge is behind it.
    star_row  TEXT,
    kind      TEXT   NOT NULL CHECK (kind IN
                  ('payment', 'promise', 'refund', 'commission', 'commission_back',
                   'withdrawal', 'withdrawal_back', 'movement')),
    debit     TEXT   NOT NULL CHECK (debit IN
                  ('telegram', 'sales', 'owed', 'affiliates', 'withdrawn', 'elsewhere')),
    credit    TEXT   NOT NULL CHECK (credit IN
                  ('telegram', 'sales', 'owed', 'affiliates', 'withdrawn', 'elsewhere')),
    stars     BIGINT NOT NULL CHECK (stars >= 0),
    nanostars BIGINT NOT NULL DEFAULT 0 CHECK (nanostars >= 0 AND nanostars < 1000000000),
    booked_at BIGINT NOT NULL,
    CHECK (debit <> credit),
    CHECK (stars > 0 OR nanostars > 0),
    CHECK ((charge IS NULL) <> (star_row IS NULL)),
    -- Each thing happens once to a charge, and once by a row.
    UNIQUE (charge, kind),
    UNIQUE (star_row, kind)
);

INSERT INTO ledger_wider (id, charge, kind, debit, credit, stars, nanostars, booked_at)
    SELECT id, charge, kind, debit, credit, stars, nanostars, booked_at FROM ledger;
DROP TABLE ledger;
ALTER TABLE ledger_wider RENAME TO ledger;

-- All that was ever owed about a fact, for its story and for what is told once.
CREATE INDEX outbox_of_fact ON outbox (fact);
