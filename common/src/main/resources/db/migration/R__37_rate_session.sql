-- Takes what a parent says of a session of an own child, and returns what came of it: not_found,
-- in_progress, forgotten (the session's events are not kept any more), or rated with the child whose
-- cached answers have to go after the commit. The session then shows the rating as if it were computed
-- anew: the last word counts.
CREATE OR REPLACE FUNCTION rate_session(viewer bigint, session uuid, rating jsonb, OUT outcome text, OUT child_id bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  child   bigint;
  status  text;
  played  date;
BEGIN
  SELECT c.id, g.completion_status INTO child, status
  FROM game_sessions g
  JOIN children c ON c.id = g.child_id
  JOIN v_child_access a ON a.child_id = c.id AND a.user_id = viewer AND a.as_guardian
  WHERE g.id = session
  LIMIT 1;
  IF child IS NULL THEN
    outcome := 'not_found';
    RETURN;
  ELSIF status = 'in_progress' THEN
    outcome := 'in_progress';
    RETURN;
  ELSIF session < (SELECT f.least_session_id FROM forgotten_events f)
    AND NOT EXISTS (SELECT FROM session_events e WHERE e.session_id = session AND e.child_id = child) THEN
    outcome := 'forgotten';
    RETURN;
  END IF;
  -- As ingest does before it writes: one writer at a time for each child.
  PERFORM FROM children WHERE id = child FOR NO KEY UPDATE;
  INSERT INTO session_ratings AS r (session_id, child_id, rated_by, rated_at, payload)
  VALUES (session, child, viewer, clock_timestamp(), rating)
  ON CONFLICT (session_id, child_id) DO UPDATE
  SET rated_by = excluded.rated_by, rated_at = excluded.rated_at, payload = excluded.payload;
  UPDATE game_sessions AS g
  SET parent_rating = (rating -> 'rating')::int, parent_notes = rating ->> 'notes',
      parent_observed_behavior = rating -> 'observedBehavior', updated_at = now()
  WHERE g.id = session AND g.child_id = child
  RETURNING g.day INTO played;
  PERFORM mark_months(ARRAY[child], ARRAY[played]);
  -- Whoever cannot invalidate after the commit has left a note that it is due.
  PERFORM invalidate_children(ARRAY[child]);
  outcome := 'rated';
  child_id := child;
END $$;
