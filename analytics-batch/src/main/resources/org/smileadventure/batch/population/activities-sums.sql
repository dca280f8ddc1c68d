UPDATE population_cell c SET
  children = s.children, activities = s.activities, verified = s.verified, emotional_n = s.emotional_n,
  improvements = s.improvements, deteriorations = s.deteriorations
FROM (
  SELECT m.cell_id, count(*) AS children, sum(t.activities) AS activities, sum(t.verified) AS verified,
         sum(t.emotional_n) AS emotional_n, sum(t.improvements) AS improvements, sum(t.deteriorations) AS deteriorations
  FROM population_member m
  JOIN tonight t ON t.child_id = m.child_id
  WHERE m.topic = :topic AND m.cell_id = ANY (:published::bigint[])
  GROUP BY m.cell_id
) s
WHERE c.cell_id = s.cell_id
