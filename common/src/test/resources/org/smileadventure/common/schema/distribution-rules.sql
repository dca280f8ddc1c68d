-- What does not comply with the rules for tables that are distributed by the child.
WITH kept AS (
  SELECT t.oid, t.relname, t.relkind,
         (SELECT a.attnum FROM pg_attribute a
          WHERE a.attrelid = t.oid AND a.attname = CASE t.relname WHEN 'children' THEN 'id' ELSE 'child_id' END
         ) AS child
  FROM pg_class t
  WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p') AND NOT t.relispartition
), referring AS (
  SELECT k.conname, k.confdeltype, k.conkey, k.confkey,
         f.relname AS from_table, f.child AS from_child, t.relname AS to_table, t.child AS to_child,
         EXISTS (SELECT FROM pg_constraint o JOIN kept d ON d.oid = o.conrelid AND d.child IS NOT NULL
                 WHERE o.contype = 'f' AND o.confrelid = f.oid) AS from_reference
  FROM pg_constraint k
  JOIN kept f ON f.oid = k.conrelid
  JOIN kept t ON t.oid = k.confrelid
  WHERE k.contype = 'f'
)
SELECT 'unique without the child: ' || k.indexrelid::regclass
FROM pg_index k
JOIN kept t ON t.oid = k.indrelid AND t.child IS NOT NULL
WHERE k.indisunique AND t.child <> ALL ((k.indkey::int2[])[0:k.indnkeyatts - 1])
UNION ALL
SELECT 'no primary key: ' || t.relname
FROM kept t
WHERE t.child IS NOT NULL AND NOT EXISTS (SELECT FROM pg_index k WHERE k.indrelid = t.oid AND k.indisprimary)
UNION ALL
-- Of co-located tables the child has to be in the same place of both sides.
SELECT format('refers not along the child: %s to %s', r.from_table, r.to_table)
FROM referring r
WHERE r.from_child IS NOT NULL AND r.to_child IS NOT NULL
  AND array_position(r.conkey, r.from_child) IS DISTINCT FROM array_position(r.confkey, r.to_child)
UNION ALL
SELECT format('refers to what is distributed: %s to %s', r.from_table, r.to_table)
FROM referring r
WHERE r.from_child IS NULL AND r.to_child IS NOT NULL
UNION ALL
SELECT format('a reference table refers to what may be local: %s to %s', r.from_table, r.to_table)
FROM referring r
WHERE r.from_child IS NULL AND r.to_child IS NULL AND r.from_reference
  AND NOT EXISTS (SELECT FROM referring o WHERE o.to_table = r.to_table AND o.from_child IS NOT NULL)
UNION ALL
SELECT format('sets a part of the key to null: %s to %s', r.from_table, r.to_table)
FROM referring r
WHERE r.from_child = ANY (r.conkey) AND r.confdeltype IN ('n', 'd')
UNION ALL
SELECT format('a trigger: %s on %s', g.tgname, t.relname)
FROM pg_trigger g
JOIN kept t ON t.oid = g.tgrelid
WHERE NOT g.tgisinternal
  AND (t.child IS NOT NULL OR t.relname IN (SELECT r.to_table FROM referring r WHERE r.from_child IS NOT NULL))
UNION ALL
SELECT format('numbers that are not bigint: %s.%s', t.relname, a.attname)
FROM pg_attribute a
JOIN kept t ON t.oid = a.attrelid AND t.child IS NOT NULL
WHERE a.attnum > 0 AND a.atttypid <> 'bigint'::regtype
  AND (a.attidentity <> '' OR EXISTS (
    SELECT FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval%'))
UNION ALL
SELECT format('one sequence for all nodes: %s.%s', t.relname, a.attname)
FROM pg_attrdef d
JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
JOIN kept t ON t.oid = d.adrelid AND t.child IS NOT NULL
WHERE pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval%'
UNION ALL
SELECT 'partitions of partitions: ' || t.relname
FROM kept t
WHERE t.child IS NOT NULL AND t.relkind = 'p'
  AND EXISTS (SELECT FROM pg_partition_tree(t.oid) p WHERE p.level > 1)
UNION ALL
SELECT 'row-level security: ' || t.relname
FROM kept t
JOIN pg_class c ON c.oid = t.oid
WHERE t.child IS NOT NULL AND c.relrowsecurity
ORDER BY 1
