-- What is to be sent to the record store again, of the children of whom anything is. In the order of the
-- key, so that two wait for each other instead of blocking each other.
INSERT INTO statement_months (child_id, month)
SELECT folded.child_id, folded.month
FROM unnest(:children::bigint[], :months::date[]) AS folded (child_id, month)
JOIN v_sent_child USING (child_id)
ORDER BY folded.child_id, folded.month
ON CONFLICT (child_id, month) DO UPDATE SET version = excluded.version
