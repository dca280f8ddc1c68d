-- The same of activities.
WITH moved AS (
  UPDATE activities a SET day = p.day
  FROM unnest(:ids::bigint[], :days::date[]) AS p (id, day)
  WHERE a.id = p.id AND a.child_id = :child AND a.day <> p.day
)
UPDATE moved_children SET last_completed_at = :last_at::timestamptz, last_activity_id = :last_id::bigint
WHERE child_id = :child
