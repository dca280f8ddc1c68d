-- Some sessions of a child, after those that were looked at.
SELECT g.id::text AS id, g.started_at AS at, g.day
FROM moved_children m
JOIN game_sessions g ON g.child_id = m.child_id AND g.started_at >= m.last_started_at
WHERE m.child_id = :child AND (g.started_at, g.id) > (m.last_started_at, m.last_session_id)
ORDER BY g.started_at, g.id
LIMIT :most
