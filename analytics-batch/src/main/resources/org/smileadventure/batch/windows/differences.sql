-- A month that was marked since the moments were merged may be in one and not in the other.
SELECT format('child_window_summary of child %s, %s up to %s', w.child_id, w.window_name, w.last_day)
FROM unnest(
  :children::bigint[], :windows::text[], :firsts::date[], :lasts::date[], :due::date[], :sessions::bigint[],
  :completed::bigint[], :abandoned::bigint[], :interrupted::bigint[], :score_n::bigint[], :score_mean::float8[],
  :engagement_n::bigint[], :engagement_mean::float8[], :success_n::bigint[], :success_mean::float8[],
  :score_trend::text[], :engagement_trend::text[], :risks::text[], :activities::bigint[], :verified::bigint[],
  :emotional_n::bigint[], :improvements::bigint[], :deteriorations::bigint[])
  AS f (child_id, window_name, first_day, last_day, due_on, sessions, completed, abandoned, interrupted, score_n,
        score_mean, engagement_n, engagement_mean, success_n, success_mean, score_trend, engagement_trend, risks,
        activities, verified, emotional_n, improvements, deteriorations)
JOIN child_window_summary w ON w.child_id = f.child_id AND w.window_name = f.window_name
WHERE (w.first_day, w.last_day, w.due_on, w.sessions, w.completed, w.abandoned, w.interrupted, w.score_n,
       w.score_mean, w.engagement_n, w.engagement_mean, w.success_n, w.success_mean, w.score_trend,
       w.engagement_trend, w.risks, w.activities, w.verified, w.emotional_n, w.improvements, w.deteriorations)
    IS DISTINCT FROM
      (f.first_day, f.last_day, f.due_on, f.sessions, f.completed, f.abandoned, f.interrupted, f.score_n,
       f.score_mean, f.engagement_n, f.engagement_mean, f.success_n, f.success_mean, f.score_trend,
       f.engagement_trend, string_to_array(f.risks, ','), f.activities, f.verified, f.emotional_n,
       f.improvements, f.deteriorations)
  AND NOT EXISTS (SELECT FROM dirty_child_months d WHERE d.child_id = w.child_id)
UNION ALL
SELECT format('child_window_summary of child %s, %s: there is none', c.child_id, n.window_name)
FROM unnest(:asked::bigint[]) AS c (child_id)
CROSS JOIN unnest(:names::text[]) AS n (window_name)
WHERE EXISTS (SELECT FROM child_month_summary s WHERE s.child_id = c.child_id)
  AND NOT EXISTS (
    SELECT FROM child_window_summary w WHERE w.child_id = c.child_id AND w.window_name = n.window_name)
  AND NOT EXISTS (SELECT FROM dirty_child_windows d WHERE d.child_id = c.child_id)
  AND NOT EXISTS (SELECT FROM dirty_child_months d WHERE d.child_id = c.child_id)
ORDER BY 1
LIMIT 20
