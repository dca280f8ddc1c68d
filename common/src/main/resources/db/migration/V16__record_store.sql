-- What was sent of a child to a learning record store.

ALTER TABLE children ADD COLUMN record_store_consent boolean NOT NULL DEFAULT false;
ALTER TABLE consents DROP CONSTRAINT consents_purpose_check;
ALTER TABLE consents ADD CONSTRAINT consents_purpose_check CHECK (
  purpose IN ('play_analytics', 'professional_sharing', 'population_figures', 'research_export', 'record_store'));

-- The months of a child whose guardians consent to it. A month that changes gets a new version, from the
-- job that folds it; all of its events that were received before `sent_until` have been sent as of
-- `sent_version`. To send an event again does nothing, as its statement has the same id each time.
CREATE TABLE statement_months (
  child_id      bigint NOT NULL REFERENCES children ON DELETE CASCADE,
  month         date NOT NULL CHECK (extract(day FROM month) = 1),
  version       bigint NOT NULL DEFAULT nextval('dirty_version'),
  sent_version  bigint NOT NULL DEFAULT 0,
  sent_until    timestamptz NOT NULL DEFAULT '-infinity',
  PRIMARY KEY (child_id, month)
);
CREATE INDEX idx_statement_months_due ON statement_months (child_id) WHERE version > sent_version;
