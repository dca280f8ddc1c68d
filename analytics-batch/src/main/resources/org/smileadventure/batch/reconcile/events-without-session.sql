-- The next sessions of which there are events and no row: those of activities, which need none, and
-- any that should have one. Not those that wait to be computed, nor of children who are not computed.
SELECT DISTINCT e.session_id
FROM session_events e
WHERE e.session_id > :after::uuid
  AND NOT EXISTS (SELECT FROM game_sessions g WHERE g.id = e.session_id AND g.child_id = e.child_id)
  AND NOT EXISTS (SELECT FROM late_sessions l WHERE l.session_id = e.session_id AND l.child_id = e.child_id)
  AND EXISTS (SELECT FROM v_computed_child c WHERE c.child_id = e.child_id)
ORDER BY e.session_id
LIMIT :most
