-- Work that must survive a crash: updates received, effects owed.
--
-- A row waits until it is `done` or `dead`. A worker takes it by moving `leased_until` into the
-- future with a conditional UPDATE, so two workers never have the same row, and a worker that died
-- gives its rows back when the lease runs out. Dead rows are kept for a person to read and re-run.

CREATE TABLE inbox (
    -- Sorts by time received, then by update id: the order in which Telegram told it.
    id           TEXT   PRIMARY KEY,
    update_id    BIGINT NOT NULL,
    -- Telegram may start its update ids anew after a quiet week, so the same id with another body
    -- is another update.
    body_hash    TEXT   NOT NULL,
    -- Updates of one queue are worked one after the other.
    queue        TEXT   NOT NULL,
    raw          TEXT   NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('waiting', 'done', 'dead')),
    tries        BIGINT NOT NULL DEFAULT 0,
    due_at       BIGINT NOT NULL,
    leased_until BIGINT NOT NULL DEFAULT 0,
    -- The error code of the last try that failed.
    why          TEXT,
    received_at  BIGINT NOT NULL,
    ended_at     BIGINT,
    UNIQUE (update_id, body_hash)
);

CREATE INDEX inbox_waiting ON inbox (queue, id) WHERE state = 'waiting';
CREATE INDEX inbox_due ON inbox (due_at, id) WHERE state = 'waiting';
CREATE INDEX inbox_ended ON inbox (ended_at) WHERE state = 'done';

CREATE TABLE outbox (
    id           TEXT   PRIMARY KEY,
    -- Effects of one queue (a chat) are never under way at the same time.
    queue        TEXT   NOT NULL,
    -- The business fact that the effect stands for.
    fact         TEXT   NOT NULL,
    body         TEXT   NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('waiting', 'done', 'dead')),
    tries        BIGINT NOT NULL DEFAULT 0,
    due_at       BIGINT NOT NULL,
    leased_until BIGINT NOT NULL DEFAULT 0,
    why          TEXT,
    created_at   BIGINT NOT NULL,
    ended_at     BIGINT
);

-- The same fact is owed once at a time; when done, it may be owed again ("send again").
CREATE UNIQUE INDEX outbox_fact ON outbox (fact) WHERE state = 'waiting';
CREATE INDEX outbox_waiting ON outbox (queue, id) WHERE state = 'waiting';
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 'waiting';
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE state = 'done';

-- Keys that the shop made for itself, in hex.
CREATE TABLE secret (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
