-- Who leases rows of a queue table locks its row here first: leases are given one after the other,
-- so that two processes never take two rows of one queue in the same moment.
CREATE TABLE turn (
    name TEXT PRIMARY KEY
);

INSERT INTO turn (name) VALUES ('inbox'), ('outbox');
