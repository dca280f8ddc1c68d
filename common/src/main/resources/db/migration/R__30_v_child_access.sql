-- Who may see which child: its guardians, the professionals it is assigned to for as long as they are
-- and a guardian consents to it, and the admin whose look was recorded in this transaction; while their
-- accounts are in use. An assignment may leave out exports, and what guardians note. Every statement that
-- returns something about a child goes through this view, bound to who asks.
CREATE OR REPLACE VIEW v_child_access WITH (security_invoker = true) AS
SELECT c.id AS child_id, u.id AS user_id, c.timezone, true AS as_guardian, true AS may_export, true AS may_read_notes
FROM children c
JOIN auth_users u ON u.id = c.parent_id
WHERE c.is_active AND u.is_active AND u.status = 'active'
UNION ALL
SELECT c.id, u.id, c.timezone, true, true, true
FROM guardians g
JOIN children c ON c.id = g.child_id
JOIN auth_users u ON u.id = g.user_id
WHERE c.is_active AND u.is_active AND u.status = 'active'
UNION ALL
SELECT c.id, u.id, c.timezone, false,
       a.permissions -> 'export' IS DISTINCT FROM 'false', a.permissions -> 'notes' IS DISTINCT FROM 'false'
FROM patient_assignments a
JOIN children c ON c.id = a.child_id
JOIN auth_users u ON u.id = a.professional_id
WHERE a.status = 'active' AND a.consented AND (a.until IS NULL OR a.until > now()) AND u.role = 'professional'
  AND c.is_active AND c.restricted_at IS NULL AND u.is_active AND u.status = 'active'
UNION ALL
SELECT c.id, u.id, c.timezone, false, true, true
FROM children c
CROSS JOIN auth_users u
WHERE c.id = nullif(current_setting('smile.audited_child', true), '')::bigint AND c.is_active
  AND u.role = 'admin' AND u.is_active AND u.status = 'active';
