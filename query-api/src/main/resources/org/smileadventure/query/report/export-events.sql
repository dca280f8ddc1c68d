-- Rows with events of a child by session and sequence, after the last event of the page before. They have no
-- index by child, but each session has a row from its first event on, and each activity has one, which need
-- not be of a session. A row may have been packed since the page before, with what was on that page.
SELECT s.id AS session_id, e.received_at, e.events
FROM (
  SELECT id FROM game_sessions WHERE child_id = :child AND id >= :after::uuid
  UNION
  SELECT session_id FROM activities WHERE child_id = :child AND session_id >= :after::uuid
  ORDER BY id
) s
CROSS JOIN LATERAL (
  SELECT e.first_seq, e.received_at, e.events
  FROM session_events e
  WHERE e.session_id = s.id AND e.child_id = :child
    AND (s.id > :after::uuid OR e.last_seq > :after_seq)
  ORDER BY e.first_seq
  OFFSET 0
) e
ORDER BY s.id, e.first_seq
LIMIT 500
