-- The events of sessions that are over are packed: a row of compressed bytes in the place of many. The
-- packed rows of a month are in a table of their own, as deleting rows makes no table smaller: the other
-- one, from which they went, shrinks to nothing by vacuuming once its month is over.

-- The months' tables become the parts of those that are not packed.
CREATE TEMPORARY TABLE event_month ON COMMIT DROP AS
SELECT c.relname::text AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds
FROM pg_inherits i
JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = 'session_events'::regclass AND c.relname ~ '^session_events_\d{4}_\d{2}$';

DO $$
DECLARE
  month  record;
BEGIN
  FOR month IN SELECT name FROM event_month ORDER BY name LOOP
    EXECUTE format('ALTER TABLE session_events DETACH PARTITION %I', month.name);
    EXECUTE format('ALTER TABLE %I RENAME TO %I', month.name, month.name || '_plain');
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', month.name || '_plain', month.name || '_pkey');
    EXECUTE format('ALTER TABLE %I ADD COLUMN packed boolean NOT NULL DEFAULT false', month.name || '_plain');
  END LOOP;
END $$;

-- If packed, the bytes are as EventChunk packs them, and received_at is when the last of them came. The rows
-- of a session never overlap, whether packed or not.
ALTER TABLE session_events ADD COLUMN packed boolean NOT NULL DEFAULT false;
ALTER TABLE session_events DROP CONSTRAINT session_events_pkey;
ALTER TABLE session_events ADD PRIMARY KEY (session_id, child_id, first_seq, packed);

DO $$
DECLARE
  month  record;
BEGIN
  FOR month IN SELECT name, bounds FROM event_month ORDER BY name LOOP
    EXECUTE format('CREATE TABLE %I (LIKE session_events INCLUDING ALL) PARTITION BY LIST (packed)', month.name);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES IN (false)', month.name, month.name || '_plain');
    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES IN (true)', month.name || '_packed', month.name);
    EXECUTE format('ALTER TABLE session_events ATTACH PARTITION %I %s', month.name, month.bounds);
  END LOOP;
END $$;

-- Sessions that have ended, or have changed since, and whose events are not packed since then.
CREATE TABLE unpacked_sessions (
  child_id    bigint NOT NULL,
  session_id  uuid NOT NULL,
  since       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (child_id, session_id)
);
INSERT INTO unpacked_sessions (child_id, session_id)
SELECT child_id, id FROM game_sessions WHERE completion_status <> 'in_progress' ORDER BY child_id, id;
