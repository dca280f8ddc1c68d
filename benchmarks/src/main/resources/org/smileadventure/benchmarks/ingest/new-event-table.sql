-- Makes tables that hold a row for each event, in the months that session_events has partitions for.
CREATE OR REPLACE FUNCTION new_event_table(name text) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  part record;
BEGIN
  EXECUTE format($table$
    CREATE TABLE %I (
      session_id   uuid NOT NULL,
      seq          int NOT NULL CHECK (seq >= 1),
      child_id     bigint NOT NULL,
      type         text NOT NULL CHECK (type IN (
        'session.started', 'interaction.recorded', 'help.requested', 'emotion.observed',
        'regulation.used', 'session.paused', 'session.resumed', 'level.completed',
        'achievement.unlocked', 'progress.marked', 'session.ended', 'parent.rated',
        'activity.recorded')),
      occurred_at  timestamptz NOT NULL,
      received_at  timestamptz NOT NULL DEFAULT now(),
      payload      jsonb NOT NULL,
      PRIMARY KEY (session_id, seq)
    ) PARTITION BY RANGE (session_id) $table$, name);
  FOR part IN
    SELECT replace(c.relname, 'session_events', name) AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds
    FROM pg_inherits i
    JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'session_events'::regclass
  LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF %I %s', part.name, name, part.bounds);
  END LOOP;
END $$
