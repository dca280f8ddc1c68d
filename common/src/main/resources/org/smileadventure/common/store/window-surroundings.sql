-- What is around windows: the sessions of the window of the same length before (there is none before
-- all days), the last day with a session, and the first day after the window with anything.
SELECT
  before.sessions, before.first_day,
  (SELECT max(g.day) FROM game_sessions g WHERE g.child_id = r.child_id AND g.day <= r.last) AS last_play,
  least((SELECT min(g.day) FROM game_sessions g WHERE g.child_id = r.child_id AND g.day > r.last),
        (SELECT min(a.day) FROM activities a WHERE a.child_id = r.child_id AND a.day > r.last)) AS next_day
FROM unnest(:children::bigint[], :firsts::date[], :lasts::date[]) WITH ORDINALITY AS r (child_id, first, last, place)
CROSS JOIN LATERAL (SELECT nullif(r.first, '-infinity') AS first) f
LEFT JOIN LATERAL (
  SELECT count(*) AS sessions, min(g.day) AS first_day
  FROM game_sessions g
  WHERE g.child_id = r.child_id AND g.day BETWEEN f.first - (r.last - f.first + 1) AND f.first - 1
) before ON f.first IS NOT NULL
ORDER BY r.place
