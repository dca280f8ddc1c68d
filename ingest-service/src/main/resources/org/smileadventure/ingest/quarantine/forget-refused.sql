-- Of each child, those beyond the last ones.
DELETE FROM refused_events r
USING unnest(:children::bigint[]) AS touched (child_id)
WHERE r.child_id = touched.child_id
  AND r.last_refused_at < (
    SELECT k.last_refused_at FROM refused_events k
    WHERE k.child_id = touched.child_id
    ORDER BY k.last_refused_at DESC
    OFFSET :kept - 1 LIMIT 1)
