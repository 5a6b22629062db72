-- When the owners were last told of a kind of trouble: asked every few seconds while there is one,
-- among all that was ever sent.
CREATE INDEX outbox_warned ON outbox (fact) WHERE substr(fact, 1, 5) = 'warn:';
