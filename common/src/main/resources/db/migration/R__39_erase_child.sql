-- Erases what is kept of a child or an account, as the catalogue personal_data says, and returns how many
-- rows that were of each table. Whoever calls it holds off those who write about the child.

-- Events have no index on the child: to be thorough is to read all of them. Without that, those go whose
-- session is known, which are all unless a writer has failed in a way that nobody has thought of.
CREATE OR REPLACE FUNCTION erase_child(erased bigint, thorough boolean) RETURNS jsonb
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  sessions  uuid[] := ARRAY(
    SELECT id FROM game_sessions WHERE child_id = erased
    UNION SELECT session_id FROM activities WHERE child_id = erased
    UNION SELECT session_id FROM late_sessions WHERE child_id = erased);
  nobody    bigint := -nextval('nobody');
  listed    record;
  gone      bigint;
  rows      jsonb := '{}';
BEGIN
  FOR listed IN
    SELECT p.name, p.child, p.on_erasure, a.attndims > 0 AS is_list
    FROM personal_data p
    JOIN pg_attribute a ON a.attrelid = format('public.%I', p.name)::regclass AND a.attname = p.child
    WHERE p.place = 'table' AND p.on_erasure IN ('delete', 'anonymise')
    ORDER BY p.erase_order, p.name
  LOOP
    IF listed.is_list THEN
      EXECUTE format('DELETE FROM %I WHERE %I = ARRAY[$1]', listed.name, listed.child) USING erased;
      GET DIAGNOSTICS gone = ROW_COUNT;
      EXECUTE format('UPDATE %1$I SET %2$I = array_remove(%2$I, $1) WHERE $1 = ANY (%2$I)', listed.name, listed.child)
      USING erased;
    ELSIF listed.on_erasure = 'anonymise' THEN
      EXECUTE format('UPDATE %1$I SET %2$I = $2 WHERE %2$I = $1', listed.name, listed.child) USING erased, nobody;
      GET DIAGNOSTICS gone = ROW_COUNT;
    ELSIF listed.name = 'session_events' AND NOT thorough THEN
      DELETE FROM session_events e WHERE e.session_id = ANY (sessions) AND e.child_id = erased;
      GET DIAGNOSTICS gone = ROW_COUNT;
    ELSE
      EXECUTE format('DELETE FROM %I WHERE %I = $1', listed.name, listed.child) USING erased;
      GET DIAGNOSTICS gone = ROW_COUNT;
    END IF;
    IF gone > 0 THEN
      rows := rows || jsonb_build_object(listed.name, gone);
    END IF;
  END LOOP;
  RETURN rows;
END $$;

-- Of the account itself its number stays, to which others refer.
CREATE OR REPLACE FUNCTION erase_account(erased bigint) RETURNS jsonb
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  listed  record;
  former  bigint;
  gone    bigint;
  rows    jsonb := '{}';
BEGIN
  DELETE FROM guardian_invitations i USING auth_users u WHERE u.id = erased AND i.email = u.email;
  -- Its children are those of the guardian who has been there longest, of those whose accounts are in use if there
  -- are any. That it could see them stays on record.
  FOR former IN
    WITH moved AS (
      UPDATE children c SET parent_id = h.user_id
      FROM (SELECT DISTINCT ON (g.child_id) g.child_id, g.user_id
            FROM guardians g
            JOIN children o ON o.id = g.child_id AND o.parent_id = erased
            JOIN auth_users u ON u.id = g.user_id
            WHERE g.user_id <> erased
            ORDER BY g.child_id, (u.is_active AND u.status = 'active') DESC, g.since, g.user_id) h
      WHERE c.id = h.child_id
      RETURNING c.id
    )
    SELECT m.id FROM moved m UNION SELECT g.child_id FROM guardians g WHERE g.user_id = erased
    ORDER BY 1
  LOOP
    PERFORM forget_guardian(former, erased, erased, now());
  END LOOP;
  DELETE FROM guardians g USING children c WHERE c.id = g.child_id AND c.parent_id = g.user_id;
  UPDATE patient_assignments a SET status = 'inactive', ended_at = now()
  WHERE a.professional_id = erased AND a.status = 'active';
  FOR listed IN
    SELECT p.name, p.account
    FROM personal_data p
    WHERE p.place = 'table' AND p.account IS NOT NULL AND p.on_erasure = 'delete'
    ORDER BY p.erase_order, p.name
  LOOP
    EXECUTE format('DELETE FROM %I WHERE %I = $1', listed.name, listed.account) USING erased;
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone > 0 THEN
      rows := rows || jsonb_build_object(listed.name, gone);
    END IF;
  END LOOP;
  UPDATE auth_users SET
    email = 'closed-' || erased || '@invalid.invalid', hashed_password = '{noop}', first_name = '-', last_name = '-',
    phone = NULL, status = 'deleted', is_active = false, is_verified = false, email_verified_at = NULL,
    last_login_at = NULL, failed_login_attempts = 0, locked_until = NULL,
    license_number = CASE WHEN role = 'professional' THEN '-' END, specialization = NULL, clinic_name = NULL,
    clinic_address = NULL, timezone = 'UTC', language = 'en', avatar_url = NULL, bio = NULL,
    updated_at = now(), version = version + 1
  WHERE id = erased AND email <> 'closed-' || erased || '@invalid.invalid';
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN rows || CASE WHEN gone > 0 THEN jsonb_build_object('auth_users', gone) ELSE '{}'::jsonb END;
END $$;

-- Enters an erasure that this database does not know though it was carried out: it is a copy of an earlier
-- state. Not if its child or account is not there, or is another one with the same number. Returns whether
-- it is entered now.
CREATE OR REPLACE FUNCTION enter_erasure(
    erasure uuid, erased_child bigint, erased_account bigint, registered timestamptz, asked timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM children c WHERE c.id = erased_child AND c.created_at = registered
    UNION ALL
    SELECT FROM auth_users u WHERE u.id = erased_account AND u.created_at = registered AND u.status <> 'deleted')
  THEN
    RETURN false;
  END IF;
  -- Who could read how far it was can do so again.
  INSERT INTO erasures (id, child, account, asked_by, asked_as, guardians, asked_at, announced_at)
  VALUES (erasure, erased_child, erased_account, erased_account, 'replay',
          coalesce((SELECT array_agg(DISTINCT g.user_id ORDER BY g.user_id) FROM v_guardian g
                    WHERE g.child_id = erased_child), '{}'),
          asked, now())
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE children SET is_active = false, play_consent = false WHERE id = erased_child;
  UPDATE auth_users SET status = 'deleted', is_active = false WHERE id = erased_account;
  INSERT INTO revocations (subject, until)
  VALUES (CASE WHEN erased_child IS NULL THEN 'user:' || erased_account ELSE 'child:' || erased_child END,
          now() + interval '31 days')
  ON CONFLICT (subject) DO UPDATE SET revoked = true, changed_at = excluded.changed_at, until = excluded.until;
  INSERT INTO audit_log (actor_role, action, child, detail)
  VALUES ('system', 'erasure_asked', erased_child, 'replay ' || erasure);
  RETURN true;
END $$;
