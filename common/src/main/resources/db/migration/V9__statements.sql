-- What was sent of children to a learning record store.

-- The months of a child whose guardians consent to it. A month that changes gets a new version, from the
-- job that folds it. Of the version `sent_version` has been sent what was received until `sent_until`,
-- which is when that version was marked: what came later may have no session yet. To send an event again
-- does nothing, as its statement has the same id each time.
CREATE TABLE statement_months (
  child_id      bigint NOT NULL REFERENCES children ON DELETE CASCADE,
  month         date NOT NULL CHECK (extract(day FROM month) = 1),
  version       bigint NOT NULL DEFAULT nextval('dirty_version'),
  marked_at     timestamptz NOT NULL DEFAULT now(),
  sent_version  bigint NOT NULL DEFAULT 0,
  sent_until    timestamptz NOT NULL DEFAULT '-infinity',
  PRIMARY KEY (child_id, month)
);
CREATE INDEX idx_statement_months_due ON statement_months (child_id) WHERE version > sent_version;
