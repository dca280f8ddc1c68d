-- As for the trend; a risk is of every child, playing or not.
INSERT INTO tonight (child_id, leaf)
SELECT m.child_id, m.leaf || '/' || CASE WHEN :topic = ANY (s.risks) THEN 'holds' ELSE 'not' END
FROM population_member m
LEFT JOIN child_window_summary s ON s.child_id = m.child_id AND s.window_name = '90d'
WHERE m.topic = 'figures'
