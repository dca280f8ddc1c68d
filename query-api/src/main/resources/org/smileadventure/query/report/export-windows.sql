-- What the months of each window come to.
SELECT w.window_name AS key, 0 AS seq, to_jsonb(w) AS document
FROM child_window_summary w
WHERE w.child_id = :child AND w.window_name > :after
ORDER BY w.window_name
