-- What was noted of a child, and the therapies of its profile of which it is told when they began.
SELECT p.id, p.day, p.until, p.kind, p.label::text AS label, p.made_by, p.made_as, p.made_at, p.version
FROM child_phases p
WHERE p.child_id = :child
UNION ALL
SELECT NULL, t.day, CASE WHEN t.until >= t.day THEN t.until END, 'therapy', t.type, NULL, NULL, NULL, NULL
FROM children c
CROSS JOIN LATERAL jsonb_array_elements(c.current_therapies) AS told (therapy)
CROSS JOIN LATERAL (
  -- CASE, as a condition beside it could be evaluated after the cast.
  SELECT
    CASE WHEN jsonb_typeof(told.therapy -> 'type') = 'string' THEN told.therapy ->> 'type' END AS type,
    CASE WHEN told.therapy ->> 'start_date' ~ '^\d{4}-\d{2}-\d{2}'
          AND pg_input_is_valid(left(told.therapy ->> 'start_date', 10), 'date')
         THEN left(told.therapy ->> 'start_date', 10)::date END AS day,
    CASE WHEN told.therapy ->> 'end_date' ~ '^\d{4}-\d{2}-\d{2}'
          AND pg_input_is_valid(left(told.therapy ->> 'end_date', 10), 'date')
         THEN left(told.therapy ->> 'end_date', 10)::date END AS until
) t
WHERE c.id = :child AND t.type IS NOT NULL AND t.day >= '2000-01-01'
ORDER BY day, id
