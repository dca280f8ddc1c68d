-- One row an event.
CREATE OR REPLACE VIEW v_session_event WITH (security_invoker = true) AS
SELECT s.session_id,
       s.child_id,
       (e.event -> 0)::int                                                  AS seq,
       e.event ->> 1                                                        AS type,
       timestamptz 'epoch' + (e.event -> 2)::bigint * interval '1 microsecond' AS occurred_at,
       s.received_at,
       e.event -> 3                                                         AS payload
FROM session_events s
CROSS JOIN LATERAL jsonb_array_elements(convert_from(s.events, 'UTF8')::jsonb) AS e (event);
