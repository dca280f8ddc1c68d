-- Makes the partitions for the months (UTC) from the one of the first date to the one of the last,
-- where they are missing and not forgotten, and returns how many it made: each of two parts, for events that
-- are packed and that are not. Events in the default partition move into theirs. Safe to call at any time, by any number of callers.
CREATE OR REPLACE FUNCTION ensure_session_event_partitions(first date, last date) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  made   int := 0;
  month  timestamp := date_trunc('month', first::timestamp);
  name   text;
  low    uuid;
  high   uuid;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('session_event_partitions'));
  WHILE month <= last LOOP
    name := 'session_events_' || to_char(month, 'YYYY_MM');
    low := least_session_id(month AT TIME ZONE 'UTC');
    high := least_session_id((month + interval '1 month') AT TIME ZONE 'UTC');
    IF to_regclass(name) IS NULL AND low >= (SELECT least_session_id FROM forgotten_events) THEN
      PERFORM lock_session_events();
      EXECUTE format('CREATE TABLE %I (LIKE session_events INCLUDING ALL) PARTITION BY LIST (packed)', name);
      EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES IN (false)', name || '_plain', name);
      EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES IN (true)', name || '_packed', name);
      EXECUTE format(
        'WITH moved AS (DELETE FROM session_events_default
                        WHERE session_id >= %L AND session_id < %L RETURNING *)
         INSERT INTO %I SELECT * FROM moved', low, high, name);
      EXECUTE format('ALTER TABLE session_events ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, low, high);
      made := made + 1;
    END IF;
    month := month + interval '1 month';
  END LOOP;
  RETURN made;
END $$;

-- The same, but null if somebody has the partitions in use for too long: what has no partition of its own
-- waits in the default one, and the next night tries again.
CREATE OR REPLACE FUNCTION try_session_event_partitions(first date, last date) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  RETURN ensure_session_event_partitions(first, last);
EXCEPTION WHEN lock_not_available THEN
  RETURN NULL;
END $$;
