-- A session and a page of its events, after the last one of the page before. No row if there is none
-- that the viewer may see. An event of another child under this session's id is not of its story.
SELECT
  to_jsonb(g) AS session,
  g.id >= (SELECT least_session_id FROM forgotten_events) AS events_kept,
  coalesce((
    SELECT jsonb_agg(jsonb_build_object('sequence', e.seq, 'type', e.type, 'occurred_at', e.occurred_at, 'data', e.payload)
                     ORDER BY e.seq)
    FROM (
      SELECT seq, type, occurred_at, payload
      FROM session_events
      WHERE session_id = g.id AND child_id = g.child_id AND seq > :after
      ORDER BY seq
      LIMIT :most
    ) e), '[]') AS events
FROM game_sessions g
WHERE g.id = :session
  AND EXISTS (SELECT FROM v_child_access a WHERE a.child_id = g.child_id AND a.user_id = :viewer)
