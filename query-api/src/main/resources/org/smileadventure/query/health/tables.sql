-- The largest tables, a partitioned one as one. How many rows they have is PostgreSQL's own estimate, of when it
-- last looked; null: it never has.
SELECT n.nspname AS schema, root.relname AS "table", sum(s.rows)::bigint AS rows_estimated,
       pg_size_pretty(sum(s.bytes)) AS size, sum(s.bytes)::bigint AS size_bytes, sum(s.index_bytes)::bigint AS index_bytes
FROM (SELECT c.oid, coalesce(pg_partition_root(c.oid), c.oid) AS root, pg_total_relation_size(c.oid) AS bytes,
             pg_indexes_size(c.oid) AS index_bytes, CASE WHEN c.reltuples >= 0 THEN c.reltuples END AS rows
      FROM pg_class c
      WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace) s
JOIN pg_class root ON root.oid = s.root
JOIN pg_namespace n ON n.oid = root.relnamespace
GROUP BY n.nspname, root.relname
ORDER BY size_bytes DESC, "table"
LIMIT :most
