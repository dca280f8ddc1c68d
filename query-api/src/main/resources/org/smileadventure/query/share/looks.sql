-- When a link was used, newest first.
SELECT jsonb_build_object('id', id, 'at', at, 'what', what)
FROM share_looks
WHERE child_id = :child AND share = :share AND id < :before
ORDER BY id DESC
LIMIT :most
