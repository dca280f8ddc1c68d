-- Months whose summary is not what was folded just now. One that is dirty may differ.
SELECT format('child_month_summary of child %s in %s', x.child_id, to_char(x.month, 'YYYY-MM'))
FROM (
  SELECT child_id, month
  FROM (
    SELECT s.*
    FROM unnest(:children::bigint[], :firsts::date[], :lasts::date[]) AS r (child_id, first, last)
    JOIN child_month_summary s ON s.child_id = r.child_id AND s.month BETWEEN r.first AND r.last
  ) s
  FULL JOIN unnest(
    :month_children::bigint[], :months::date[], :sessions::int[], :completed::int[], :abandoned::int[],
    :interrupted::int[], :in_progress::int[], :duration_seconds::bigint[], :score_n::int[], :score_sum::bigint[],
    :engagement_n::int[], :engagement_sum::numeric[], :success_n::int[], :success_sum::numeric[],
    :activities::int[], :points::int[], :moments::bytea[])
    AS f (child_id, month, sessions, completed, abandoned, interrupted, in_progress, duration_seconds, score_n, score_sum,
          engagement_n, engagement_sum, success_n, success_sum, activities, points, moments) USING (child_id, month)
  WHERE (s.sessions, s.completed, s.abandoned, s.interrupted, s.in_progress, s.duration_seconds, s.score_n, s.score_sum,
         s.engagement_n, s.engagement_sum, s.success_n, s.success_sum, s.activities, s.points, s.moments, s.shape)
      IS DISTINCT FROM
        (f.sessions, f.completed, f.abandoned, f.interrupted, f.in_progress, f.duration_seconds, f.score_n, f.score_sum,
         f.engagement_n, f.engagement_sum, f.success_n, f.success_sum, f.activities, f.points, f.moments, :shape::smallint)
) x
WHERE NOT EXISTS (SELECT FROM dirty_child_months d WHERE d.child_id = x.child_id AND d.month = x.month)
ORDER BY x.child_id, x.month
LIMIT 20
