-- The events that were stored from a moment on, a row each, in the order in which they came. The
-- moment is put in by the program, as COPY takes no parameters.
COPY (
  SELECT session_id, seq, child_id, type, occurred_at, received_at, payload
  FROM v_session_event
  WHERE received_at >= '%s'
  ORDER BY received_at, occurred_at
) TO STDOUT (FORMAT binary)
