-- What is kept of people, for how long, who looked, and what was erased.

-- All that is kept of people, wherever it is. It drives the erasure, the export, the retention and the
-- tests, which fail for a column, a topic or a key that is not in it. Filled by R__06_personal_data.
CREATE TABLE personal_data (
  place         text NOT NULL CHECK (place IN ('table', 'topic', 'key')),
  name          text NOT NULL,
  -- Of a table: all its columns.
  columns       text[] NOT NULL DEFAULT '{}',
  -- The columns that lead to the child, and to the account; null: it is of neither.
  child         text,
  account       text,
  on_erasure    text NOT NULL CHECK (on_erasure IN ('delete', 'anonymise', 'expire', 'keep', 'none')),
  -- What is deleted first.
  erase_order   int NOT NULL DEFAULT 0,
  retention     text,
  -- What it is called in the export of a child; null: it is not in it.
  export        text,
  why           text NOT NULL,
  PRIMARY KEY (place, name)
);

CREATE TABLE retention_policy (
  class       text PRIMARY KEY,
  -- Null: for as long as the child or the account is registered.
  period      interval,
  action      text NOT NULL CHECK (action IN ('delete', 'anonymise')),
  what        text NOT NULL,
  changed_at  timestamptz NOT NULL DEFAULT now(),
  -- Lest somebody has it forgotten what they did.
  CHECK (class <> 'audit' OR period >= interval '180 days')
);

-- Who did what: every look at a child by somebody else than its guardians, what admins do, erasures,
-- jobs. The services can insert, and nothing else. seal_audit() seals what is new each minute.
CREATE TABLE audit_log (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The account; null: no person.
  actor       bigint,
  actor_role  text NOT NULL CHECK (actor_role IN ('parent', 'professional', 'admin', 'system')),
  action      text NOT NULL CHECK (action ~ '^[a-z_]{1,40}$'),
  child       bigint,
  detail      text NOT NULL DEFAULT '' CHECK (length(detail) <= 500),
  seal        bigint
);
CREATE INDEX idx_audit_log_child ON audit_log (child, at) WHERE child IS NOT NULL;
CREATE INDEX idx_audit_log_actor ON audit_log (actor, at) WHERE actor IS NOT NULL;
CREATE INDEX idx_audit_log_at ON audit_log (at, id);
CREATE INDEX idx_audit_log_unsealed ON audit_log (id) WHERE seal IS NULL;
CREATE INDEX idx_audit_log_seal ON audit_log (seal, id);

-- Each seal is over the rows that have its number, in the order of their ids, and over the seal before.
CREATE TABLE audit_seal (
  id         bigint PRIMARY KEY,
  sealed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  rows       bigint NOT NULL CHECK (rows > 0),
  digest     bytea NOT NULL CHECK (length(digest) = 32),
  hash       bytea NOT NULL CHECK (length(hash) = 32)
);

-- Both belong to a role that nobody logs in as. Who migrates must be able to become it.
DO $$
BEGIN
  BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'smile_audit') THEN
      CREATE ROLE smile_audit NOLOGIN;
    END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  IF NOT pg_has_role('smile_audit', 'SET') THEN
    GRANT smile_audit TO CURRENT_USER WITH INHERIT TRUE, SET TRUE;
  END IF;
END $$;
GRANT USAGE, CREATE ON SCHEMA public TO smile_audit;
ALTER TABLE audit_log OWNER TO smile_audit;
ALTER TABLE audit_seal OWNER TO smile_audit;
REVOKE CREATE ON SCHEMA public FROM smile_audit;

-- What was asked to be erased, how far it is, and what the certificate says.
CREATE TABLE erasures (
  id               uuid PRIMARY KEY,
  -- One of the two.
  child            bigint,
  account          bigint,
  asked_by         bigint,
  asked_as         text NOT NULL CHECK (asked_as IN ('parent', 'professional', 'admin', 'replay', 'retention')),
  -- Null when all is done: what somebody wrote of a child goes with the child.
  reason           text CHECK (length(reason) <= 500),
  -- Those of the child when it was asked. They may read how far it is.
  guardians        bigint[] NOT NULL DEFAULT '{}',
  asked_at         timestamptz NOT NULL DEFAULT now(),
  -- Told to the topic of erasures.
  announced_at     timestamptz,
  -- The rows are gone, so many of each table.
  erased_at        timestamptz,
  erased_rows      jsonb,
  -- Transactions from this one on have begun after that.
  erased_until     xid8,
  -- Cached answers and records of the quarantine are gone.
  cleared_at       timestamptz,
  -- What transactions that were open at that time wrote is gone as well: all is done.
  swept_at         timestamptz,
  swept_rows       jsonb,
  -- When an event of the child was last refused that Kafka had taken: so long it is there yet.
  last_refused_at  timestamptz,
  CHECK ((child IS NULL) <> (account IS NULL))
);
CREATE UNIQUE INDEX uq_erasures_child ON erasures (child) WHERE child IS NOT NULL;
CREATE UNIQUE INDEX uq_erasures_account ON erasures (account) WHERE account IS NOT NULL;
CREATE INDEX idx_erasures_open ON erasures (asked_at) WHERE swept_at IS NULL;

-- Numbers of nobody, that stand in the place of an erased child's.
CREATE SEQUENCE nobody AS bigint;
