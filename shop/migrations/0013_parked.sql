-- What waits for something else than time, in a state of its own.
--
-- parked: an effect waits until the bot may write to whom it is for; an update until a version comes
-- that knows what it says. Nobody is to look at it, and it is no history that is swept.
--
-- A column that allows more is a new column under the old name: both databases have that.

DROP INDEX inbox_waiting;
DROP INDEX inbox_due;
DROP INDEX inbox_ended;
ALTER TABLE inbox ADD COLUMN stands TEXT NOT NULL DEFAULT 'waiting'
    CHECK (stands IN ('waiting', 'done', 'dead', 'parked'));
UPDATE inbox SET stands = state;
ALTER TABLE inbox DROP COLUMN state;
ALTER TABLE inbox RENAME COLUMN stands TO state;
CREATE INDEX inbox_waiting ON inbox (queue, id) WHERE state = 'waiting';
CREATE INDEX inbox_due ON inbox (urgency, due_at, id) WHERE state = 'waiting';
CREATE INDEX inbox_ended ON inbox (ended_at) WHERE state = 'done';
CREATE INDEX inbox_parked ON inbox (id) WHERE state = 'parked';
-- Dead rows are few, and looked for every few seconds.
CREATE INDEX inbox_dead ON inbox (received_at) WHERE state = 'dead';

DROP INDEX outbox_fact;
DROP INDEX outbox_waiting;
DROP INDEX outbox_due;
DROP INDEX outbox_ended;
ALTER TABLE outbox ADD COLUMN stands TEXT NOT NULL DEFAULT 'waiting'
    CHECK (stands IN ('waiting', 'done', 'dead', 'parked'));
UPDATE outbox SET stands = state;
ALTER TABLE outbox DROP COLUMN state;
ALTER TABLE outbox RENAME COLUMN stands TO state;
CREATE UNIQUE INDEX outbox_fact ON outbox (fact) WHERE state = 'waiting';
CREATE INDEX outbox_waiting ON outbox (queue, id) WHERE state = 'waiting';
CREATE INDEX outbox_due ON outbox (urgency, due_at, id) WHERE state = 'waiting';
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE state = 'done';
CREATE INDEX outbox_dead ON outbox (created_at) WHERE state = 'dead';
CREATE INDEX outbox_parked ON outbox (queue) WHERE state = 'parked';
CREATE INDEX outbox_parked_since ON outbox (ended_at) WHERE state = 'parked';

-- puzzling: a row of Telegram's ledger that no version understood yet.
DROP INDEX star_row_unworked;
ALTER TABLE star_row ADD COLUMN stands TEXT NOT NULL DEFAULT 'new'
    CHECK (stands IN ('new', 'pending', 'worked', 'puzzling'));
UPDATE star_row SET stands = state;
UPDATE star_row SET stands = 'puzzling' WHERE stands = 'worked' AND direction || ':' || id IN
    (SELECT subject FROM difference WHERE code = 'row_not_understood');
ALTER TABLE star_row DROP COLUMN state;
ALTER TABLE star_row RENAME COLUMN stands TO state;
CREATE INDEX star_row_unworked ON star_row (state, position) WHERE state <> 'worked';
