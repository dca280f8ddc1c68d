-- The events of these sessions, as they are stored together, with what else a session is computed from.
-- first and last are the least and the greatest of the sessions: they let a kept plan leave out the
-- months before and after.
SELECT e.session_id, e.child_id, e.received_at, e.events, c.timezone,
       g.completion_status, g.closed_by_silence, r.payload AS rating, r.rated_at
FROM session_events e
JOIN children c ON c.id = e.child_id
LEFT JOIN game_sessions g ON g.id = e.session_id AND g.child_id = e.child_id
LEFT JOIN session_ratings r ON r.session_id = e.session_id AND r.child_id = e.child_id
WHERE e.session_id = ANY (:session_ids::uuid[])
  AND e.session_id BETWEEN :first::uuid AND :last::uuid
  AND e.session_id >= (SELECT f.least_session_id FROM forgotten_events f)
ORDER BY e.session_id, e.child_id, e.first_seq
