-- Children in exactly one therapy, so that the therapies are a partition and no difference between
-- two of them is that of a few children in both. The effect: slope of the score in the 180 days from
-- the start less that in the 180 days before it, in points per week.
CREATE TEMP TABLE tonight ON COMMIT DROP AS
SELECT child_id, type AS leaf, hashtextextended(effect::text, 3) AS contribution, effect
FROM (
  SELECT t.child_id, t.type,
         regr_slope(g.score, (g.day - t.start) / 7.0::float8) FILTER (WHERE g.day >= t.start)
         - regr_slope(g.score, (g.day - t.start) / 7.0::float8) FILTER (WHERE g.day < t.start) AS effect
  FROM (
    SELECT c.id AS child_id,
           CASE lower(btrim(a.therapy ->> 'type')) WHEN 'aba' THEN 'ABA' ELSE initcap(btrim(a.therapy ->> 'type')) END AS type,
           -- CASE, as a condition beside it could be evaluated after the cast.
           CASE WHEN pg_input_is_valid(left(a.therapy ->> 'start_date', 10), 'date')
                THEN left(a.therapy ->> 'start_date', 10)::date END AS start
    FROM v_population_child c
    CROSS JOIN LATERAL (SELECT c.current_therapies -> 0 AS therapy) a
    WHERE jsonb_array_length(c.current_therapies) = 1 AND btrim(a.therapy ->> 'type') <> ''
  ) t
  JOIN game_sessions g ON g.child_id = t.child_id
    AND g.day BETWEEN t.start - 180 AND t.start + 179
    AND g.completion_status = 'completed' AND g.score IS NOT NULL
  WHERE isfinite(t.start)
  GROUP BY t.child_id, t.type
  HAVING count(*) FILTER (WHERE g.day < t.start) >= :sessions
     AND count(*) FILTER (WHERE g.day >= t.start) >= :sessions
     AND count(DISTINCT g.day) FILTER (WHERE g.day < t.start) >= 3
     AND count(DISTINCT g.day) FILTER (WHERE g.day >= t.start) >= 3
) measured
