-- Mastery and what to play next, computed by the database by itself, attempt after attempt.
WITH RECURSIVE attempts AS (
  SELECT coalesce(scenario_id, scenario_name) AS scenario, day, distress_seconds, success_rate >= 80 AS correct,
         row_number() OVER w AS n, count(*) OVER (PARTITION BY coalesce(scenario_id, scenario_name)) AS of
  FROM game_sessions
  WHERE child_id = :child AND completion_status = 'completed' AND success_rate IS NOT NULL
    AND coalesce(scenario_id, scenario_name) IS NOT NULL AND day <= :today::date
  WINDOW w AS (PARTITION BY coalesce(scenario_id, scenario_name) ORDER BY started_at, id)
),
parameters AS (
  SELECT s.scenario, coalesce(p.known, 0.3)::float8 AS known, coalesce(p.learn, 0.15)::float8 AS learn,
         coalesce(p.guess, 0.2)::float8 AS guess, coalesce(p.slip, 0.1)::float8 AS slip
  FROM (SELECT DISTINCT scenario FROM attempts) s LEFT JOIN mastery_parameters p USING (scenario)
),
-- The odds that it is not known are multiplied by how much more likely the attempt is then. Some doubt stays.
course AS (
  SELECT scenario, 0::bigint AS n, 1 - known AS doubt FROM parameters
  UNION ALL
  SELECT c.scenario, a.n, greatest(1e-12::float8, q.left_over * (1 - k.learn))
  FROM course c
  JOIN attempts a ON a.scenario = c.scenario AND a.n = c.n + 1
  JOIN parameters k ON k.scenario = c.scenario
  CROSS JOIN LATERAL (
    SELECT o.odds / (1 + o.odds) AS left_over
    FROM (SELECT c.doubt / (1 - c.doubt) * CASE WHEN a.correct THEN k.guess / (1 - k.slip)
                                                ELSE (1 - k.guess) / k.slip END AS odds) o) q
),
scenarios AS (
  SELECT a.scenario, max(a.of) AS n, max(a.day) AS last_day,
         (SELECT 1 - doubt FROM course c WHERE c.scenario = a.scenario ORDER BY c.n DESC LIMIT 1) AS p,
         (SELECT min(three.n) FROM (
            SELECT m.n, bool_and(m.correct) OVER last_three AS all_correct, count(*) OVER last_three AS many
            FROM attempts m WHERE m.scenario = a.scenario
            WINDOW last_three AS (ORDER BY m.n ROWS 2 PRECEDING)) three
          WHERE all_correct AND many = 3) AS attempts_to_mastery,
         (SELECT count(*) FILTER (WHERE d.distress_seconds < 10) FROM (
            SELECT l.distress_seconds FROM attempts l
            WHERE l.scenario = a.scenario AND l.distress_seconds IS NOT NULL ORDER BY l.n DESC LIMIT 5) d) AS calm,
         least(5, count(a.distress_seconds)) AS calm_of
  FROM attempts a
  GROUP BY a.scenario
),
rules AS (
  SELECT *, CASE
      WHEN p < 0.95 AND NOT (calm_of >= 3 AND calm < calm_of / 2.0) THEN 1
      WHEN p >= 0.95 AND NOT (calm_of >= 3 AND calm < calm_of / 2.0) AND :today::date - last_day >= 14 THEN 2
      WHEN p < 0.95 THEN 3
      ELSE 4 END AS rule
  FROM scenarios
  WHERE n >= 3 AND last_day >= (SELECT max(last_day) - 180 FROM scenarios)
),
suggested AS (
  SELECT rule, scenario FROM rules
  ORDER BY rule,
    CASE WHEN rule = 3 THEN -calm::float8 / calm_of END,
    CASE WHEN rule IN (1, 3) THEN -round((100 * p)::numeric) END,
    last_day, scenario COLLATE "C"
  LIMIT 1
)
SELECT s.*, (SELECT rule FROM suggested) AS next_rule,
       (SELECT CASE WHEN rule < 4 THEN scenario END FROM suggested) AS next_scenario
FROM scenarios s
