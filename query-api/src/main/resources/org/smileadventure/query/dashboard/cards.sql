-- Of each child that the viewer may see: what its days of a week and of a month add up to, and the
-- points of each day of the week.
WITH seen AS MATERIALIZED (
  SELECT DISTINCT child_id, (:now::timestamptz AT TIME ZONE timezone)::date AS today
  FROM v_child_access
  WHERE user_id = :viewer
),
shown AS MATERIALIZED (
  SELECT child_id, today FROM seen ORDER BY child_id LIMIT :most
),
asked AS (
  SELECT array_agg(child_id ORDER BY child_id) AS children, array_agg(today - 6 ORDER BY child_id) AS week,
         array_agg(today - 29 ORDER BY child_id) AS month, array_agg(today ORDER BY child_id) AS today
  FROM shown
),
week AS MATERIALIZED (
  SELECT w.child_id, w.moments FROM asked CROSS JOIN LATERAL window_moments(asked.children, asked.week, asked.today) w
),
month AS MATERIALIZED (
  SELECT m.child_id, m.moments FROM asked CROSS JOIN LATERAL window_moments(asked.children, asked.month, asked.today) m
)
SELECT
  c.id, c.name, c.age, c.points AS points_of_child, c.level, c.support_level, s.today,
  week.moments AS week, month.moments AS month,
  (SELECT max(g.day) FROM game_sessions g WHERE g.child_id = c.id) AS last_session_day,
  (SELECT jsonb_object_agg(d.day::date, coalesce(a.points, 0))
   FROM generate_series(s.today - 6, s.today, interval '1 day') AS d (day)
   LEFT JOIN (SELECT day, sum(points_earned) AS points FROM activities
              WHERE child_id = c.id AND day BETWEEN s.today - 6 AND s.today GROUP BY day) a ON a.day = d.day::date
  ) AS points,
  (SELECT count(*) FROM seen) AS total_children
FROM shown s
JOIN children c ON c.id = s.child_id
JOIN week ON week.child_id = s.child_id
JOIN month ON month.child_id = s.child_id
ORDER BY c.id
