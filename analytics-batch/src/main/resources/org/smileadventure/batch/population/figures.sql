-- All children who are counted, by age band, support level, and whether they play: a playing child has all
-- three means, so that the number of children behind a mean is the cell's own. What is new about a
-- playing child are its means: by counts alone, ten abandoned sessions could hide whose one
-- completed session it was that moved a sum.
CREATE TEMP TABLE tonight ON COMMIT DROP AS
SELECT
  c.id AS child_id,
  concat_ws('/', age_band(c.age), coalesce(c.support_level::text, 'unspecified'),
            CASE WHEN w.playing THEN 'playing' ELSE 'quiet' END) AS leaf,
  CASE WHEN w.playing
       THEN hashtextextended(concat_ws(' ', s.score_mean, s.engagement_mean, s.success_mean), 1)
       ELSE hashtextextended(concat_ws(' ', coalesce(s.sessions, 0), coalesce(s.completed, 0), coalesce(s.abandoned, 0), coalesce(s.interrupted, 0)), 2) END AS contribution,
  coalesce(s.sessions, 0) AS sessions, coalesce(s.completed, 0) AS completed,
  coalesce(s.abandoned, 0) AS abandoned, coalesce(s.interrupted, 0) AS interrupted,
  CASE WHEN w.playing THEN s.score_mean END AS score,
  CASE WHEN w.playing THEN s.engagement_mean END AS engagement,
  CASE WHEN w.playing THEN s.success_mean END AS success
FROM v_population_child c
LEFT JOIN child_window_summary s ON s.child_id = c.id AND s.window_name = '90d'
CROSS JOIN LATERAL (
  SELECT s.score_mean IS NOT NULL AND s.engagement_mean IS NOT NULL AND s.success_mean IS NOT NULL AS playing) w
