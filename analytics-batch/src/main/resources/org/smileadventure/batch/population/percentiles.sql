-- Percentile ranks of all children of a window within their cohorts, in one pass; nothing for
-- cohorts of fewer than :least. Only rows that change are written.
-- The share below is rank() - 1, and half of those equal, the child itself among them, is added.
WITH cohort AS (
  SELECT s.child_id, age_band(c.age) AS band, coalesce(c.support_level, 0) AS level,
         s.score_mean, s.engagement_mean
  FROM child_window_summary s
  JOIN children c ON c.id = s.child_id
  WHERE s.window_name = :window AND c.is_active AND s.completed >= 3
),
score AS (
  SELECT child_id,
         (rank() OVER (PARTITION BY band, level ORDER BY score_mean) - 1
          + count(*) OVER (PARTITION BY band, level, score_mean) / 2.0::float8)
         / count(*) OVER (PARTITION BY band, level) * 100 AS percentile,
         count(*) OVER (PARTITION BY band, level) AS children
  FROM cohort
  WHERE score_mean IS NOT NULL
),
engagement AS (
  SELECT child_id,
         (rank() OVER (PARTITION BY band, level ORDER BY engagement_mean) - 1
          + count(*) OVER (PARTITION BY band, level, engagement_mean) / 2.0::float8)
         / count(*) OVER (PARTITION BY band, level) * 100 AS percentile,
         count(*) OVER (PARTITION BY band, level) AS children
  FROM cohort
  WHERE engagement_mean IS NOT NULL
)
UPDATE child_window_summary t
SET score_percentile = n.score_percentile,
    engagement_percentile = n.engagement_percentile
FROM (SELECT s.child_id, score.percentile AS score_percentile, engagement.percentile AS engagement_percentile
      FROM child_window_summary s
      LEFT JOIN score ON score.child_id = s.child_id AND score.children >= :least
      LEFT JOIN engagement ON engagement.child_id = s.child_id AND engagement.children >= :least
      WHERE s.window_name = :window) n
WHERE t.child_id = n.child_id AND t.window_name = :window
  AND (t.score_percentile IS DISTINCT FROM n.score_percentile
       OR t.engagement_percentile IS DISTINCT FROM n.engagement_percentile)
