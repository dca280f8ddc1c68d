-- For each session of a batch of which something is stored already: whose is it, which events are
-- here, what does its row say? And is it one whose events are forgotten, or may be as its id is so old?
-- Row by row, through keys: the planner cannot know how few events a session has, and would rather
-- read all of game_sessions for a join.
SELECT p.session_id, stored.child_id, stored.ranges,
       coalesce(written.has_started, false) AS has_started,
       coalesce(written.has_ended, false) AS has_ended,
       kept.least_session_id,
       forgotten.id IS NOT NULL AS is_forgotten
FROM unnest(:session_ids::uuid[]) AS p (session_id)
CROSS JOIN (SELECT least_session_id FROM forgotten_events LIMIT 1) kept
LEFT JOIN LATERAL (
  SELECT e.child_id, range_agg(int4range(e.first_seq, e.last_seq, '[]')) AS ranges
  FROM session_events e
  WHERE e.session_id = p.session_id
  GROUP BY e.child_id
) stored ON true
LEFT JOIN LATERAL (
  SELECT g.session_type IS NOT NULL AS has_started, g.completion_status <> 'in_progress' AS has_ended
  FROM game_sessions g
  WHERE g.id = p.session_id AND g.child_id = stored.child_id
  LIMIT 1
) written ON true
-- The events of a session go all together, and its row stays. Looked up by LIMIT, too: a plan for EXISTS
-- may hash the whole table.
LEFT JOIN LATERAL (
  SELECT g.id FROM game_sessions g
  WHERE stored.child_id IS NULL AND g.id = p.session_id
  LIMIT 1
) forgotten ON true
WHERE stored.child_id IS NOT NULL OR forgotten.id IS NOT NULL OR p.session_id < kept.least_session_id
