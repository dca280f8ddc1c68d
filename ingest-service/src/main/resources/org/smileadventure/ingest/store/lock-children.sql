-- One batch at a time for each child, to the end of the transaction. Usually its partition sees to
-- that. But while partitions move or are added, two consumers can hold parts of one session: each
-- would compute it without what the other has not yet committed, and none of them again.
-- A statement of its own, so that those that follow see what was waited for.
SELECT FROM children WHERE id = ANY (:child_ids::bigint[]) ORDER BY id FOR NO KEY UPDATE
