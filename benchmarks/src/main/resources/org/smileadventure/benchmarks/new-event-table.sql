-- Makes tables of the shape of session_events: the same columns, checks, index and partitions.
CREATE OR REPLACE FUNCTION new_event_table(name text) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  part record;
BEGIN
  EXECUTE format('CREATE TABLE %I (LIKE session_events INCLUDING ALL) PARTITION BY RANGE (session_id)', name);
  FOR part IN
    SELECT replace(c.relname, 'session_events', name) AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds
    FROM pg_inherits i
    JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'session_events'::regclass
  LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF %I %s', part.name, name, part.bounds);
  END LOOP;
END $$
