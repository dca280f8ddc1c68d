-- Who may decide about a child: its parent, and the guardians beside it.
CREATE OR REPLACE VIEW v_guardian WITH (security_invoker = true) AS
SELECT id AS child_id, parent_id AS user_id FROM children
UNION ALL
SELECT child_id, user_id FROM guardians;
