-- How many children go from which published cell to which leaf, and how many of them add what was
-- never published. No cell: they are counted in none; no leaf: they are not there tonight.
SELECT m.cell_id, t.leaf, count(*) AS children,
       count(*) FILTER (WHERE t.contribution IS NOT NULL AND p.child_id IS NULL) AS fresh
FROM tonight t
FULL JOIN (SELECT * FROM population_member WHERE topic = :topic) m ON m.child_id = t.child_id
LEFT JOIN population_print p ON p.topic = :topic AND p.child_id = t.child_id AND p.contribution = t.contribution
GROUP BY m.cell_id, t.leaf
