-- All that was played, what was said of it, and what it adds up to, with what was due of it. Whoever asks
-- is told that there is nothing: cached answers go. Returns how many sessions and activities went.
WITH gone AS (
  SELECT id AS session_id, child_id FROM game_sessions WHERE child_id = ANY (:children::bigint[])
  UNION
  SELECT session_id, child_id FROM activities WHERE child_id = ANY (:children::bigint[])
), events AS (
  DELETE FROM session_events e USING gone g WHERE e.session_id = g.session_id AND e.child_id = g.child_id
), unpacked AS (
  DELETE FROM unpacked_sessions WHERE child_id = ANY (:children::bigint[])
), ratings AS (
  DELETE FROM session_ratings WHERE child_id = ANY (:children::bigint[])
), sessions AS (
  DELETE FROM game_sessions WHERE child_id = ANY (:children::bigint[]) RETURNING 1
), done AS (
  DELETE FROM activities WHERE child_id = ANY (:children::bigint[]) RETURNING 1
), moved AS (
  DELETE FROM moved_children WHERE child_id = ANY (:children::bigint[])
), months AS (
  DELETE FROM child_month_summary WHERE child_id = ANY (:children::bigint[])
), windows AS (
  DELETE FROM child_window_summary WHERE child_id = ANY (:children::bigint[])
), treatments AS (
  DELETE FROM child_treatment_effect WHERE child_id = ANY (:children::bigint[])
), dirty_months AS (
  DELETE FROM dirty_child_months WHERE child_id = ANY (:children::bigint[])
), sent AS (
  DELETE FROM statement_months WHERE child_id = ANY (:children::bigint[])
), dirty_windows AS (
  DELETE FROM dirty_child_windows WHERE child_id = ANY (:children::bigint[])
)
SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM done), invalidate_children(:children::bigint[])
