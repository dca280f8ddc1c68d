-- The active children of whom activities were recorded in the window, by age band and support level.
INSERT INTO tonight (child_id, leaf, contribution, activities, verified, emotional_n, improvements, deteriorations)
SELECT
  c.id,
  concat_ws('/', age_band(c.age), coalesce(c.support_level::text, 'unspecified'), 'recording'),
  hashtextextended(concat_ws(' ', a.activities, a.verified, a.emotional_n, a.improvements, a.deteriorations), 4),
  a.activities, a.verified, a.emotional_n, a.improvements, a.deteriorations
FROM children c
JOIN child_window_summary s ON s.child_id = c.id AND s.window_name = '90d'
CROSS JOIN LATERAL (
  SELECT sum(d.activities) AS activities, sum(d.verified) AS verified, sum(d.emotional_n) AS emotional_n,
         sum(d.improvements) AS improvements, sum(d.deteriorations) AS deteriorations
  FROM child_activity_summary d
  WHERE d.child_id = c.id AND d.day BETWEEN s.first_day AND s.last_day) a
WHERE c.is_active AND a.activities > 0
