-- Who could have seen what of children in a time, and who did: for an admin who has to find out after an
-- incident. Of these children, or of those that one account could see or looked at; a row a child, by number.
CREATE OR REPLACE FUNCTION exposure(
    viewer bigint, since timestamptz, until timestamptz, children bigint[], account bigint, after bigint, most int)
  RETURNS TABLE (child bigint, found jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  WITH asked AS (
    SELECT unnest(exposure.children) AS child
    UNION
    SELECT g.child_id FROM v_guardian g WHERE g.user_id = account
    UNION
    SELECT a.child_id FROM patient_assignments a
    WHERE a.professional_id = account AND a.assigned_date < exposure.until
      AND least(coalesce(a.ended_at, 'infinity'), coalesce(a.until, 'infinity')) > since
    UNION
    SELECT l.child FROM audit_log l
    WHERE l.actor = account AND l.child IS NOT NULL AND l.at >= since AND l.at < exposure.until
    UNION
    SELECT l.child FROM audit_log l
    WHERE l.action = 'guardian_removed' AND l.detail = account::text AND l.child IS NOT NULL AND l.at >= since
  ), page AS (
    SELECT a.child FROM asked a
    WHERE a.child > after
      AND EXISTS (SELECT FROM auth_users u WHERE u.id = viewer AND u.role = 'admin' AND u.is_active AND u.status = 'active')
    ORDER BY a.child
    LIMIT most
  )
  SELECT p.child, jsonb_build_object(
    'child_id', p.child,
    'guardians', coalesce((
      SELECT jsonb_agg(jsonb_build_object('user_id', g.user_id, 'since', g.since, 'until', g.until) ORDER BY g.user_id, g.since)
      FROM (
        SELECT c.parent_id AS user_id,
               coalesce((SELECT min(l.at) FROM audit_log l
                         WHERE l.child = c.id AND l.action = 'guardian_added' AND l.detail = c.parent_id::text),
                        c.created_at) AS since,
               NULL::timestamptz AS until
        FROM children c WHERE c.id = p.child
        UNION ALL
        SELECT g.user_id, g.since, NULL FROM guardians g WHERE g.child_id = p.child
        UNION ALL
        SELECT l.detail::bigint, NULL, l.at FROM audit_log l
        WHERE l.child = p.child AND l.action = 'guardian_removed' AND l.at >= exposure.since
      ) g
      WHERE g.since IS NULL OR g.since < exposure.until), '[]'),
    'assignments', coalesce((
      SELECT jsonb_agg(jsonb_build_object(
               'professional_id', a.professional_id, 'type', a.assignment_type,
               -- At any moment of that time: as the last word before it said, or one within it.
               'consented', coalesce((
                 SELECT c.granted FROM consents c
                 WHERE c.child_id = a.child_id AND c.purpose = 'professional_sharing'
                   AND c.recipient = a.professional_id AND c.given_at < exposure.since
                 ORDER BY c.id DESC LIMIT 1), false)
               OR EXISTS (
                 SELECT FROM consents c
                 WHERE c.child_id = a.child_id AND c.purpose = 'professional_sharing'
                   AND c.recipient = a.professional_id AND c.granted
                   AND c.given_at >= exposure.since AND c.given_at < exposure.until),
               'since', a.assigned_date, 'until', least(a.ended_at, a.until)) ORDER BY a.id)
      FROM patient_assignments a
      WHERE a.child_id = p.child AND a.assigned_date < exposure.until
        AND least(coalesce(a.ended_at, 'infinity'), coalesce(a.until, 'infinity')) > exposure.since), '[]'),
    -- By the record, as links go before it does. A link lives for 30 days at most.
    'shares', coalesce((
      SELECT jsonb_agg(jsonb_build_object(
               'share', s.share, 'made_by', s.made_by, 'made_at', s.made_at, 'ended', s.ended, 'looks', s.looks)
               ORDER BY s.made_at, s.share)
      FROM (
        SELECT m.detail AS share, m.actor AS made_by, m.at AS made_at,
               coalesce((SELECT least(k.revoked_at, k.ends_at) FROM share_links k
                         WHERE k.child_id = p.child AND k.id = m.detail::uuid),
                        (SELECT min(r.at) FROM audit_log r
                         WHERE r.child = p.child AND r.action = 'share_revoked' AND r.detail = m.detail)) AS ended,
               (SELECT count(*) FROM audit_log l
                WHERE l.child = p.child AND l.action = 'share_look' AND l.detail LIKE '% by ' || m.detail
                  AND l.at >= exposure.since AND l.at < exposure.until) AS looks
        FROM audit_log m
        WHERE m.child = p.child AND m.action = 'share_made' AND m.at < exposure.until
      ) s
      WHERE coalesce(s.ended, s.made_at + interval '720 hours') > exposure.since), '[]'),
    'looks', coalesce((
      SELECT jsonb_agg(jsonb_build_object(
               'user_id', l.actor, 'role', l.actor_role, 'request', l.request, 'times', l.times,
               'first', l.first, 'last', l.last) ORDER BY l.last DESC, l.actor, l.request)
      FROM (
        SELECT l.actor, l.actor_role, count(*) AS times, min(l.at) AS first, max(l.at) AS last,
               regexp_replace(l.detail, '/([0-9]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=/|$)', '/{id}', 'g') AS request
        FROM audit_log l
        WHERE l.child = p.child AND l.action IN ('look', 'export') AND l.at >= exposure.since AND l.at < exposure.until
        GROUP BY l.actor, l.actor_role, request
        ORDER BY max(l.at) DESC
        LIMIT 500
      ) l), '[]'))
  FROM page p
  ORDER BY p.child;
$$;
