-- Percentile ranks of all children of a window within their cohorts, in one pass; nothing for
-- cohorts of fewer than :least. Only rows that change are written, and their children's cached answers
-- invalidated. Returns how many that were.
-- The share below is rank() - 1, and half of those equal, the child itself among them, is added.
WITH cohort AS (
  SELECT m.child_id, age_band(c.age) AS band, coalesce(c.support_level, 0) AS level,
         m.score_mean, m.engagement_mean
  FROM v_window_means m
  JOIN children c ON c.id = m.child_id
  WHERE m.window_name = :window AND c.is_active AND m.completed >= 3
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
),
ranked AS MATERIALIZED (
  SELECT m.child_id, score.percentile AS score_percentile, engagement.percentile AS engagement_percentile
  FROM v_window_means m
  LEFT JOIN score ON score.child_id = m.child_id AND score.children >= :least
  LEFT JOIN engagement ON engagement.child_id = m.child_id AND engagement.children >= :least
  WHERE m.window_name = :window
),
windows AS (
  UPDATE child_window_summary t
  SET score_percentile = r.score_percentile, engagement_percentile = r.engagement_percentile
  FROM ranked r
  WHERE t.child_id = r.child_id AND t.window_name = :window
    AND (t.score_percentile, t.engagement_percentile) IS DISTINCT FROM (r.score_percentile, r.engagement_percentile)
  RETURNING t.child_id
),
totals AS (
  UPDATE child_total t
  SET score_percentile = r.score_percentile, engagement_percentile = r.engagement_percentile
  FROM ranked r
  WHERE t.child_id = r.child_id AND :window = 'all'
    AND (t.score_percentile, t.engagement_percentile) IS DISTINCT FROM (r.score_percentile, r.engagement_percentile)
  RETURNING t.child_id
),
looked AS (
  INSERT INTO cohort_ranking (window_name, ranked_at) VALUES (:window, now())
  ON CONFLICT (window_name) DO UPDATE SET ranked_at = excluded.ranked_at
),
changed AS (
  SELECT array_agg(child_id) AS children
  FROM (SELECT child_id FROM windows UNION ALL SELECT child_id FROM totals) written
)
SELECT coalesce(cardinality(children), 0), invalidate_children(children) FROM changed
