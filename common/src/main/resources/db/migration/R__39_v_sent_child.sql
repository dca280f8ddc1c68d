-- The children whose sessions are sent to the learning record store.
CREATE OR REPLACE VIEW v_sent_child AS
SELECT id AS child_id
FROM children
WHERE record_store_consent AND play_consent AND is_active AND restricted_at IS NULL;
