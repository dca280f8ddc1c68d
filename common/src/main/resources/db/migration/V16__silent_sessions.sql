-- Closes, as abandoned at their last event, up to `most` of the sessions of which nothing was heard
-- for this long, by the server's clock, marks their days, has their children's cached answers
-- invalidated, and returns how many it closed; null if there was none to close. Of those that it
-- looked at, all may have been heard again meanwhile, and then it closed none, and there may be
-- more. What arrives of them later is computed in, an end that was only late takes the place of the
-- silence.
-- The children are locked as ingest locks them; one that it is just writing has its turn next time.
CREATE OR REPLACE FUNCTION close_silent_sessions(silent_for interval, most int) RETURNS bigint
  LANGUAGE plpgsql AS $$
DECLARE
  silent uuid[];
BEGIN
  SELECT array_agg(c.session_id) INTO silent
  FROM (
    SELECT g.id AS session_id
    FROM game_sessions g
    JOIN children c ON c.id = g.child_id
    WHERE g.completion_status = 'in_progress'
      AND g.created_at < now() - silent_for
      AND g.id >= (SELECT least_session_id FROM forgotten_events)
      AND EXISTS (
        SELECT FROM session_events e
        WHERE e.session_id = g.id AND e.child_id = g.child_id AND e.type = 'session.started')
      AND NOT EXISTS (
        SELECT FROM session_events e
        WHERE e.session_id = g.id AND e.received_at >= now() - silent_for)
    ORDER BY g.created_at
    LIMIT most
    FOR NO KEY UPDATE OF c SKIP LOCKED
  ) c;
  IF silent IS NULL THEN
    RETURN NULL;
  END IF;
  -- In a statement of its own, which sees what was committed before the locks were had.
  SELECT array_agg(g.id) INTO silent
  FROM game_sessions g
  WHERE g.id = ANY (silent)
    AND NOT EXISTS (
      SELECT FROM session_events e
      WHERE e.session_id = g.id AND e.received_at >= now() - silent_for);
  PERFORM record_sessions(silent, true);
  PERFORM invalidate_children(ARRAY(SELECT child_id FROM game_sessions WHERE id = ANY (silent)));
  RETURN coalesce(cardinality(silent), 0);
END $$;
