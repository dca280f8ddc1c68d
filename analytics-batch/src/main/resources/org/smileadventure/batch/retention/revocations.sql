DELETE FROM revocations r
WHERE r.subject IN (
  SELECT o.subject FROM revocations o WHERE o.until < :now::timestamptz - :kept::interval LIMIT :most)
