-- Changes the sessions of some months, drawn by chance, and marks the months as ingest does when
-- events of known sessions come late: their figures become others, which of them there are does not.
WITH chosen AS MATERIALIZED (
  SELECT child_id, month
  FROM child_month_summary
  WHERE month >= :since::date AND sessions > 0
  ORDER BY random()
  LIMIT :months
), changed AS (
  UPDATE game_sessions g
  SET score = g.score + 1, engagement_score = 100 - g.engagement_score, success_rate = 100 - g.success_rate,
      emotions = g.emotions
        || (SELECT jsonb_build_object('seconds', jsonb_object_agg(key, value::numeric + 1))
            FROM jsonb_each(g.emotions -> 'seconds'))
        || CASE WHEN g.emotions -> 'triggers' IS NOT NULL THEN
             (SELECT jsonb_build_object('triggers', jsonb_object_agg(
                key, jsonb_build_array((value -> 0)::int + 1, value -> 1)))
              FROM jsonb_each(g.emotions -> 'triggers')) ELSE '{}' END
        || CASE WHEN g.emotions -> 'strategies' IS NOT NULL THEN
             (SELECT jsonb_build_object('strategies', jsonb_object_agg(
                key, jsonb_build_array((value -> 0)::int + 1, (value -> 1)::int + 4, value -> 2)))
              FROM jsonb_each(g.emotions -> 'strategies')) ELSE '{}' END
  FROM chosen c
  WHERE g.child_id = c.child_id AND g.day >= c.month AND g.day < c.month + interval '1 month'
)
SELECT count(*) AS marked, mark_months(array_agg(child_id), array_agg(month)) FROM chosen
