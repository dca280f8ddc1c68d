-- What operators are told of: who runs, how the nights went, what a reconciliation found.

-- The instances of the three services, each by itself: it says every 15 seconds that it is there. Nobody else knows.
CREATE TABLE service_instances (
  instance    text PRIMARY KEY,
  service     text NOT NULL,
  version     text NOT NULL,
  host        text,
  started_at  timestamptz NOT NULL,
  seen_at     timestamptz NOT NULL
);

-- The nights: when each was due, by when it was promised, and how it went. analytics-batch, which alone knows the
-- schedule, has the next one here beforehand. One that has failed has no end until it is brought to it.
CREATE TABLE nights (
  planned_at   timestamptz PRIMARY KEY,
  promised_at  timestamptz NOT NULL,
  begun_at     timestamptz,
  ended_at     timestamptz,
  CONSTRAINT nights_promised_at_check CHECK (promised_at > planned_at)
);
CREATE INDEX idx_nights_open ON nights (planned_at) WHERE ended_at IS NULL;
CREATE INDEX idx_nights_ended ON nights (ended_at);

-- How many rows a part of a reconciliation found to differ, before it broke off for that. No row: none.
CREATE TABLE reconcile_differences (
  step_execution_id  bigint PRIMARY KEY REFERENCES batch_step_execution ON DELETE CASCADE,
  job_execution_id   bigint NOT NULL REFERENCES batch_job_execution ON DELETE CASCADE,
  differences        bigint NOT NULL CHECK (differences > 0)
);
CREATE INDEX idx_reconcile_differences_run ON reconcile_differences (job_execution_id);
-- The last reconciliation among all steps of all jobs.
CREATE INDEX idx_batch_step_execution_reconcile ON batch_step_execution (step_execution_id)
  WHERE step_name IN ('reconcile-all', 'reconcile-events', 'reconcile-sample');

-- Runs by how they ended, and by when they began.
CREATE INDEX idx_batch_job_execution_status ON batch_job_execution (status, job_execution_id);
CREATE INDEX idx_batch_job_execution_created ON batch_job_execution (create_time);

-- Tokens of logins that are over: the oldest first.
CREATE INDEX idx_auth_refresh_tokens_issued ON auth_refresh_tokens (issued_at);
