DELETE FROM refused_events r
WHERE (r.child_id, r.session_id, r.seq, r.reason) IN (
  SELECT o.child_id, o.session_id, o.seq, o.reason
  FROM refused_events o
  WHERE o.last_refused_at < :now::timestamptz - :kept::interval
  LIMIT :most)
