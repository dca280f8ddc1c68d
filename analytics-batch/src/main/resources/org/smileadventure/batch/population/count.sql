UPDATE population_cell c SET children = s.children
FROM (
  SELECT cell_id, count(*) AS children
  FROM population_member
  WHERE topic = :topic AND cell_id = ANY (:published::bigint[])
  GROUP BY cell_id
) s
WHERE c.cell_id = s.cell_id
