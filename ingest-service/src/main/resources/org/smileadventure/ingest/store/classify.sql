-- For each session of a batch of which something is stored already: whose is it, up to where are
-- its events here, has it ended? And is it one whose events are forgotten?
SELECT *
FROM (
  SELECT
    p.session_id,
    stored.child_id AS owner_id,
    stored.seq      AS last_seq,
    coalesce(s.completion_status <> 'in_progress', false) AS has_ended,
    p.session_id < (SELECT least_session_id FROM forgotten_events) AS forgotten
  FROM unnest(:session_ids::uuid[]) AS p (session_id)
  LEFT JOIN game_sessions s ON s.id = p.session_id
  LEFT JOIN LATERAL (
    SELECT e.child_id, e.seq FROM session_events e WHERE e.session_id = p.session_id ORDER BY e.seq DESC LIMIT 1
  ) stored ON true
) known
WHERE owner_id IS NOT NULL OR forgotten
