-- For each session of a batch of which something is stored already: whose is it, which events are
-- here, has it ended? And is it one whose events are forgotten?
-- Row by row, through keys: the planner cannot know how few events a session has, and would rather
-- read all of game_sessions for a join.
SELECT p.session_id, stored.child_id, stored.ranges,
       coalesce((SELECT g.completion_status <> 'in_progress' FROM game_sessions g
                 WHERE g.id = p.session_id AND g.child_id = stored.child_id), false) AS has_ended,
       p.session_id < (SELECT f.least_session_id FROM forgotten_events f) AS forgotten
FROM unnest(:session_ids::uuid[]) AS p (session_id)
LEFT JOIN LATERAL (
  SELECT e.child_id, range_agg(int4range(e.first_seq, e.last_seq, '[]')) AS ranges
  FROM session_events e
  WHERE e.session_id = p.session_id
  GROUP BY e.child_id
) stored ON true
WHERE stored.child_id IS NOT NULL OR p.session_id < (SELECT f.least_session_id FROM forgotten_events f)
