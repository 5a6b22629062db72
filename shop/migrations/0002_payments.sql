-- What a Star goes through: intent, charge, ledger, goods.

CREATE TABLE buyer (
    -- The Telegram user id.
    id              BIGINT PRIMARY KEY,
    first_name      TEXT   NOT NULL,
    language        TEXT   NOT NULL,
    -- 1 once the buyer picked the language: Telegram's guess no longer changes it.
    language_chosen BIGINT NOT NULL CHECK (language_chosen IN (0, 1)),
    can_write       BIGINT NOT NULL CHECK (can_write IN (0, 1)),
    seen_at         BIGINT NOT NULL
);

-- A buyer's intent, stored before any invoice exists. The random id is the invoice payload.
CREATE TABLE orders (
    id           TEXT   PRIMARY KEY,
    -- No reference to `buyer`: money from somebody we have not met must still be booked.
    buyer        BIGINT NOT NULL,
    product      TEXT   NOT NULL,
    offer        TEXT   NOT NULL,
    language     TEXT   NOT NULL,
    title        TEXT   NOT NULL,
    price        BIGINT NOT NULL CHECK (price > 0),
    state        TEXT   NOT NULL CHECK (state IN
                     ('opened', 'prechecked', 'paid', 'delivered', 'expired', 'refunded')),
    opened_at    BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    paid_at      BIGINT,
    -- Unique: one charge pays for one order and no second one.
    charge       TEXT   UNIQUE,
    invoice_link TEXT,
    FOREIGN KEY (product, offer) REFERENCES offer (product, code),
    -- Paid means that there is a charge, and the other way round.
    CHECK ((state IN ('paid', 'delivered', 'refunded')) = (charge IS NOT NULL))
);

-- A double tap must not hold two copies: one unpaid order per buyer and offer.
CREATE UNIQUE INDEX orders_open ON orders (buyer, product, offer)
    WHERE state IN ('opened', 'prechecked');
CREATE INDEX orders_due ON orders (expires_at) WHERE state IN ('opened', 'prechecked');
CREATE INDEX orders_of_buyer ON orders (buyer, paid_at);
CREATE INDEX orders_of_product ON orders (product);

-- A copy set aside for an order: there from opening until the order expires or is refunded.
-- For a paid order it says which copy was sold.
CREATE TABLE hold (
    order_id TEXT NOT NULL REFERENCES orders (id),
    pool     TEXT NOT NULL REFERENCES pool (id),
    PRIMARY KEY (order_id, pool)
);

CREATE INDEX hold_of_pool ON hold (pool);

-- How many of a product one buyer has or holds: the row that a per-buyer cap is decided on.
CREATE TABLE allowance (
    buyer   BIGINT NOT NULL,
    product TEXT   NOT NULL REFERENCES product (code),
    taken   BIGINT NOT NULL CHECK (taken >= 0),
    PRIMARY KEY (buyer, product)
);

-- A payment that Telegram made. Its id is the key of the fact for good: a second report of the
-- same charge, from webhook, polling or ledger, cannot be stored.
CREATE TABLE charge (
    id          TEXT   PRIMARY KEY,
    buyer       BIGINT NOT NULL,
    -- The order that it was meant for, where the payload named one.
    order_id    TEXT   REFERENCES orders (id),
    -- As received, whatever it was.
    payload     TEXT   NOT NULL,
    currency    TEXT   NOT NULL,
    amount      BIGINT NOT NULL,
    -- Two ends only: granted, or on the way back and then back.
    state       TEXT   NOT NULL CHECK (state IN ('granted', 'refunding', 'refunded')),
    -- Why it goes back, as JSON.
    reason      TEXT,
    paid_at     BIGINT NOT NULL,
    booked_at   BIGINT NOT NULL,
    refunded_at BIGINT,
    CHECK (state <> 'granted' OR order_id IS NOT NULL),
    CHECK ((state = 'refunded') = (refunded_at IS NOT NULL))
);

CREATE INDEX charge_of_order ON charge (order_id);

-- Double entry: each row takes an amount out of one account and puts it into another, so a half
-- cannot be stored and the sum over all accounts is zero by construction.
--   telegram  Stars that Telegram holds for us      sales  what was earned
--   owed      Stars on their way back to buyers
CREATE TABLE ledger (
    id        TEXT   PRIMARY KEY,
    charge    TEXT   NOT NULL REFERENCES charge (id),
    kind      TEXT   NOT NULL CHECK (kind IN ('payment', 'promise', 'refund')),
    debit     TEXT   NOT NULL CHECK (debit IN ('telegram', 'sales', 'owed')),
    credit    TEXT   NOT NULL CHECK (credit IN ('telegram', 'sales', 'owed')),
    stars     BIGINT NOT NULL CHECK (stars >= 0),
    -- Parts of a Star, in billionths: affiliate cuts are not whole.
    nanostars BIGINT NOT NULL DEFAULT 0 CHECK (nanostars >= 0 AND nanostars < 1000000000),
    booked_at BIGINT NOT NULL,
    CHECK (debit <> credit),
    CHECK (stars > 0 OR nanostars > 0),
    -- A charge is paid once and given back once.
    UNIQUE (charge, kind)
);

-- A buyer's right to a benefit.
CREATE TABLE entitlement (
    id         TEXT   PRIMARY KEY,
    order_id   TEXT   NOT NULL REFERENCES orders (id),
    buyer      BIGINT NOT NULL,
    benefit    TEXT   NOT NULL REFERENCES benefit (id),
    granted_at BIGINT NOT NULL,
    -- When it was first sent in the chat.
    sent_at    BIGINT,
    -- Set when the money went back.
    revoked_at BIGINT,
    -- Exactly once, whatever is repeated.
    UNIQUE (order_id, benefit)
);

CREATE INDEX entitlement_unsent ON entitlement (buyer) WHERE sent_at IS NULL AND revoked_at IS NULL;
CREATE INDEX entitlement_of_buyer ON entitlement (buyer);

-- Codes to give out. A given code stays given, even when its benefit leaves the catalogue.
CREATE TABLE code (
    product     TEXT   NOT NULL REFERENCES product (code),
    value       TEXT   NOT NULL,
    benefit     TEXT   NOT NULL REFERENCES benefit (id),
    position    BIGINT NOT NULL,
    -- Who got it.
    entitlement TEXT   REFERENCES entitlement (id),
    -- One code is sold once, in whichever pool of the product it stands.
    PRIMARY KEY (product, value)
);

-- One entitlement holds one code. Partial, because a full index would be the first thing that
-- SQLite looks at for the next free code, and would find all free codes there.
CREATE UNIQUE INDEX code_given ON code (entitlement) WHERE entitlement IS NOT NULL;
CREATE INDEX code_free ON code (benefit, position) WHERE entitlement IS NULL;
CREATE INDEX code_of_benefit ON code (benefit);
