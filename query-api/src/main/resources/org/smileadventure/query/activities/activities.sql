-- A page of a child's activities, newest first, after the last one of the page before. No row if the
-- viewer may not see the child; one row without an activity if there are none (left).
WITH child AS (
  SELECT child_id
  FROM v_child_access
  WHERE child_id = :child AND user_id = :viewer
  LIMIT 1
)
SELECT a.activity
FROM child c
LEFT JOIN LATERAL (
  SELECT completed_at, id, to_jsonb(a) AS activity
  FROM activities a
  WHERE a.child_id = c.child_id
    AND (a.completed_at, a.id) < (:before::timestamptz, :before_id)
    AND (:type::text IS NULL OR a.activity_type = :type::text)
    AND (:verified::boolean IS NULL OR (a.verified_by_parent OR a.verified_by_professional) = :verified::boolean)
    AND (:first_day::date IS NULL OR a.day >= :first_day::date)
    AND (:last_day::date IS NULL OR a.day <= :last_day::date)
  ORDER BY a.completed_at DESC, a.id DESC
  LIMIT :most
) a ON true
ORDER BY a.completed_at DESC, a.id DESC
