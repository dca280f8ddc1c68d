-- The child that has been waiting the longest for its days, locked as ingest locks it; nobody, if
-- somebody is just writing for it.
SELECT c.id, c.timezone
FROM moved_children m
JOIN children c ON c.id = m.child_id
ORDER BY m.moved_at, m.child_id
LIMIT 1
FOR NO KEY UPDATE OF c SKIP LOCKED
