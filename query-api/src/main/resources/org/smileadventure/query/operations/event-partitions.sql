-- The partitions of the events, by their names and so by their months, as the catalogue has them. A month has
-- parts of its own, for packed events and for others.
SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds, part.rows_estimated, part.size_bytes
FROM pg_inherits i
JOIN pg_class c ON c.oid = i.inhrelid
CROSS JOIN LATERAL (
  SELECT sum(p.reltuples) FILTER (WHERE p.reltuples >= 0)::bigint AS rows_estimated,
         sum(pg_total_relation_size(p.oid))::bigint AS size_bytes
  FROM pg_partition_tree(c.oid) t
  JOIN pg_class p ON p.oid = t.relid
  WHERE t.isleaf) part
WHERE i.inhparent = 'session_events'::regclass
ORDER BY c.relname
