-- The first of the children that the viewer may see, and how many there are.
WITH seen AS MATERIALIZED (SELECT DISTINCT child_id FROM v_child_access WHERE user_id = :viewer)
SELECT
  c.id, c.name, c.age, c.points, c.level, c.support_level, c.timezone,
  (SELECT max(g.day) FROM game_sessions g WHERE g.child_id = c.id) AS last_session_day,
  (SELECT count(*) FROM seen) AS total_children
FROM (SELECT child_id FROM seen ORDER BY child_id LIMIT :most) s
JOIN children c ON c.id = s.child_id
ORDER BY c.id
