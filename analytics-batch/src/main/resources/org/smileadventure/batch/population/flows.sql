-- How many children come from which printed cell into which leaf, and how many of them add what was
-- never printed. No cell: they are not printed; no leaf: they are not there tonight.
SELECT m.cell_id, t.leaf, count(*) AS children,
       count(*) FILTER (WHERE t.contribution IS NOT NULL AND p.child_id IS NULL) AS fresh
FROM tonight t
FULL JOIN (SELECT * FROM population_member WHERE topic = :topic) m ON m.child_id = t.child_id
LEFT JOIN population_print p ON p.topic = :topic AND p.child_id = t.child_id AND p.contribution = t.contribution
GROUP BY m.cell_id, t.leaf
