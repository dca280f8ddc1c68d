-- Percentile ranks of all children of a window within their cohorts; nothing for cohorts of fewer than
-- :least. Only rows that change are written, in the order in which windows are computed, and only their
-- children's cached answers invalidated. Returns how many that were.
WITH cohort AS (
  SELECT s.child_id, s.score_percentile, s.engagement_percentile,
         age_band(c.age) AS band, coalesce(c.support_level, 0) AS level,
         CASE WHEN c.is_active AND s.completed >= 3 THEN s.score_mean END AS score,
         CASE WHEN c.is_active AND s.completed >= 3 THEN s.engagement_mean END AS engagement
  FROM child_window_summary s
  LEFT JOIN children c ON c.id = s.child_id
  WHERE s.window_name = :window
),
-- The share below is rank() - 1 (nulls rank last), and half of those equal, the child itself among them, is added.
ranked AS (
  SELECT child_id, score_percentile, engagement_percentile,
         CASE WHEN score IS NOT NULL AND count(score) OVER cohort >= :least
              THEN (rank() OVER (cohort ORDER BY score) - 1 + count(*) OVER (PARTITION BY band, level, score) / 2.0::float8)
                   / count(score) OVER cohort * 100 END AS score_rank,
         CASE WHEN engagement IS NOT NULL AND count(engagement) OVER cohort >= :least
              THEN (rank() OVER (cohort ORDER BY engagement) - 1 + count(*) OVER (PARTITION BY band, level, engagement) / 2.0::float8)
                   / count(engagement) OVER cohort * 100 END AS engagement_rank
  FROM cohort
  WINDOW cohort AS (PARTITION BY band, level)
),
changed AS MATERIALIZED (
  SELECT child_id, score_rank, engagement_rank
  FROM ranked
  WHERE (score_percentile, engagement_percentile) IS DISTINCT FROM (score_rank, engagement_rank)
),
locked AS MATERIALIZED (
  SELECT t.child_id
  FROM child_window_summary t JOIN changed USING (child_id)
  WHERE t.window_name = :window
  ORDER BY t.child_id
  FOR UPDATE OF t
),
written AS (
  UPDATE child_window_summary t
  SET score_percentile = c.score_rank, engagement_percentile = c.engagement_rank
  FROM changed c JOIN locked USING (child_id)
  WHERE t.child_id = c.child_id AND t.window_name = :window
  RETURNING t.child_id
),
noted AS (
  INSERT INTO cohort_ranking (window_name, ranked_at) VALUES (:window, now())
  ON CONFLICT (window_name) DO UPDATE SET ranked_at = excluded.ranked_at
)
SELECT count(*), invalidate_children(array_agg(child_id)) FROM written
