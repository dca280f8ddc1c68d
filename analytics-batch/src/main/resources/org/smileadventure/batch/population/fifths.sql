-- In which fifth of their cohorts, from 1 (lowest) to 5 (highest), the children of a window are; nothing
-- for cohorts of fewer than :least. They are ranked again only after :pause, when others have come into the
-- window: who could rank the same means against other ones each night, would soon know them. Who is not
-- counted any more has no fifth from this night on. Only rows that change are written, in the order in
-- which windows are computed, and only their children's cached answers invalidated. Returns how many that
-- were.
WITH ranking AS (
  -- A night begins some minutes sooner or later.
  SELECT NOT EXISTS (
    SELECT FROM cohort_ranking
    WHERE window_name = :window AND ranked_at > now() - :pause::interval + interval '12 hours') AS due
),
cohort AS (
  SELECT s.child_id, s.score_fifth, s.engagement_fifth, c.id IS NOT NULL AS counted,
         age_band(c.age) AS band, coalesce(c.support_level, 0) AS level,
         CASE WHEN c.id IS NOT NULL AND s.completed >= 3 THEN s.score_mean END AS score,
         CASE WHEN c.id IS NOT NULL AND s.completed >= 3 THEN s.engagement_mean END AS engagement
  FROM child_window_summary s
  LEFT JOIN v_population_child c ON c.id = s.child_id
  WHERE s.window_name = :window
),
-- Those below are rank() - 1 (nulls rank last), and half of those equal, the child itself among them, are
-- added: in halves, so that it is counted in integers.
ranked AS (
  SELECT child_id, score_fifth, engagement_fifth, counted,
         CASE WHEN score IS NOT NULL AND count(score) OVER cohort >= :least
              THEN 1 + 5 * (2 * (rank() OVER (cohort ORDER BY score) - 1) + count(*) OVER (PARTITION BY band, level, score))
                       / (2 * count(score) OVER cohort) END AS score_now,
         CASE WHEN engagement IS NOT NULL AND count(engagement) OVER cohort >= :least
              THEN 1 + 5 * (2 * (rank() OVER (cohort ORDER BY engagement) - 1) + count(*) OVER (PARTITION BY band, level, engagement))
                       / (2 * count(engagement) OVER cohort) END AS engagement_now
  FROM cohort
  WINDOW cohort AS (PARTITION BY band, level)
),
changed AS MATERIALIZED (
  SELECT child_id, score_now AS score, engagement_now AS engagement
  FROM ranked, ranking
  WHERE (due OR NOT counted)
    AND (score_fifth, engagement_fifth) IS DISTINCT FROM (score_now, engagement_now)
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
  SET score_fifth = c.score, engagement_fifth = c.engagement
  FROM changed c JOIN locked USING (child_id)
  WHERE t.child_id = c.child_id AND t.window_name = :window
  RETURNING t.child_id
),
noted AS (
  INSERT INTO cohort_ranking (window_name, ranked_at)
  SELECT :window, now() FROM ranking WHERE due
  ON CONFLICT (window_name) DO UPDATE SET ranked_at = excluded.ranked_at
)
SELECT count(*), invalidate_children(array_agg(child_id)) FROM written
