-- An event that is refused again is counted. In the order of the key, so that two writers wait for each
-- other instead of blocking each other.
INSERT INTO refused_events AS r (child_id, session_id, seq, type, reason, detail, times)
SELECT f.child_id, f.session_id, f.seq, min(f.type), f.reason, left(min(f.detail), 500), count(*)
FROM unnest(:children::bigint[], :sessions::uuid[], :sequences::int[], :types::text[], :reasons::text[], :details::text[])
  AS f (child_id, session_id, seq, type, reason, detail)
JOIN children c ON c.id = f.child_id
GROUP BY f.child_id, f.session_id, f.seq, f.reason
ORDER BY f.child_id, f.session_id, f.seq, f.reason
ON CONFLICT (child_id, session_id, seq, reason) DO UPDATE SET
  times = r.times + excluded.times, last_refused_at = excluded.last_refused_at, detail = excluded.detail
