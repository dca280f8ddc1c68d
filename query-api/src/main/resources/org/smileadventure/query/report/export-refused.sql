-- Events of a child that could not be stored.
SELECT r.first_refused_at || ' ' || r.session_id || ' ' || r.seq || ' ' || r.reason AS key, 0 AS seq, to_jsonb(r) AS document
FROM refused_events r
WHERE r.child_id = :child
  AND r.first_refused_at || ' ' || r.session_id || ' ' || r.seq || ' ' || r.reason > :after
ORDER BY key
LIMIT 500
