DELETE FROM outgoing_mail m
WHERE m.id IN (
  SELECT o.id FROM outgoing_mail o WHERE o.created_at < :now::timestamptz - :kept::interval LIMIT :most)
