-- Children whose therapy, or whose sessions, are others than when their effect was computed; and those who
-- are in no one therapy any more. Before their windows are computed, these are still marked. Each part goes
-- along the keys only as far as it has found enough.
(SELECT t.child_id
 FROM v_treated_child t
 LEFT JOIN child_treatment_effect e ON e.child_id = t.child_id
 WHERE t.child_id > :after AND t.child_id <= :last
   AND ((e.therapy, e.started) IS DISTINCT FROM (t.therapy, t.started)
        OR EXISTS (SELECT FROM dirty_child_windows d WHERE d.child_id = t.child_id))
 ORDER BY t.child_id
 LIMIT :most)
UNION ALL
(SELECT e.child_id
 FROM child_treatment_effect e
 WHERE e.child_id > :after AND e.child_id <= :last
   AND NOT EXISTS (SELECT FROM v_treated_child t WHERE t.child_id = e.child_id)
 ORDER BY e.child_id
 LIMIT :most)
ORDER BY child_id
LIMIT :most
