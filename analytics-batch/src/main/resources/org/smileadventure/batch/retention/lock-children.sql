-- Locked as ingest locks them. One whom it is just writing has begun to play again.
SELECT id FROM children WHERE id = ANY (:children::bigint[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
