-- The children of the published cells of playing children, not those of tonight: a distribution that
-- counted others than its cell would tell how many came and went. A child who is not counted any more
-- stays where it is until its cell goes: nothing is looked up of it.
CREATE TEMP TABLE tonight ON COMMIT DROP AS
SELECT m.child_id, m.leaf || '/' || CASE WHEN p.id IS NULL THEN split_part(was.leaf, '/', -1)
         ELSE coalesce(s.score_trend, 'insufficient') END AS leaf, NULL::bigint AS contribution
FROM population_member m
JOIN population_cell c ON c.cell_id = m.cell_id AND c.score_sum IS NOT NULL
LEFT JOIN v_population_child p ON p.id = m.child_id
LEFT JOIN population_member was ON was.topic = :topic AND was.child_id = m.child_id
LEFT JOIN child_window_summary s ON s.child_id = p.id AND s.window_name = '90d'
WHERE m.topic = 'figures' AND (p.id IS NOT NULL OR was.child_id IS NOT NULL)
