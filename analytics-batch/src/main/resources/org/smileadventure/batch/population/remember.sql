INSERT INTO population_print (topic, child_id, contribution)
SELECT :topic, m.child_id, t.contribution
FROM population_member m
JOIN tonight t ON t.child_id = m.child_id
WHERE m.topic = :topic AND m.cell_id = ANY (:published::bigint[]) AND t.contribution IS NOT NULL
ON CONFLICT DO NOTHING
