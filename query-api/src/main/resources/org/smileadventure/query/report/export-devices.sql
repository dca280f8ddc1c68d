-- The devices that may send events of a child. Which other children play there is not the child's.
SELECT d.jti AS key, 0 AS seq, to_jsonb(d) - 'jti' - 'children' AS document
FROM devices d
WHERE d.children @> ARRAY[:child::bigint] AND d.jti > :after::uuid
ORDER BY d.jti
LIMIT 500
