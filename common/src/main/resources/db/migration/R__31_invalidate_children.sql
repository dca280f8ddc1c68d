-- Answers are cached for who was allowed to see them, and as of what was stored. This notes that the
-- children's cached answers have to go; at once, if it is urgent.
CREATE OR REPLACE FUNCTION invalidate_children(children bigint[], is_urgent boolean DEFAULT false) RETURNS void
  LANGUAGE sql
  BEGIN ATOMIC
    INSERT INTO pending_invalidation AS p (child_id, since, urgent)
    SELECT child_id, clock_timestamp(), is_urgent
    FROM (SELECT DISTINCT child_id FROM unnest(children) AS child_id WHERE child_id IS NOT NULL ORDER BY 1) due
    ON CONFLICT (child_id) DO UPDATE SET since = excluded.since, urgent = p.urgent OR excluded.urgent;
  END;
