-- 1 where Telegram says that the charge renewed a subscription: it does not know any by that charge.
-- 0 where it began one, and where Telegram's ledger alone told of it, which does not say.
ALTER TABLE charge ADD COLUMN is_renewal BIGINT NOT NULL DEFAULT 0 CHECK (is_renewal IN (0, 1));
CREATE INDEX charge_of_buyer ON charge (buyer);
