-- What is on record about a child, newest first.
SELECT l.at || '|' || l.id AS key, 0 AS seq,
       to_jsonb(l) || jsonb_build_object('name', CASE WHEN l.role = 'admin' THEN 'an administrator' ELSE l.name END) AS document
FROM access_log(:viewer, :child, split_part(:after, '|', 1)::timestamptz, split_part(:after, '|', 2)::bigint, 500) l
ORDER BY l.at DESC, l.id DESC
