-- The next dirty days along the key. Only which ones: their versions are read under the locks.
SELECT child_id, day
FROM dirty_child_days
WHERE child_id BETWEEN :first_child AND :last_child
  AND (child_id, day) > (:after_child, :after_day::date)
ORDER BY child_id, day
LIMIT :most
