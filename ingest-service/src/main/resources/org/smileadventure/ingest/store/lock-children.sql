-- Which children are known, where they live, what may be done with their events, and one writer at a time
-- for each of them: two transactions that each hold a part of one session would both find it incomplete.
-- In the order of the key, so that two writers wait for each other instead of blocking each other,
-- and in a statement of its own, so that those that follow see what was waited for.
SELECT id, timezone, play_consent, restricted_at IS NOT NULL AS restricted
FROM children WHERE id = ANY (:child_ids::bigint[]) ORDER BY id FOR NO KEY UPDATE
