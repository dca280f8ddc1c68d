-- What each table would be: distributed by the child if it is about one; a copy on each node (reference) if
-- what is distributed refers to it; otherwise local, on one node.
WITH distributed AS (
  SELECT t.oid
  FROM pg_class t
  WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p') AND NOT t.relispartition
    AND (t.relname = 'children'
         OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'child_id'))
)
SELECT CASE
         WHEN t.oid IN (SELECT oid FROM distributed) THEN 'distributed'
         WHEN EXISTS (SELECT FROM pg_constraint k JOIN distributed d ON d.oid = k.conrelid WHERE k.confrelid = t.oid)
           THEN 'reference'
         ELSE 'local'
       END || ': ' || t.relname
FROM pg_class t
WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p') AND NOT t.relispartition
ORDER BY 1
