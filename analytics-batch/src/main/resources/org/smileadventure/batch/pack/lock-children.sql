-- Locked as ingest locks them. One whom it is just writing has their turn next time. The condition is that
-- of v_computed_child; it is asked of the row as it is when it is locked.
SELECT id
FROM children
WHERE id = ANY (:children::bigint[]) AND play_consent AND restricted_at IS NULL
ORDER BY id
FOR NO KEY UPDATE SKIP LOCKED
