-- Answers are cached for who was allowed to see them, and as of what was stored. This notes that the
-- children's cached answers have to go.
CREATE OR REPLACE FUNCTION invalidate_children(children bigint[]) RETURNS void
  LANGUAGE sql
  BEGIN ATOMIC
    INSERT INTO pending_invalidation (child_id, since)
    SELECT child_id, clock_timestamp()
    FROM (SELECT DISTINCT child_id FROM unnest(children) AS child_id WHERE child_id IS NOT NULL ORDER BY 1) due
    ON CONFLICT (child_id) DO UPDATE SET since = excluded.since;
  END;
