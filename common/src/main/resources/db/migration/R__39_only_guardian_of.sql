-- The children whom nobody would decide about if this account were closed. The accounts of the guardians
-- beside it are locked first: of two who close theirs at the same moment the second sees what the first did.
CREATE OR REPLACE FUNCTION only_guardian_of(guardian bigint) RETURNS TABLE (child_id bigint, name text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  PERFORM FROM auth_users u
  WHERE u.id = guardian
    OR u.id IN (SELECT beside.user_id
                FROM v_guardian own
                JOIN v_guardian beside ON beside.child_id = own.child_id
                WHERE own.user_id = guardian)
  ORDER BY u.id
  FOR NO KEY UPDATE;
  RETURN QUERY
  SELECT DISTINCT c.id, c.name::text
  FROM v_guardian own
  JOIN children c ON c.id = own.child_id AND c.is_active
  WHERE own.user_id = guardian
    AND NOT EXISTS (SELECT FROM v_guardian beside
                    JOIN auth_users u ON u.id = beside.user_id AND u.is_active AND u.status = 'active'
                    WHERE beside.child_id = c.id AND u.id <> guardian)
  ORDER BY c.id;
END $$;
