-- One that is not done is never too old.
DELETE FROM erasures e
WHERE e.id IN (
  SELECT o.id FROM erasures o WHERE o.swept_at < :now::timestamptz - :kept::interval LIMIT :most)
