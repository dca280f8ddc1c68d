-- The months of these children of which something may not have been sent, and until when what was received
-- is about to be sent.
SELECT m.child_id, m.month, m.version, m.sent_until, now() AS until
FROM statement_months m
JOIN v_sent_child USING (child_id)
WHERE m.child_id = ANY (:children::bigint[]) AND m.version > m.sent_version
ORDER BY m.child_id, m.month
