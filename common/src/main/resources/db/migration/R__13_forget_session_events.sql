-- Forgets the events of all sessions that were started before the month (UTC) of this date: drops their
-- partitions, and deletes what the default partition has of such sessions. Sessions and
-- summaries stay, and are never computed again. Where the time in a session's id is more than 31 days
-- from the play, a clock was wrong when the id was made, and the play decides. Of any session either all
-- events go or none. Returns how many partitions went. Safe to call at any time; writers wait for as long
-- as it takes to drop a table.
CREATE OR REPLACE FUNCTION forget_session_events(before date) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  month      date := date_trunc('month', before::timestamp)::date;
  since      timestamptz := month::timestamp AT TIME ZONE 'UTC';
  boundary   uuid := least_session_id(since);
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
    EXECUTE format(
      'INSERT INTO session_events
       SELECT e.* FROM %s e
       WHERE (e.session_id, e.child_id) IN (
         SELECT g.id, g.child_id FROM game_sessions g
         WHERE g.id < %L AND g.started_at >= %L
           AND g.data_quality_notes @> ''[{"rule": "id_contradicts_times"}]'')', part.name, boundary, since);
    EXECUTE format('DROP TABLE %s', part.name);
    gone := gone + 1;
  END LOOP;
  -- An activity makes no session: its own time counts.
  DELETE FROM session_events_default e
  USING (
    SELECT d.session_id, d.child_id, d.first_seq,
           uuid_extract_timestamp(d.session_id) AS made_at,
           coalesce(
             (SELECT g.started_at FROM game_sessions g WHERE g.id = d.session_id AND g.child_id = d.child_id),
             -- What is packed has a session.
             CASE WHEN NOT d.packed THEN
               timestamptz 'epoch' + (convert_from(d.events, 'UTF8')::jsonb -> 0 ->> 2)::bigint * interval '1 microsecond'
             END,
             uuid_extract_timestamp(d.session_id)
           ) AS played_at
    FROM session_events_default d
  ) t
  WHERE e.session_id = t.session_id AND e.child_id = t.child_id AND e.first_seq = t.first_seq
    AND CASE WHEN abs(extract(epoch FROM t.played_at - t.made_at)) > 31 * 86400
             THEN t.played_at < since
             ELSE e.session_id < boundary END;
  RETURN gone;
END $$;

-- The same, but only if a month has gone by since the last time, and null if somebody has the partitions in
-- use for too long: the next night tries again.
CREATE OR REPLACE FUNCTION try_forget_session_events(before date) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  IF least_session_id(date_trunc('month', before::timestamp) AT TIME ZONE 'UTC')
     <= (SELECT least_session_id FROM forgotten_events) THEN
    RETURN 0;
  END IF;
  RETURN forget_session_events(before);
EXCEPTION WHEN lock_not_available THEN
  RETURN NULL;
END $$;
