DELETE FROM nights n
WHERE n.planned_at IN (
  SELECT o.planned_at FROM nights o WHERE o.ended_at < :now::timestamptz - :kept::interval LIMIT :most)
