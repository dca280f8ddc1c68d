-- What was noted of a child, and the therapies of its profile of which it is told when they began.
SELECT p.id, p.day, p.until, p.kind, p.label::text AS label, p.made_by, p.made_as, p.made_at, p.version
FROM child_phases p
WHERE p.child_id = :child
UNION ALL
SELECT NULL, t.day, CASE WHEN t.until >= t.day THEN t.until END, 'therapy', t.type, NULL, NULL, NULL, NULL
FROM children c
CROSS JOIN LATERAL jsonb_array_elements(c.current_therapies) AS told (therapy)
CROSS JOIN LATERAL (
  SELECT
    CASE WHEN jsonb_typeof(told.therapy -> 'type') = 'string' THEN told.therapy ->> 'type' END AS type,
    told_day(told.therapy ->> 'start_date') AS day,
    told_day(told.therapy ->> 'end_date') AS until
) t
WHERE c.id = :child AND t.type IS NOT NULL AND t.day >= '2000-01-01'
