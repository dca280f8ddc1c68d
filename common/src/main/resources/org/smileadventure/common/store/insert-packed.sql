INSERT INTO session_events (session_id, child_id, first_seq, last_seq, received_at, packed, events)
SELECT session_id, child_id, first_seq, last_seq, received_at, true, events
FROM unnest(:sessions::uuid[], :children::bigint[], :firsts::int[], :lasts::int[], :received::timestamptz[],
            :events::bytea[]) AS r (session_id, child_id, first_seq, last_seq, received_at, events)
