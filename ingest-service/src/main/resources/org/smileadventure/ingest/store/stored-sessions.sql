-- For each session of a batch of which something is stored already: whose is it, which events are
-- here, has it ended? And is it one whose events are forgotten?
SELECT p.session_id, stored.child_id, stored.ranges,
       coalesce(g.completion_status <> 'in_progress', false) AS has_ended,
       p.session_id < f.least_session_id AS forgotten
FROM unnest(:session_ids::uuid[]) AS p (session_id)
CROSS JOIN forgotten_events f
LEFT JOIN LATERAL (
  SELECT e.child_id, range_agg(int4range(e.first_seq, e.last_seq, '[]')) AS ranges
  FROM session_events e
  WHERE e.session_id = p.session_id
  GROUP BY e.child_id
) stored ON true
LEFT JOIN game_sessions g ON g.id = p.session_id AND g.child_id = stored.child_id
WHERE stored.child_id IS NOT NULL OR p.session_id < f.least_session_id
