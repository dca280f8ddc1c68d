-- Changes the sessions of some days of play, drawn by chance, and marks the days as ingest does.
WITH chosen AS MATERIALIZED (
  SELECT child_id, day
  FROM child_daily_summary
  WHERE day BETWEEN :first::date AND :last::date
  ORDER BY random()
  LIMIT :days
), changed AS (
  UPDATE game_sessions g
  SET score = g.score + 1, engagement_score = 100 - g.engagement_score
  FROM chosen c
  WHERE g.child_id = c.child_id AND g.day = c.day
)
INSERT INTO dirty_child_days (child_id, day)
SELECT child_id, day FROM chosen ORDER BY child_id, day
ON CONFLICT (child_id, day) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at
