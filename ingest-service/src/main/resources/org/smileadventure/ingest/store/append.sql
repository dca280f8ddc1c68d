-- Stores what is not stored yet, and tells what was: a redelivered event changes nothing, and of
-- two within the batch the first one counts, as it would in two batches.
WITH stored AS (
  INSERT INTO session_events (session_id, seq, child_id, type, occurred_at, payload)
  SELECT DISTINCT ON (e.session_id, e.seq)
    e.session_id, e.seq, e.child_id, e.type, e.occurred_at, e.payload
  FROM unnest(:session_ids::uuid[], :seqs::int[], :child_ids::bigint[], :types::text[],
              :occurred_ats::timestamptz[], :payloads::jsonb[]) WITH ORDINALITY
       AS e (session_id, seq, child_id, type, occurred_at, payload, place)
  ORDER BY e.session_id, e.seq, e.place
  ON CONFLICT (session_id, seq) DO NOTHING
  RETURNING session_id, type
)
SELECT
  session_id,
  count(*)                                                  AS stored,
  bool_or(type IN ('session.started', 'session.ended'))     AS starts_or_ends,
  bool_or(type = 'activity.recorded')                       AS has_activity
FROM stored
GROUP BY session_id
