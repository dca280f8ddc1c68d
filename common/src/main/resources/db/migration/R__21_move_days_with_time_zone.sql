-- A child's day, and the hour of it, are those where the child lives: with another time zone some days
-- change and all hours do. The trigger only notes it: MovedDays does it, a part at a time.
CREATE OR REPLACE FUNCTION move_days_with_time_zone() RETURNS trigger
  LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO moved_children (child_id) VALUES (new.id)
  ON CONFLICT (child_id) DO UPDATE SET
    moved_at = excluded.moved_at,
    last_started_at = excluded.last_started_at, last_session_id = excluded.last_session_id,
    last_completed_at = excluded.last_completed_at, last_activity_id = excluded.last_activity_id;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER children_time_zone
  AFTER UPDATE OF timezone ON children
  FOR EACH ROW WHEN (old.timezone IS DISTINCT FROM new.timezone)
  EXECUTE FUNCTION move_days_with_time_zone();
