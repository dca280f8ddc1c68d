-- Which of these events are stored already.
SELECT e.session_id, e.seq
FROM unnest(:session_ids::uuid[], :seqs::int[]) AS p (session_id, seq)
JOIN session_events e ON e.session_id = p.session_id AND e.seq = p.seq
