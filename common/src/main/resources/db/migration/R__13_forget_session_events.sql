-- Forgets the events of all sessions that were started before the month (UTC) of this date: drops their
-- partitions, and deletes what the default partition has of such sessions. Sessions and
-- summaries stay, and are never computed again. Returns how many partitions went. Safe to call at
-- any time; writers wait for as long as it takes to drop a table.
CREATE OR REPLACE FUNCTION forget_session_events(before date) RETURNS int
  LANGUAGE plpgsql
AS $$
DECLARE
  month      date := date_trunc('month', before::timestamp)::date;
  boundary   uuid := least_session_id(month::timestamp AT TIME ZONE 'UTC');
  gone       int := 0;
  part       record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('session_event_partitions'));
  PERFORM lock_session_events();
  UPDATE forgotten_events SET least_session_id = boundary WHERE least_session_id < boundary;
  FOR part IN
    SELECT c.oid::regclass AS name
    FROM pg_inherits i
    JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'session_events'::regclass
      AND c.relname ~ '^session_events_\d{4}_\d{2}$'
      AND to_date(right(c.relname, 7), 'YYYY_MM') < month
    ORDER BY c.relname
  LOOP
    EXECUTE format('ALTER TABLE session_events DETACH PARTITION %s', part.name);
    EXECUTE format('DROP TABLE %s', part.name);
    gone := gone + 1;
  END LOOP;
  DELETE FROM session_events_default WHERE session_id < boundary;
  RETURN gone;
END $$;
