-- What guardians said of the sessions; the sessions stay. Returns how many of them lost something.
WITH ratings AS (
  DELETE FROM session_ratings WHERE child_id = ANY (:children::bigint[])
), sessions AS (
  UPDATE game_sessions
  SET parent_rating = NULL, parent_notes = NULL, parent_observed_behavior = NULL, updated_at = now()
  WHERE child_id = ANY (:children::bigint[])
    AND (parent_rating IS NOT NULL OR parent_notes IS NOT NULL OR parent_observed_behavior IS NOT NULL)
  RETURNING child_id, day
)
SELECT count(*), mark_months(array_agg(child_id), array_agg(day)), invalidate_children(:children::bigint[])
FROM sessions
