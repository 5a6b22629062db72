-- Numbered copies of an edition.

-- Whether each buyer of the edition gets a number.
ALTER TABLE product ADD COLUMN numbered BIGINT NOT NULL DEFAULT 0 CHECK (numbered IN (0, 1));
-- The highest number that was given out of a pool.
ALTER TABLE pool ADD COLUMN numbers BIGINT NOT NULL DEFAULT 0 CHECK (numbers >= 0);

-- A number that was given. It belongs to one order; without an order it came back and is the next
-- to be given.
CREATE TABLE copy (
    pool     TEXT   NOT NULL REFERENCES pool (id),
    number   BIGINT NOT NULL CHECK (number > 0),
    order_id TEXT   UNIQUE REFERENCES orders (id),
    PRIMARY KEY (pool, number)
);

CREATE INDEX copy_free ON copy (pool, number) WHERE order_id IS NULL;
