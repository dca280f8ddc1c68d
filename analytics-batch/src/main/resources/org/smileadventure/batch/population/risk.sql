-- As for the trend; a risk is of every child, playing or not.
CREATE TEMP TABLE tonight ON COMMIT DROP AS
SELECT m.child_id, m.leaf || '/' || CASE WHEN :topic = ANY (s.risks) THEN 'holds' ELSE 'not' END AS leaf, NULL::bigint AS contribution
FROM population_member m
LEFT JOIN child_window_summary s ON s.child_id = m.child_id AND s.window_name = '90d'
WHERE m.topic = 'figures'
