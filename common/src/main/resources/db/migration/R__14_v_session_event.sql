-- One row an event, of those that are not packed yet; for psql, tests and measurements. It fails on a packed
-- row: those are read by EventChunk, in Java.
CREATE OR REPLACE VIEW v_session_event WITH (security_invoker = true) AS
SELECT s.session_id,
       s.child_id,
       (e.event -> 0)::int                                                  AS seq,
       e.event ->> 1                                                        AS type,
       timestamptz 'epoch' + (e.event -> 2)::bigint * interval '1 microsecond' AS occurred_at,
       s.received_at,
       e.event -> 3                                                         AS payload
FROM session_events s
CROSS JOIN LATERAL jsonb_array_elements(
  CASE WHEN s.packed THEN 'a packed row is no JSON' ELSE convert_from(s.events, 'UTF8') END::jsonb) AS e (event);
