-- Asks for a child to be erased: from then on nobody sees it, and its events are refused. An admin gives a
-- reason; a guardian repeats the child's name. Asked again, it is the same erasure. Returns what came of it:
-- not_found, wrong_name, or asked with the erasure.
CREATE OR REPLACE FUNCTION ask_erasure(
    viewer bigint, as_admin boolean, child bigint, child_name text, why text, new_id uuid,
    OUT outcome text, OUT erasure uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  office   boolean;
  guarding bigint[];
  called   text;
BEGIN
  office := as_admin AND EXISTS (
    SELECT FROM auth_users u WHERE u.id = viewer AND u.role = 'admin' AND u.is_active AND u.status = 'active');
  -- With the row of its own, so that of two who ask at once one comes second.
  SELECT c.name INTO called FROM children c WHERE c.id = ask_erasure.child FOR UPDATE;
  SELECT e.id INTO erasure FROM erasures e
  WHERE e.child = ask_erasure.child
    AND (office OR NOT as_admin AND (e.asked_by = viewer OR viewer = ANY (e.guardians)));
  IF FOUND THEN
    outcome := 'asked';
    RETURN;
  END IF;
  IF called IS NULL
    OR as_admin AND NOT office
    OR NOT as_admin AND NOT decides(viewer, ask_erasure.child)
    OR EXISTS (SELECT FROM erasures e WHERE e.child = ask_erasure.child) THEN
    outcome := 'not_found';
    RETURN;
  ELSIF NOT as_admin AND called IS DISTINCT FROM child_name THEN
    outcome := 'wrong_name';
    RETURN;
  END IF;
  SELECT array_agg(DISTINCT g.user_id ORDER BY g.user_id) INTO guarding FROM v_guardian g WHERE g.child_id = ask_erasure.child;
  PERFORM set_config('smile.viewer', viewer::text, true);
  INSERT INTO erasures (id, child, asked_by, asked_as, reason, guardians)
  VALUES (new_id, ask_erasure.child, viewer, CASE WHEN as_admin THEN 'admin' ELSE 'parent' END, why, guarding);
  UPDATE children c SET is_active = false, play_consent = false, version = c.version + 1, updated_at = now()
  WHERE c.id = ask_erasure.child;
  -- As long as the token of a device may live.
  INSERT INTO revocations (subject, until) VALUES ('child:' || ask_erasure.child, now() + interval '31 days')
  ON CONFLICT (subject) DO UPDATE SET revoked = true, changed_at = excluded.changed_at, until = excluded.until;
  INSERT INTO audit_log (actor, actor_role, action, child, detail)
  VALUES (viewer, CASE WHEN as_admin THEN 'admin' ELSE 'parent' END, 'erasure_asked', ask_erasure.child, new_id::text);
  outcome := 'asked';
  erasure := new_id;
END $$;

-- What remains somewhere when an erasure is done, why, and until when at the latest; null: as long as why says.
-- The services' own settings count, from the last time that something of the child was refused, or looked at. What
-- the nightly run deletes goes within a day after its period.
CREATE OR REPLACE FUNCTION erasure_remains(e erasures) RETURNS TABLE (place text, name text, why text, until timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  WITH last AS (
    SELECT greatest(e.swept_at, e.last_refused_at) AS refused,
           greatest(e.swept_at, (SELECT max(l.at) FROM audit_log l WHERE l.child = e.child OR l.actor = e.account)) AS audited
  )
  SELECT p.place, p.name, p.why,
         CASE p.name
           WHEN 'game-session-events' THEN last.refused + r.period
           WHEN 'game-session-events-quarantine' THEN
             e.swept_at + (SELECT d.period FROM retention_policy d WHERE d.class = 'quarantine_deleted')
           WHEN 'audit_log' THEN last.audited + r.period + interval '1 day'
           WHEN 'revocations' THEN
             coalesce((SELECT v.until FROM revocations v
                       WHERE v.subject = CASE WHEN e.child IS NULL THEN 'user:' || e.account ELSE 'child:' || e.child END),
                      e.asked_at + interval '31 days') + r.period + interval '1 day'
           ELSE e.swept_at + r.period + interval '1 day'
         END
  FROM personal_data p
  CROSS JOIN last
  LEFT JOIN retention_policy r ON r.class = p.retention
  WHERE p.on_erasure IN ('keep', 'expire', 'anonymise')
    AND CASE WHEN e.child IS NULL THEN p.account IS NOT NULL OR p.name IN ('revocations', 'smile-erasures')
             ELSE p.child IS NOT NULL OR p.account IS NULL END
  UNION ALL
  SELECT 'topic', 'game-session-events-quarantine, of no child that is told',
         'Records that do not say whose they are, if there are such: nobody can find them.', last.refused + r.period
  FROM last
  CROSS JOIN retention_policy r
  WHERE r.class = 'quarantine' AND e.child IS NOT NULL
  UNION ALL
  SELECT 'outside', 'record store',
         'What was sent there of the child, with the consent of a guardian: only who runs it can delete it.', NULL
  WHERE EXISTS (SELECT FROM audit_log l WHERE l.child = e.child AND l.action = 'statements_sent');
$$;

-- How far an erasure is, for who asked, for those who were guardians then, and for admins; and when it is
-- done, what remains where.
CREATE OR REPLACE FUNCTION erasure_state(viewer bigint, as_admin boolean, erasure uuid) RETURNS jsonb
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT jsonb_strip_nulls(to_jsonb(e) - 'erased_until' - 'guardians' - 'last_refused_at')
    || jsonb_build_object('remains', CASE WHEN e.swept_at IS NOT NULL THEN (
      SELECT jsonb_agg(to_jsonb(r) ORDER BY r.place, r.name) FROM erasure_remains(e) r) END)
  FROM erasures e
  WHERE e.id = erasure
    AND (e.asked_by = viewer OR viewer = ANY (e.guardians)
      OR as_admin AND EXISTS (
        SELECT FROM auth_users u WHERE u.id = viewer AND u.role = 'admin' AND u.is_active AND u.status = 'active'));
$$;
