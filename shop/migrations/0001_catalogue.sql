-- What is for sale.
--
-- SQLite and PostgreSQL run this same text, so it keeps to what both mean alike: TEXT and BIGINT,
-- 0 and 1 for no and yes, ids that the shop makes itself. `live` is 0 for what the seller took out
-- of the catalogue: old orders still point at it, so nothing of a catalogue is ever deleted.
--
-- Each text stands in the shop's own language beside the thing it names. The `*_text` tables hold
-- the other languages; a NULL there means "as in the shop's own language".

-- One shop per database: the key can only be 1.
CREATE TABLE profile (
    id       BIGINT PRIMARY KEY CHECK (id = 1),
    language TEXT   NOT NULL,
    name     TEXT   NOT NULL,
    tagline  TEXT   NOT NULL,
    about    TEXT   NOT NULL,
    cover    TEXT,
    welcome  TEXT,
    support  TEXT   NOT NULL,
    terms    TEXT   NOT NULL,
    privacy  TEXT   NOT NULL,
    -- Not part of the catalogue file: an import must not resume a shop that its seller paused.
    paused   BIGINT NOT NULL DEFAULT 0 CHECK (paused IN (0, 1))
);

CREATE TABLE profile_text (
    language TEXT PRIMARY KEY,
    name     TEXT,
    tagline  TEXT,
    about    TEXT,
    support  TEXT,
    terms    TEXT,
    privacy  TEXT
);

CREATE TABLE category (
    code     TEXT   PRIMARY KEY,
    title    TEXT   NOT NULL,
    position BIGINT NOT NULL,
    live     BIGINT NOT NULL CHECK (live IN (0, 1))
);

CREATE TABLE category_text (
    category TEXT NOT NULL REFERENCES category (code),
    language TEXT NOT NULL,
    title    TEXT NOT NULL,
    PRIMARY KEY (category, language)
);

CREATE TABLE product (
    code         TEXT   PRIMARY KEY,
    category     TEXT   NOT NULL REFERENCES category (code),
    title        TEXT   NOT NULL,
    summary      TEXT   NOT NULL,
    description  TEXT   NOT NULL,
    refunds      TEXT   NOT NULL,
    featured     BIGINT NOT NULL CHECK (featured IN (0, 1)),
    -- The size of the edition as the seller wrote it; what is left of it is kept in `pool`.
    stock        BIGINT CHECK (stock >= 0),
    per_buyer    BIGINT CHECK (per_buyer > 0),
    position     BIGINT NOT NULL,
    live         BIGINT NOT NULL CHECK (live IN (0, 1)),
    -- Folded text for searching, made by the shop: SQLite's own lower() knows only ASCII.
    search_title TEXT   NOT NULL,
    search       TEXT   NOT NULL
);

-- The order of every list: featured first, then as the seller wrote them. With it a list reads the
-- rows that it shows and no more, however many products there are.
CREATE INDEX product_listed ON product (featured DESC, position) WHERE live = 1;
CREATE INDEX product_in_category ON product (category, featured DESC, position) WHERE live = 1;

CREATE TABLE product_text (
    product      TEXT NOT NULL REFERENCES product (code),
    language     TEXT NOT NULL,
    title        TEXT,
    summary      TEXT,
    description  TEXT,
    refunds      TEXT,
    -- Holds the shop's own language too: buyers search with either.
    search_title TEXT NOT NULL,
    search       TEXT NOT NULL,
    PRIMARY KEY (product, language)
);

-- Pictures of a product, 0 in front. Nothing points at a picture, so these rows are replaced.
CREATE TABLE picture (
    product  TEXT   NOT NULL REFERENCES product (code),
    position BIGINT NOT NULL,
    file     TEXT   NOT NULL,
    alt      TEXT   NOT NULL,
    PRIMARY KEY (product, position)
);

CREATE TABLE picture_text (
    product  TEXT   NOT NULL,
    position BIGINT NOT NULL,
    language TEXT   NOT NULL,
    alt      TEXT   NOT NULL,
    PRIMARY KEY (product, position, language),
    FOREIGN KEY (product, position) REFERENCES picture (product, position)
);

CREATE TABLE offer (
    product  TEXT   NOT NULL REFERENCES product (code),
    code     TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    -- Whole Stars. Nothing is free here: an invoice needs a price.
    price    BIGINT NOT NULL CHECK (price > 0),
    position BIGINT NOT NULL,
    live     BIGINT NOT NULL CHECK (live IN (0, 1)),
    PRIMARY KEY (product, code)
);

CREATE TABLE offer_text (
    product  TEXT NOT NULL,
    offer    TEXT NOT NULL,
    language TEXT NOT NULL,
    title    TEXT NOT NULL,
    PRIMARY KEY (product, offer, language),
    FOREIGN KEY (product, offer) REFERENCES offer (product, code)
);

-- What a buyer gets. An entitlement points here and not at a copy, so that a corrected file or
-- text reaches those who bought it before.
CREATE TABLE benefit (
    id         TEXT   PRIMARY KEY,
    product    TEXT   NOT NULL REFERENCES product (code),
    kind       TEXT   NOT NULL CHECK (kind IN ('file', 'code', 'text', 'link')),
    title      TEXT   NOT NULL,
    file       TEXT,
    file_name  TEXT,
    file_size  BIGINT CHECK (file_size >= 0),
    media_type TEXT,
    -- Whether the chat message forbids forwarding and saving.
    protect    BIGINT NOT NULL DEFAULT 0 CHECK (protect IN (0, 1)),
    -- The text or the address.
    body       TEXT,
    position   BIGINT NOT NULL,
    live       BIGINT NOT NULL CHECK (live IN (0, 1)),
    -- A benefit without its content could be sold and never delivered.
    CHECK (kind <> 'file' OR (file IS NOT NULL AND file_name IS NOT NULL
                              AND file_size IS NOT NULL AND media_type IS NOT NULL)),
    CHECK (kind NOT IN ('text', 'link') OR body IS NOT NULL)
);

CREATE INDEX benefit_of_product ON benefit (product, position);

CREATE TABLE benefit_text (
    benefit  TEXT NOT NULL REFERENCES benefit (id),
    language TEXT NOT NULL,
    title    TEXT,
    body     TEXT,
    PRIMARY KEY (benefit, language)
);

-- Telegram's own handle of a file that the bot has sent once: sending it again costs no upload.
CREATE TABLE sent_file (
    file    TEXT PRIMARY KEY,
    file_id TEXT NOT NULL
);

-- Anything that can run out: an edition, or a pool of codes. `taken` counts what is sold and what
-- is held, and equals the rows of `hold` that name the pool. It only ever grows by
-- `UPDATE ... SET taken = taken + 1 WHERE taken < size`, which both databases decide on the
-- newest row: that statement is why nothing is sold twice.
CREATE TABLE pool (
    id      TEXT   PRIMARY KEY,
    product TEXT   NOT NULL REFERENCES product (code),
    -- The code benefit that it feeds; NULL for the edition of the product itself.
    benefit TEXT   UNIQUE REFERENCES benefit (id),
    size    BIGINT NOT NULL CHECK (size >= 0),
    taken   BIGINT NOT NULL CHECK (taken >= 0),
    -- 0 when the seller lifted the limit: sales ignore the pool, its count goes on.
    live    BIGINT NOT NULL CHECK (live IN (0, 1))
);

CREATE INDEX pool_of_product ON pool (product);
