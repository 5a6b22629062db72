-- Whose ledger was read: a shop may go on with another bot, whose earlier sales are none of its own.
ALTER TABLE star_mark ADD COLUMN bot BIGINT;
