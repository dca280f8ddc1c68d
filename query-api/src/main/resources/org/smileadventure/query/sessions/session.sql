-- A session, and what a page of its events is in: the events after the last one of the page before. No
-- row if there is none that the viewer may see. An event of another child under this session's id is
-- not of its story.
SELECT
  CASE WHEN a.notes THEN to_jsonb(g) ELSE to_jsonb(g) - 'parent_notes' - 'parent_observed_behavior' END AS session,
  a.notes,
  g.id >= (SELECT least_session_id FROM forgotten_events)
    OR EXISTS (SELECT FROM session_events e WHERE e.session_id = :session AND e.child_id = g.child_id) AS events_kept,
  ARRAY(
    SELECT e.events
    FROM session_events e
    WHERE e.session_id = :session AND e.child_id = g.child_id AND e.last_seq > :after
    ORDER BY e.first_seq
    LIMIT :most) AS events
FROM game_sessions g
CROSS JOIN LATERAL (
  SELECT bool_or(v.may_read_notes) AS notes
  FROM v_child_access v
  WHERE v.child_id = g.child_id AND v.user_id = :viewer
) a
WHERE g.id = :session AND a.notes IS NOT NULL
