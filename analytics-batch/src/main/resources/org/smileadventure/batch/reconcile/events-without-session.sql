-- The next sessions of which there are events and no row: those of activities, which need none, and
-- any that should have one.
SELECT DISTINCT e.session_id
FROM session_events e
WHERE e.session_id > :after::uuid
  AND NOT EXISTS (SELECT FROM game_sessions g WHERE g.id = e.session_id AND g.child_id = e.child_id)
ORDER BY e.session_id
LIMIT :most
