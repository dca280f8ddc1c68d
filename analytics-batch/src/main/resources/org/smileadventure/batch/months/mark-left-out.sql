-- The summarised months of children who are not computed just now, for when they are again.
INSERT INTO dirty_child_months (child_id, month)
SELECT s.child_id, s.month
FROM child_month_summary s
WHERE s.child_id = ANY (:children::bigint[]) AND s.month BETWEEN date_trunc('month', :first::timestamp) AND :last::date
ORDER BY s.child_id, s.month
ON CONFLICT (child_id, month) DO NOTHING
