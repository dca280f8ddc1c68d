-- Days are those of UTC.
SELECT id, at, actor, actor_role, action, child, detail
FROM read_audit(
  :viewer, :request, :actor, :child, :action,
  coalesce(:from::timestamptz, '-infinity'), coalesce(:to::date + 1, 'infinity')::timestamptz,
  :before::timestamptz, :before_id, :most)
