-- What is to be sent to the record store again, of the children whose guardians consent to that; whether
-- it may be sent just now is asked by who sends. In the order of the key, so that two wait for each other
-- instead of blocking each other.
INSERT INTO statement_months (child_id, month)
SELECT folded.child_id, folded.month
FROM unnest(:children::bigint[], :months::date[]) AS folded (child_id, month)
JOIN children c ON c.id = folded.child_id AND c.record_store_consent
ORDER BY folded.child_id, folded.month
ON CONFLICT (child_id, month) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at
