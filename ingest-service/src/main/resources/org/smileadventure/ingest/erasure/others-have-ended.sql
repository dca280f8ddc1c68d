-- Whether no transaction goes on that may have read the rows before they went, and may still write what it
-- has read: none that had a number then, and none that had begun and has got its number since. A number that
-- this server has not come to is of another one, which this database was copied from.
SELECT coalesce(
  cleared_at IS NOT NULL
  AND (pg_snapshot_xmin(pg_current_snapshot()) >= erased_until OR pg_snapshot_xmax(pg_current_snapshot()) < erased_until)
  AND NOT EXISTS (
    SELECT FROM pg_stat_activity a
    WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.xact_start <= cleared_at
      AND a.backend_type = 'client backend'), false)
FROM erasures
WHERE id = :id
