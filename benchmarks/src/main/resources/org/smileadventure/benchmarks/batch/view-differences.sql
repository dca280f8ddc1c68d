-- How many months are other ones in the view than in the summaries, or only in one of them.
WITH summary AS (
  SELECT
    child_id, month, sessions, completed, abandoned, interrupted, in_progress, duration_seconds, score_n, score_sum,
    engagement_n, engagement_sum, success_n, success_sum, activities, points
  FROM child_month_summary
), view AS (
  SELECT * FROM months_view
)
SELECT
  (SELECT count(*) FROM (SELECT * FROM summary EXCEPT SELECT * FROM view) AS missing)
  + (SELECT count(*) FROM (SELECT * FROM view EXCEPT SELECT * FROM summary) AS other)
