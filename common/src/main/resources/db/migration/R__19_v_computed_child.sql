-- The children of whom the jobs may compute anything: a guardian consents to it, and nobody has restricted
-- it. What is due of the others stays marked until they are here again.
CREATE OR REPLACE VIEW v_computed_child AS
SELECT id AS child_id, timezone
FROM children
WHERE play_consent AND restricted_at IS NULL;
