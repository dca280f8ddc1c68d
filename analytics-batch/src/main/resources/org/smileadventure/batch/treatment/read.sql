-- The scores of half a year before the start and half a year from it, in order; of a child without any, one
-- row without a score.
SELECT t.child_id, t.therapy, t.started, g.day - t.started AS day, g.score
FROM v_treated_child t
LEFT JOIN game_sessions g
  ON g.child_id = t.child_id AND g.day BETWEEN t.started - :days AND t.started + :days - 1
  AND g.completion_status = 'completed' AND g.score IS NOT NULL
WHERE t.child_id = ANY (:children::bigint[])
ORDER BY t.child_id, g.started_at, g.id
