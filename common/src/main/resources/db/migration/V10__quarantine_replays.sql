-- The quarantine as operators work on it: runs that send its records again, and up to where they have
-- looked at it. Ids of records are offsets of the topic with that id; one that is made anew has another.

-- One run goes on at a time. The instance that has the lock of the replays sends the next records and
-- notes them, and how far the run is, in one transaction. So whoever comes after a kill goes on there.
CREATE TABLE quarantine_replay_run (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic_id      text NOT NULL,
  reason        text NOT NULL,
  since         timestamptz,
  -- How many are sent at most, in all and in a second.
  most          int NOT NULL CHECK (most BETWEEN 1 AND 100000),
  per_second    int NOT NULL CHECK (per_second BETWEEN 1 AND 1000),
  asked_by      text NOT NULL,
  asked_at      timestamptz NOT NULL DEFAULT now(),
  state         text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'completed', 'stopped', 'failed')),
  -- The record that is looked at next, and the first one that is not: what is refused again comes after it.
  next_id       bigint NOT NULL,
  end_id        bigint NOT NULL,
  -- Before this nobody sends more: the rate holds whoever sends.
  not_before    timestamptz NOT NULL DEFAULT now(),
  looked_at     int NOT NULL DEFAULT 0,
  sent          int NOT NULL DEFAULT 0,
  already_sent  int NOT NULL DEFAULT 0,
  not_sendable  int NOT NULL DEFAULT 0,
  ended_at      timestamptz,
  failure       text,
  CONSTRAINT quarantine_replay_run_ended CHECK ((state = 'running') = (ended_at IS NULL)),
  CONSTRAINT quarantine_replay_run_failed CHECK ((state = 'failed') = (failure IS NOT NULL))
);
CREATE UNIQUE INDEX uq_quarantine_replay_run_running ON quarantine_replay_run (state) WHERE state = 'running';

-- Up to which record somebody has looked at the quarantine, and how much comes after it, as ingest last
-- measured it. The row that was measured last is that of the topic there is.
CREATE TABLE quarantine_seen (
  topic_id          text PRIMARY KEY,
  -- The last record that was seen; null: none was.
  seen_up_to        bigint,
  -- The id of the next record to come.
  end_id            bigint,
  -- 100,000 means that many or more.
  unseen            int,
  oldest_unseen_at  timestamptz,
  measured_at       timestamptz
);
