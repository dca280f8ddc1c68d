-- What was materialised is clean, unless it has been touched since its version was read. To delete
-- without asking for the version, or to mark with DO NOTHING, would lose that touch.
DELETE FROM dirty_child_days d
USING unnest(:children::bigint[], :days::date[], :versions::bigint[]) AS done (child_id, day, version)
WHERE d.child_id = done.child_id AND d.day = done.day AND d.version = done.version
