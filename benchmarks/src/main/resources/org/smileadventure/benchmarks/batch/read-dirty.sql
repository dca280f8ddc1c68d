SELECT sum(g.score)
FROM dirty_child_months d
CROSS JOIN LATERAL (
  SELECT * FROM game_sessions s
  WHERE s.child_id = d.child_id AND s.day >= d.month AND s.day < d.month + interval '1 month' OFFSET 0) g
