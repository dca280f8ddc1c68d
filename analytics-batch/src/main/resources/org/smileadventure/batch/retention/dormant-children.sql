-- The next children, or those of these ids, who have not played for so long, by their devices' clocks and
-- by the server's, and of whom something is left. Nothing is deleted of a restricted child.
SELECT c.id
FROM children c
WHERE c.id > :after
  AND (:among::bigint[] IS NULL OR c.id = ANY (:among::bigint[]))
  AND c.restricted_at IS NULL
  AND NOT EXISTS (SELECT FROM game_sessions g WHERE g.child_id = c.id AND g.started_at >= :now::timestamptz - :kept::interval)
  AND NOT EXISTS (SELECT FROM activities a WHERE a.child_id = c.id AND a.completed_at >= :now::timestamptz - :kept::interval)
  AND NOT EXISTS (SELECT FROM game_sessions g WHERE g.child_id = c.id AND g.created_at >= :now::timestamptz - :kept::interval)
  AND NOT EXISTS (SELECT FROM activities a WHERE a.child_id = c.id AND a.created_at >= :now::timestamptz - :kept::interval)
  AND CASE WHEN :notes THEN
    EXISTS (SELECT FROM session_ratings r WHERE r.child_id = c.id)
    OR EXISTS (
      SELECT FROM game_sessions g
      WHERE g.child_id = c.id
        AND (g.parent_rating IS NOT NULL OR g.parent_notes IS NOT NULL OR g.parent_observed_behavior IS NOT NULL))
  ELSE
    EXISTS (SELECT FROM game_sessions g WHERE g.child_id = c.id)
    OR EXISTS (SELECT FROM activities a WHERE a.child_id = c.id)
    OR EXISTS (SELECT FROM child_month_summary s WHERE s.child_id = c.id)
  END
ORDER BY c.id
LIMIT :most
