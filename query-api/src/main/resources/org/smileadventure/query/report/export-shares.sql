-- Links to the report, with when they were used, and without what opens them.
SELECT s.id AS key, 0 AS seq,
  to_jsonb(s) - 'digest' || jsonb_build_object('looks', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('at', l.at, 'what', l.what) ORDER BY l.id), '[]')
    FROM share_looks l WHERE l.child_id = s.child_id AND l.share = s.id)) AS document
FROM share_links s
WHERE s.child_id = :child AND s.id > :after::uuid
ORDER BY s.id
LIMIT 500
