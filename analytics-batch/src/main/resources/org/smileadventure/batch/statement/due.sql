-- The months of a child of which something may not have been sent.
SELECT m.month, m.version, m.sent_until, m.marked_at
FROM statement_months m
JOIN v_sent_child USING (child_id)
WHERE m.child_id = :child AND m.version > m.sent_version
ORDER BY m.month
