-- The row of a session, whether the summary of its month is behind, and whether cached answers have to go.
SELECT g.child_id, g.completion_status, g.started_at, g.ended_at, g.updated_at, g.lost_events,
       date_trunc('month', g.day)::date AS month,
       EXISTS (
         SELECT FROM dirty_child_months d
         WHERE d.child_id = g.child_id AND d.month = date_trunc('month', g.day)::date) AS month_dirty,
       EXISTS (SELECT FROM pending_invalidation p WHERE p.child_id = g.child_id) AS invalidation_pending
FROM game_sessions g
WHERE g.id = :session AND (:child::bigint IS NULL OR g.child_id = :child::bigint)
ORDER BY g.child_id
LIMIT 1
