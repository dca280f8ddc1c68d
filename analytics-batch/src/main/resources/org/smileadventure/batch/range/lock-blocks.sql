-- One run at a time for each block of children, until the end of the transaction; taken in ascending
-- order. The first number tells these locks from others.
SELECT pg_advisory_xact_lock(1, block)
FROM (SELECT DISTINCT (child_id / :size % 2147483647)::int AS block
      FROM unnest(:children::bigint[]) AS child_id
      ORDER BY block) blocks
