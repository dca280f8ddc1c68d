-- A child's day, and the hour of it, are those where the child lives: with another time zone some days
-- change and all hours do. The trigger only notes it.
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

-- Moves up to so many days of the child that has been waiting the longest, and marks their months.
-- Returns how many it looked at, and 1 more if the child is done; 0: nobody waits, or somebody is just
-- writing for all who do. To be called again and again, in a transaction each.
-- The child is locked first, as the trigger's caller has it.
CREATE OR REPLACE FUNCTION move_some_days(most int) RETURNS int
  LANGUAGE plpgsql
AS $$
DECLARE
  child   bigint;
  zone    text;
  moved   moved_children;
  looked  int;
BEGIN
  SELECT c.id, c.timezone INTO child, zone
  FROM moved_children m
  JOIN children c ON c.id = m.child_id
  ORDER BY m.moved_at, m.child_id
  LIMIT 1
  FOR NO KEY UPDATE OF c SKIP LOCKED;
  IF child IS NULL THEN
    RETURN 0;
  END IF;
  SELECT * INTO moved FROM moved_children m WHERE m.child_id = child;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;

  WITH part AS MATERIALIZED (
    SELECT g.id, g.started_at, g.day AS day_before, (g.started_at AT TIME ZONE zone)::date AS day
    FROM game_sessions g
    WHERE g.child_id = child AND (g.started_at, g.id) > (moved.last_started_at, moved.last_session_id)
    ORDER BY g.started_at, g.id
    LIMIT most
  ), written AS (
    UPDATE game_sessions g SET day = p.day
    FROM part p
    WHERE g.id = p.id AND g.child_id = child AND p.day <> p.day_before
  ), marked AS MATERIALIZED (
    SELECT mark_months(array_agg(child), array_agg(day))
    FROM (SELECT day_before AS day FROM part UNION SELECT day FROM part) days
    HAVING count(*) > 0
  ), progress AS (
    UPDATE moved_children m SET last_started_at = l.started_at, last_session_id = l.id
    FROM (SELECT started_at, id FROM part ORDER BY started_at DESC, id DESC LIMIT 1) l
    WHERE m.child_id = child
  )
  SELECT (SELECT count(*) FROM part) INTO looked FROM (SELECT count(*) FROM marked) m;
  IF looked > 0 THEN
    RETURN looked;
  END IF;

  WITH part AS MATERIALIZED (
    SELECT a.id, a.completed_at, a.day AS day_before, (a.completed_at AT TIME ZONE zone)::date AS day
    FROM activities a
    WHERE a.child_id = child AND (a.completed_at, a.id) > (moved.last_completed_at, moved.last_activity_id)
    ORDER BY a.completed_at, a.id
    LIMIT most
  ), written AS (
    UPDATE activities a SET day = p.day
    FROM part p
    WHERE a.id = p.id AND a.child_id = child AND p.day <> p.day_before
  ), marked AS MATERIALIZED (
    SELECT mark_months(array_agg(child), array_agg(day))
    FROM (SELECT day_before AS day FROM part UNION SELECT day FROM part) days
    HAVING count(*) > 0
  ), progress AS (
    UPDATE moved_children m SET last_completed_at = l.completed_at, last_activity_id = l.id
    FROM (SELECT completed_at, id FROM part ORDER BY completed_at DESC, id DESC LIMIT 1) l
    WHERE m.child_id = child
  )
  SELECT (SELECT count(*) FROM part) INTO looked FROM (SELECT count(*) FROM marked) m;
  IF looked > 0 THEN
    RETURN looked;
  END IF;

  DELETE FROM moved_children m WHERE m.child_id = child;
  PERFORM invalidate_children(ARRAY[child]);
  RETURN 1;
END $$;
