-- A child's day, and the hour of it, are those where the child lives. With another time zone some days
-- change and all hours do, so all months are marked.
CREATE OR REPLACE FUNCTION move_days_with_time_zone() RETURNS trigger
  LANGUAGE plpgsql
AS $$
DECLARE
  days date[];
BEGIN
  WITH played AS (
    UPDATE game_sessions
    SET day = (started_at AT TIME ZONE new.timezone)::date
    WHERE child_id = new.id AND day <> (started_at AT TIME ZONE new.timezone)::date
    RETURNING day
  ), done AS (
    UPDATE activities
    SET day = (completed_at AT TIME ZONE new.timezone)::date
    WHERE child_id = new.id AND day <> (completed_at AT TIME ZONE new.timezone)::date
    RETURNING day
  ), touched AS (
    -- In this statement the tables still have the days before.
    SELECT day FROM game_sessions WHERE child_id = new.id
    UNION
    SELECT day FROM activities WHERE child_id = new.id
    UNION
    TABLE played
    UNION
    TABLE done
  )
  SELECT array_agg(day) INTO days FROM touched;
  PERFORM mark_months(array_fill(new.id, ARRAY[coalesce(cardinality(days), 0)]), days);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER children_time_zone
  AFTER UPDATE OF timezone ON children
  FOR EACH ROW WHEN (old.timezone IS DISTINCT FROM new.timezone)
  EXECUTE FUNCTION move_days_with_time_zone();
