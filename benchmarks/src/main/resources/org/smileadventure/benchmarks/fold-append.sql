-- Stores what is not stored yet, and tells what was. An event of an unknown child is left out.
INSERT INTO session_events (session_id, seq, child_id, type, occurred_at, payload)
SELECT DISTINCT ON (e.session_id, e.seq)
  e.session_id, e.seq, e.child_id, e.type, e.occurred_at, e.payload
FROM unnest(:session_ids::uuid[], :seqs::int[], :child_ids::bigint[], :types::text[],
            :occurred_ats::timestamptz[], :payloads::jsonb[]) WITH ORDINALITY
     AS e (session_id, seq, child_id, type, occurred_at, payload, place)
JOIN children c ON c.id = e.child_id
ORDER BY e.session_id, e.seq, e.place
ON CONFLICT (session_id, seq) DO NOTHING
RETURNING session_id, seq
