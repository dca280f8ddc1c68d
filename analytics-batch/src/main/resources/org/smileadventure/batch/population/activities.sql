-- The children who are counted and of whom activities were recorded in the window, by age band and support level.
CREATE TEMP TABLE tonight ON COMMIT DROP AS
SELECT
  c.id AS child_id,
  concat_ws('/', age_band(c.age), coalesce(c.support_level::text, 'unspecified'), 'recording') AS leaf,
  hashtextextended(concat_ws(' ', s.activities, s.verified, s.emotional_n, s.improvements, s.deteriorations), 4) AS contribution,
  s.activities, s.verified, s.emotional_n, s.improvements, s.deteriorations
FROM v_population_child c
JOIN child_window_summary s ON s.child_id = c.id AND s.window_name = '90d'
WHERE s.activities > 0
