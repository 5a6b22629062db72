-- Promo codes: a lower price for who knows a word.

CREATE TABLE promo (
    -- In upper case: buyers may type it as they like.
    code        TEXT   PRIMARY KEY,
    percent_off BIGINT CHECK (percent_off BETWEEN 1 AND 99),
    stars_off   BIGINT CHECK (stars_off > 0),
    -- How many orders it is good for, in all and by one buyer, where there is a bound.
    uses        BIGINT CHECK (uses > 0),
    per_buyer   BIGINT CHECK (per_buyer > 0),
    starts_at   BIGINT,
    ends_at     BIGINT,
    position    BIGINT NOT NULL,
    -- Whether the catalogue names it.
    live        BIGINT NOT NULL CHECK (live IN (0, 1)),
    -- Uses that are held or spent. Not more than `uses` when one is taken; the seller may lower
    -- that later.
    taken       BIGINT NOT NULL DEFAULT 0 CHECK (taken >= 0),
    CHECK ((percent_off IS NULL) <> (stars_off IS NULL))
);

-- The products that a code is good for; all where none is named.
CREATE TABLE promo_product (
    promo   TEXT NOT NULL REFERENCES promo (code),
    product TEXT NOT NULL REFERENCES product (code),
    PRIMARY KEY (promo, product)
);

-- A use of a code: held by an order that is open, spent by one that was paid.
CREATE TABLE promo_use (
    order_id TEXT   PRIMARY KEY REFERENCES orders (id),
    promo    TEXT   NOT NULL REFERENCES promo (code),
    buyer    BIGINT NOT NULL
);

CREATE INDEX promo_use_of ON promo_use (promo, buyer);

-- How many uses of a code one buyer has: the row that its bound is decided on.
CREATE TABLE promo_buyer (
    promo TEXT   NOT NULL REFERENCES promo (code),
    buyer BIGINT NOT NULL,
    taken BIGINT NOT NULL CHECK (taken >= 0),
    PRIMARY KEY (promo, buyer)
);

-- The code that an order was opened with, and the price without it. What is paid is `price`.
ALTER TABLE orders ADD COLUMN promo TEXT REFERENCES promo (code);
ALTER TABLE orders ADD COLUMN list_price BIGINT CHECK (list_price > price);

CREATE INDEX orders_of_promo ON orders (promo, expires_at)
    WHERE promo IS NOT NULL AND state IN ('opened', 'prechecked');
