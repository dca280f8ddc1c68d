-- Marks the months whose document is of another shape, once after the shape has changed: what is marked
-- stays so until it is folded. Until then it is not read.
WITH changed AS (
  UPDATE summary_shape SET shape = :shape WHERE shape <> :shape RETURNING shape
)
INSERT INTO dirty_child_months (child_id, month)
SELECT s.child_id, s.month
FROM changed c
JOIN child_month_summary s ON s.shape <> c.shape
ORDER BY s.child_id, s.month
ON CONFLICT (child_id, month) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at
