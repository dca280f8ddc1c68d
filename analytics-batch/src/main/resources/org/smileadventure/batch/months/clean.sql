-- What was folded is clean, unless it has been touched since its version was read. To delete without
-- asking for the version, or to mark with DO NOTHING, would lose that touch.
-- A month that a writer is just marking stays as well: it will have a new version, and who does not
-- wait for a writer cannot be in a circle of those who wait for each other.
WITH clean AS MATERIALIZED (
  SELECT d.child_id, d.month
  FROM unnest(:children::bigint[], :months::date[], :versions::bigint[]) AS done (child_id, month, version)
  JOIN dirty_child_months d ON d.child_id = done.child_id AND d.month = done.month AND d.version = done.version
  FOR UPDATE OF d SKIP LOCKED
)
DELETE FROM dirty_child_months d
USING clean c
WHERE d.child_id = c.child_id AND d.month = c.month
