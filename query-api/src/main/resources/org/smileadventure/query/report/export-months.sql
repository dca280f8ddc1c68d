-- What the sessions and activities of each month come to. The sums in between, which only machines
-- read, follow from the sessions.
SELECT m.month AS key, 0 AS seq, to_jsonb(m) - 'moments' - 'shape' AS document
FROM child_month_summary m
WHERE m.child_id = :child AND m.month > :after::date
ORDER BY m.month
LIMIT 500
