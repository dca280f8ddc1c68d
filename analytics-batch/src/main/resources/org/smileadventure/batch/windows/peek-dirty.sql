-- The next children along the key. Only which ones: their versions are read under the locks.
SELECT child_id
FROM dirty_child_windows
WHERE child_id > :after_child AND child_id BETWEEN :first_child AND :last_child
ORDER BY child_id
LIMIT :most
