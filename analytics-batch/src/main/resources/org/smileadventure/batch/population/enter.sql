-- A child is counted once: who is in a published cell that stays is not entered anywhere else.
INSERT INTO population_member AS m (topic, child_id, cell_id, leaf)
SELECT :topic, t.child_id, c.cell_id, t.leaf
FROM tonight t
JOIN (SELECT cell_id, unnest(leaves) AS leaf FROM population_cell WHERE cell_id = ANY (:published::bigint[])) c
  ON c.leaf = t.leaf
ON CONFLICT (topic, child_id) DO UPDATE SET cell_id = excluded.cell_id, leaf = excluded.leaf
WHERE m.cell_id = ANY (:replaced::bigint[])
  AND (m.cell_id, m.leaf) IS DISTINCT FROM (excluded.cell_id, excluded.leaf)
