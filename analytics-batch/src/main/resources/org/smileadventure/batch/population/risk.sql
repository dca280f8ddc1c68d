-- As for the trend; a risk is of every child, playing or not.
CREATE TEMP TABLE tonight ON COMMIT DROP AS
SELECT m.child_id, m.leaf || '/' || CASE WHEN p.id IS NULL THEN split_part(was.leaf, '/', -1)
         WHEN :topic = ANY (s.risks) THEN 'holds' ELSE 'not' END AS leaf, NULL::bigint AS contribution
FROM population_member m
LEFT JOIN v_population_child p ON p.id = m.child_id
LEFT JOIN population_member was ON was.topic = :topic AND was.child_id = m.child_id
LEFT JOIN child_window_summary s ON s.child_id = p.id AND s.window_name = '90d'
WHERE m.topic = 'figures' AND (p.id IS NOT NULL OR was.child_id IS NOT NULL)
