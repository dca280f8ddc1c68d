-- A page of a child's sessions, newest first, after the last one of the page before. No row if the
-- viewer may not see the child; one row without a session if there are none (left).
WITH child AS (
  SELECT child_id, may_read_notes AS notes
  FROM v_child_access
  WHERE child_id = :child AND user_id = :viewer
  ORDER BY may_read_notes DESC
  LIMIT 1
)
SELECT CASE WHEN c.notes THEN s.session ELSE s.session - 'parent_notes' - 'parent_observed_behavior' END AS session
FROM child c
LEFT JOIN LATERAL (
  SELECT g.started_at, g.id, to_jsonb(g) AS session
  FROM game_sessions g
  WHERE g.child_id = c.child_id
    AND (g.started_at, g.id) < (:before_start::timestamptz, :before_id::uuid)
    AND (:type::text IS NULL OR g.session_type = :type::text)
    AND (:name::text IS NULL OR g.scenario_name ILIKE :name::text)
    AND (:first_day::date IS NULL OR g.day >= :first_day::date)
    AND (:last_day::date IS NULL OR g.day <= :last_day::date)
    AND (:status::text IS NULL OR g.completion_status = :status::text)
    AND (:min_duration::int IS NULL OR g.duration_seconds >= :min_duration::int)
    AND (:max_duration::int IS NULL OR g.duration_seconds <= :max_duration::int)
    AND (:min_score::int IS NULL OR g.score >= :min_score::int)
    AND (:rating::int IS NULL OR g.parent_rating = :rating::int)
  ORDER BY g.started_at DESC, g.id DESC
  LIMIT :most
) s ON true
ORDER BY s.started_at DESC, s.id DESC
