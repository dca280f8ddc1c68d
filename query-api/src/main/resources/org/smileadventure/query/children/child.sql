-- A child, with what it did in the seven days that end today where it lives. No row if there is none
-- that the viewer may see.
SELECT
  to_jsonb(c) || jsonb_build_object('last_session_day',
    (SELECT max(g.day) FROM game_sessions g WHERE g.child_id = c.id)) AS child,
  c.version,
  (SELECT count(*) FROM game_sessions g WHERE g.child_id = c.id AND g.day BETWEEN a.today - 6 AND a.today) AS sessions,
  week.activities,
  week.points
FROM (
  SELECT child_id, :today::date AS today
  FROM v_child_access
  WHERE child_id = :child AND user_id = :viewer
  LIMIT 1
) a
JOIN children c ON c.id = a.child_id
CROSS JOIN LATERAL (
  SELECT count(*) AS activities, coalesce(sum(points_earned), 0) AS points
  FROM activities
  WHERE child_id = c.id AND day BETWEEN a.today - 6 AND a.today
) week
