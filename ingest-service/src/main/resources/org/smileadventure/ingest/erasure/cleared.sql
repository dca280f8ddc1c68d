-- In a transaction of its own: what begins from now on sees that the rows are gone.
UPDATE erasures SET cleared_at = clock_timestamp(), erased_until = pg_snapshot_xmax(pg_current_snapshot())
WHERE id = :id AND cleared_at IS NULL
