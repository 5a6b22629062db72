-- For the story of an order.

-- Who told the shop of the charge first: an update, Telegram's ledger, or its refund alone. NULL
-- where it was booked before this was kept.
ALTER TABLE charge ADD COLUMN heard_by TEXT CHECK (heard_by IN ('update', 'ledger', 'refund'));

-- Rare things in the life of an order that no other row tells. Rows are added and never changed; of
-- refused payments the last few of an order are kept.
CREATE TABLE event (
    -- Sorts by time.
    id       TEXT   PRIMARY KEY,
    order_id TEXT   NOT NULL REFERENCES orders (id),
    at       BIGINT NOT NULL,
    -- Its name, and all of it as JSON.
    what     TEXT   NOT NULL,
    detail   TEXT   NOT NULL
);

CREATE INDEX event_of_order ON event (order_id, id);
