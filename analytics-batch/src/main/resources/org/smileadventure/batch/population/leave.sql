-- Children of replaced cells who are in no cell that is published tonight.
DELETE FROM population_member m
WHERE m.topic = :topic AND m.cell_id = ANY (:replaced::bigint[])
  AND NOT EXISTS (
    SELECT FROM tonight t
    JOIN (SELECT unnest(leaves) AS leaf FROM population_cell WHERE cell_id = ANY (:published::bigint[])) c
      ON c.leaf = t.leaf
    WHERE t.child_id = m.child_id)
