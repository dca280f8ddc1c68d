-- The events of these sessions, as they are stored together, with what else a session is computed from.
-- first and last are the least and the greatest of the sessions: they let a kept plan leave out the
-- months before and after. What else there is is looked up row by row (LIMIT): the planner cannot know
-- how few events a session has, and would rather read all of game_sessions for a join.
SELECT e.session_id, e.child_id, e.received_at, e.events, c.timezone,
       g.completion_status, g.closed_by_silence, r.payload AS rating, r.rated_at
FROM session_events e
JOIN LATERAL (SELECT timezone FROM children WHERE id = e.child_id LIMIT 1) c ON true
LEFT JOIN LATERAL (
  SELECT completion_status, closed_by_silence FROM game_sessions
  WHERE id = e.session_id AND child_id = e.child_id LIMIT 1) g ON true
LEFT JOIN LATERAL (
  SELECT payload, rated_at FROM session_ratings
  WHERE session_id = e.session_id AND child_id = e.child_id LIMIT 1) r ON true
WHERE e.session_id = ANY (:session_ids::uuid[])
  AND e.session_id BETWEEN :first::uuid AND :last::uuid
ORDER BY e.session_id, e.child_id, e.first_seq
