-- The rows that were stored from a moment on, in the order in which they were; so the program reads
-- them without an index. The moment is put in by the program, as COPY takes no parameters.
COPY (
  SELECT session_id, seq, child_id, type, occurred_at, received_at, payload
  FROM session_events
  WHERE received_at >= '%s'
) TO STDOUT (FORMAT binary)
