-- Words that others have taken the place of.
DELETE FROM consents c
WHERE (c.child_id, c.id) IN (
  SELECT o.child_id, o.id
  FROM consents o
  WHERE o.given_at < :now::timestamptz - :kept::interval
    AND EXISTS (
      SELECT FROM consents later
      WHERE later.child_id = o.child_id AND later.purpose = o.purpose
        AND later.recipient IS NOT DISTINCT FROM o.recipient
        AND later.id > o.id AND later.given_at < :now::timestamptz - :kept::interval)
  LIMIT :most)
