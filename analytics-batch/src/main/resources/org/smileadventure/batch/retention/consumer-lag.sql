-- Of a group that is no more.
DELETE FROM consumer_lag c
WHERE c.group_id IN (
  SELECT o.group_id FROM consumer_lag o WHERE o.measured_at < :now::timestamptz - :kept::interval LIMIT :most)
