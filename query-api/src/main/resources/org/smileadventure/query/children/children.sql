-- A page of the children that the viewer may see, after the last one of the page before.
SELECT to_jsonb(c) || jsonb_build_object('last_session_day',
         (SELECT max(g.day) FROM game_sessions g WHERE g.child_id = c.id)) AS child
FROM (
  SELECT DISTINCT child_id
  FROM v_child_access
  WHERE user_id = :viewer AND child_id > :after
  ORDER BY child_id
  LIMIT :most
) a
JOIN children c ON c.id = a.child_id
ORDER BY c.id
