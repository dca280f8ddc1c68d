-- The same of activities.
SELECT a.id::text AS id, a.completed_at AS at, a.day
FROM moved_children m
JOIN activities a ON a.child_id = m.child_id AND a.completed_at >= m.last_completed_at
WHERE m.child_id = :child AND (a.completed_at, a.id) > (m.last_completed_at, m.last_activity_id)
ORDER BY a.completed_at, a.id
LIMIT :most
