DELETE FROM quarantine_read r
WHERE r.ctid IN (SELECT o.ctid FROM quarantine_read o WHERE o.read_at < :now::timestamptz - :kept::interval LIMIT :most)
