-- The partitions of the events, by their names and so by their months, as the catalogue has them.
SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds,
       CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint END AS rows_estimated,
       pg_total_relation_size(c.oid) AS size_bytes
FROM pg_inherits i
JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = 'session_events'::regclass
ORDER BY c.relname
