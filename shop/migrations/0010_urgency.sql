-- Which rows are worked first: 0 money, 1 goods, 2 words. Telegram takes so many messages a second,
-- and neither payments nor goods wait behind a crowd that is being greeted.
ALTER TABLE inbox ADD COLUMN urgency BIGINT NOT NULL DEFAULT 2 CHECK (urgency BETWEEN 0 AND 2);
ALTER TABLE outbox ADD COLUMN urgency BIGINT NOT NULL DEFAULT 1 CHECK (urgency BETWEEN 0 AND 2);

DROP INDEX inbox_due;
CREATE INDEX inbox_due ON inbox (urgency, due_at, id) WHERE state = 'waiting';
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (urgency, due_at, id) WHERE state = 'waiting';

-- What waits already.
UPDATE inbox SET urgency = 0, queue = 'money:' || substr(queue, 6)
WHERE state <> 'done' AND queue LIKE 'chat:%'
  AND (raw LIKE '%"successful_payment":%' OR raw LIKE '%"refunded_payment":%');
UPDATE inbox SET urgency = 0, queue = 'money:' || substr(queue, 14)
WHERE state <> 'done' AND queue LIKE 'subscription:%';
UPDATE outbox SET urgency = 0
WHERE state <> 'done' AND (fact LIKE 'refund:%' OR fact LIKE 'renewal:%');
UPDATE outbox SET urgency = 2
WHERE state <> 'done' AND (fact LIKE 'tell:%' OR fact LIKE 'warn:%');
