-- Where a child lives, and where it stands in its cohort. No row if there is none that the viewer may
-- see.
SELECT a.timezone, w.score_fifth, w.engagement_fifth, r.ranked_at
FROM v_child_access a
LEFT JOIN child_window_summary w ON w.child_id = a.child_id AND w.window_name = :window
LEFT JOIN cohort_ranking r ON r.window_name = :window
WHERE a.child_id = :child AND a.user_id = :viewer
LIMIT 1
