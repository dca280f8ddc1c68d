-- The moments of a window, merged from its days. One row, or none if the viewer may not see the
-- child. A day counts where the child lives, and the window ends today there.
WITH child AS (
  SELECT child_id, timezone, (:now::timestamptz AT TIME ZONE timezone)::date AS today
  FROM v_child_access
  WHERE child_id = :child AND user_id = :viewer
  LIMIT 1
)
SELECT
  c.timezone,
  c.today - :days::int + 1                                       AS first_day,
  c.today                                                        AS last_day,
  (c.today + 1)::timestamp AT TIME ZONE c.timezone               AS next_midnight,
  m.*
FROM child c
CROSS JOIN LATERAL (
  SELECT
    count(*) FILTER (WHERE NOT d.live)                           AS summary_days,
    count(*) FILTER (WHERE d.live)                               AS live_days,
    coalesce(sum(d.sessions), 0)                                 AS sessions,
    coalesce(sum(d.completed), 0)                                AS completed,
    coalesce(sum(d.abandoned), 0)                                AS abandoned,
    coalesce(sum(d.interrupted), 0)                              AS interrupted,
    coalesce(sum(d.in_progress), 0)                              AS in_progress,
    coalesce(sum(d.duration_seconds), 0)                         AS duration_seconds,
    coalesce(sum(d.active_seconds), 0)                           AS active_seconds,
    coalesce(sum(d.interactions), 0)                             AS interactions,
    coalesce(sum(d.levels), 0)                                   AS levels,
    coalesce(sum(d.achievements), 0)                             AS achievements,
    coalesce(sum(d.score_n), 0)                                  AS score_n,
    (sum(d.score_sum) / nullif(sum(d.score_n), 0))::float8       AS score_mean,
    sqrt((sum(d.score_sum_sq) - sum(d.score_sum) ^ 2 / nullif(sum(d.score_n), 0))
         / nullif(sum(d.score_n) - 1, 0))::float8                AS score_sd,
    min(d.score_min)::float8                                     AS score_min,
    max(d.score_max)::float8                                     AS score_max,
    coalesce(sum(d.engagement_n), 0)                             AS engagement_n,
    (sum(d.engagement_sum) / nullif(sum(d.engagement_n), 0))::float8 AS engagement_mean,
    sqrt((sum(d.engagement_sum_sq) - sum(d.engagement_sum) ^ 2 / nullif(sum(d.engagement_n), 0))
         / nullif(sum(d.engagement_n) - 1, 0))::float8           AS engagement_sd,
    min(d.engagement_min)::float8                                AS engagement_min,
    max(d.engagement_max)::float8                                AS engagement_max
  FROM v_child_daily_current d
  WHERE d.child_id = c.child_id
    AND d.day BETWEEN coalesce(c.today - :days::int + 1, '-infinity') AND c.today
) m
