-- A day that was marked since the moments were merged may be in one and not in the other.
SELECT format('child_window_summary of child %s, %s up to %s', w.child_id, w.window_name, w.last_day)
FROM unnest(:children::bigint[], :windows::text[], :figures::jsonb[]) AS f (child_id, window_name, figures)
JOIN child_window_summary w ON w.child_id = f.child_id AND w.window_name = f.window_name
WHERE w.figures <> f.figures
  AND NOT EXISTS (SELECT FROM dirty_child_days d WHERE d.child_id = w.child_id)
ORDER BY 1
