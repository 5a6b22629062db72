-- 1 where Telegram says that the charge began a subscription, which it then knows by this charge.
-- An invoice link can be paid again, so that an order may have begun several.
ALTER TABLE charge ADD COLUMN is_first BIGINT NOT NULL DEFAULT 0 CHECK (is_first IN (0, 1));
