-- The children of the published cells of playing children, not those of tonight: a distribution that
-- counted others than its cell would tell how many came and went.
CREATE TEMP TABLE tonight ON COMMIT DROP AS
SELECT m.child_id, m.leaf || '/' || coalesce(s.score_trend, 'insufficient') AS leaf, NULL::bigint AS contribution
FROM population_member m
JOIN population_cell c ON c.cell_id = m.cell_id AND c.score_sum IS NOT NULL
LEFT JOIN child_window_summary s ON s.child_id = m.child_id AND s.window_name = '90d'
WHERE m.topic = 'figures'
