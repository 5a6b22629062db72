-- Offers that give their goods for a time: subscriptions that Telegram renews, and passes.

-- forever: bought once; pass: bought once, for so many days; subscription: renewed by Telegram.
ALTER TABLE offer ADD COLUMN term TEXT NOT NULL DEFAULT 'forever'
    CHECK (term IN ('forever', 'pass', 'subscription'));
ALTER TABLE offer ADD COLUMN days BIGINT CHECK (days > 0);

-- What the buyer agreed to, whatever becomes of the offer.
ALTER TABLE orders ADD COLUMN term TEXT NOT NULL DEFAULT 'forever'
    CHECK (term IN ('forever', 'pass', 'subscription'));
-- Seconds of a pass, or of a period.
ALTER TABLE orders ADD COLUMN term_seconds BIGINT CHECK (term_seconds > 0);

-- Rights for a time, one row for each paid order that gives such.
--   active    paid and, if Telegram renews it, renewing
--   canceled  paid to its end, and not renewed
--   failed    a renewal could not be charged; the rights go on for the grace
--   lapsed    over; a renewal brings it back
--   changed   over; another plan of the same product took what was left of it
--   refunded  all its money went back
CREATE TABLE subscription (
    order_id    TEXT   PRIMARY KEY REFERENCES orders (id),
    buyer       BIGINT NOT NULL,
    product     TEXT   NOT NULL REFERENCES product (code),
    state       TEXT   NOT NULL CHECK (state IN
                    ('active', 'canceled', 'failed', 'lapsed', 'changed', 'refunded')),
    -- Who stopped the renewal: the buyer in Telegram, the buyer here, or the seller.
    stopped_by  TEXT   CHECK (stopped_by IN ('telegram', 'buyer', 'seller')),
    -- The end of its last period that is paid and not given back.
    paid_until  BIGINT NOT NULL,
    -- Seconds on top: what was left of the plan before.
    credit      BIGINT NOT NULL DEFAULT 0 CHECK (credit >= 0),
    credit_from TEXT   REFERENCES orders (id),
    -- The end of which the buyer has been reminded.
    reminded_of BIGINT,
    -- When something is to be done about it by itself: a reminder, or its end.
    due_at      BIGINT,
    began_at    BIGINT NOT NULL,
    ended_at    BIGINT,
    -- Grows with each change: who changes it must have seen it as it is.
    version     BIGINT NOT NULL DEFAULT 1
);

CREATE INDEX subscription_due ON subscription (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX subscription_of_buyer ON subscription (buyer, product);
CREATE INDEX subscription_credited ON subscription (credit_from) WHERE credit_from IS NOT NULL;

-- What each charge of a subscription paid for.
CREATE TABLE period (
    charge    TEXT   PRIMARY KEY REFERENCES charge (id),
    order_id  TEXT   NOT NULL REFERENCES subscription (order_id),
    starts_at BIGINT NOT NULL,
    ends_at   BIGINT NOT NULL,
    -- When its money went back.
    back_at   BIGINT,
    CHECK (ends_at > starts_at)
);

CREATE INDEX period_of_order ON period (order_id, starts_at);
