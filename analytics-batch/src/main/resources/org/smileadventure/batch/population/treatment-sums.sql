UPDATE population_cell c SET children = s.children, effect_mean = s.effect_mean, effect_sd = s.effect_sd
FROM (
  SELECT m.cell_id, count(*) AS children, avg(t.effect ORDER BY t.child_id) AS effect_mean, stddev_samp(t.effect ORDER BY t.child_id) AS effect_sd
  FROM population_member m
  JOIN tonight t ON t.child_id = m.child_id
  WHERE m.topic = :topic AND m.cell_id = ANY (:published::bigint[])
  GROUP BY m.cell_id
) s
WHERE c.cell_id = s.cell_id
