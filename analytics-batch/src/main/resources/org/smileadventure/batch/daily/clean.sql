-- What was materialised is clean, unless it has been touched since its version was read. To delete
-- without asking for the version, or to mark with DO NOTHING, would lose that touch.
-- Locked in the order of the key, as writers mark, so that neither blocks the other for good.
WITH clean AS MATERIALIZED (
  SELECT d.child_id, d.day
  FROM unnest(:children::bigint[], :days::date[], :versions::bigint[]) AS done (child_id, day, version)
  JOIN dirty_child_days d ON d.child_id = done.child_id AND d.day = done.day AND d.version = done.version
  ORDER BY d.child_id, d.day
  FOR UPDATE OF d
)
DELETE FROM dirty_child_days d
USING clean c
WHERE d.child_id = c.child_id AND d.day = c.day
