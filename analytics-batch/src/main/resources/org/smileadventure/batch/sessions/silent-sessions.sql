-- In a statement of its own, after the locks: it sees what was committed before they were had.
SELECT g.id, g.child_id
FROM game_sessions g
WHERE g.child_id = ANY (:children::bigint[])
  AND g.completion_status = 'in_progress'
  AND g.created_at < now() - :silent_for::interval
  AND NOT EXISTS (
    SELECT FROM session_events e
    WHERE e.session_id = g.id AND e.child_id = g.child_id AND e.received_at >= now() - :silent_for::interval)
