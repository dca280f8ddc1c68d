-- How many improved is told only where neither they nor the others are few.
UPDATE population_cell c SET
  children = s.children,
  improved = CASE WHEN s.improved >= :least AND s.children - s.improved >= :least THEN s.improved END
FROM (
  SELECT m.cell_id, count(*) AS children, count(*) FILTER (WHERE t.improved) AS improved
  FROM population_member m
  JOIN tonight t ON t.child_id = m.child_id
  WHERE m.topic = :topic AND m.cell_id = ANY (:published::bigint[])
  GROUP BY m.cell_id
) s
WHERE c.cell_id = s.cell_id
