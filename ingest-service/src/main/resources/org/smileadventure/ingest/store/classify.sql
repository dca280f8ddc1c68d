-- For each (session, child) of a batch: is the child known, whose is the session, how does it stand?
SELECT
  p.session_id,
  p.child_id,
  c.id IS NOT NULL                       AS child_known,
  coalesce(stored.child_id, p.child_id)  AS owner_id,
  coalesce(s.completion_status <> 'in_progress', false) AS has_ended
FROM unnest(:session_ids::uuid[], :child_ids::bigint[]) AS p (session_id, child_id)
LEFT JOIN children c ON c.id = p.child_id
LEFT JOIN game_sessions s ON s.id = p.session_id
LEFT JOIN LATERAL (
  SELECT e.child_id FROM session_events e WHERE e.session_id = p.session_id ORDER BY e.seq LIMIT 1
) stored ON true
