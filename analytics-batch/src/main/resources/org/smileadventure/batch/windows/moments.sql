-- Runs after the versions were read, and so sees at least the days that those versions stand for.
SELECT m.child_id, m.first_day, m.last_day, m.moments
FROM (
  SELECT array_agg(c.id) AS children, array_agg(c.today - d.days + 1) AS firsts, array_agg(c.today) AS lasts
  FROM (
    SELECT id, (:now::timestamptz AT TIME ZONE timezone)::date AS today
    FROM children
    WHERE id = ANY (:children::bigint[])
  ) c
  CROSS JOIN unnest(:days::int[]) AS d (days)
) asked
CROSS JOIN LATERAL window_moments(asked.children, asked.firsts, asked.lasts) m
