-- The twenty largest indexes, and how often each was used.
SELECT relname AS "table", indexrelname AS "index", pg_size_pretty(pg_relation_size(indexrelid)) AS size,
       pg_relation_size(indexrelid) AS size_bytes, idx_scan AS scans
FROM pg_stat_user_indexes
WHERE schemaname = 'public'
ORDER BY size_bytes DESC, "index"
LIMIT 20
