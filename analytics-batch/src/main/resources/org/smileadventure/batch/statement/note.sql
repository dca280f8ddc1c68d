-- Before they are sent: its guardians are told that something of the child goes elsewhere. Only while it
-- may; no row if it may not any more.
INSERT INTO audit_log (actor_role, action, child, detail)
SELECT 'system', 'statements_sent', child_id, 'to the record store: ' || :statements
FROM v_sent_child
WHERE child_id = :child
