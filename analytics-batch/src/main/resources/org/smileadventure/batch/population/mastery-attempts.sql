-- The first attempts of children at each scenario that is due, in their order, as a row of 1 (a success of
-- at least 80 %) and 0: of scenarios that at least :least_learners of :most_children tried three times or
-- more. Which children these are depends on their numbers only, so the same are taken each time.
WITH counted AS MATERIALIZED (
  SELECT id FROM v_population_child ORDER BY hashint8extended(id, 18), id LIMIT :most_children
),
attempts AS (
  SELECT scenario, child_id, success_rate >= 80 AS correct,
         row_number() OVER (PARTITION BY child_id, scenario ORDER BY started_at, id) AS n
  FROM (
    SELECT g.child_id, coalesce(g.scenario_id, g.scenario_name) AS scenario, g.success_rate, g.started_at, g.id
    FROM counted c JOIN game_sessions g ON g.child_id = c.id
    WHERE g.completion_status = 'completed' AND g.success_rate IS NOT NULL) AS played
  -- An empty scenario_id is a name of nothing.
  WHERE scenario <> ''
    AND NOT EXISTS (
      SELECT FROM mastery_parameters p
      WHERE p.scenario = played.scenario AND p.fitted_at > now() - :pause::interval)
),
courses AS (
  SELECT scenario, child_id, string_agg(CASE WHEN correct THEN '1' ELSE '0' END, '' ORDER BY n) AS course
  FROM attempts
  WHERE n <= :most_attempts
  GROUP BY scenario, child_id
  HAVING count(*) >= 3
),
placed AS (
  SELECT scenario, course, row_number() OVER w AS place, count(*) OVER (PARTITION BY scenario) AS learners
  FROM courses
  WINDOW w AS (PARTITION BY scenario ORDER BY hashint8extended(child_id, 18), child_id)
)
SELECT scenario, course
FROM placed
WHERE learners >= :least_learners AND place <= :most_learners
ORDER BY scenario, place
