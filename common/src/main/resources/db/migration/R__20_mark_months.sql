-- Marks the months of these days dirty: the child and the day at the same place in the arrays belong
-- together. Marks are set in the order of the key, so that two writers wait for each other instead of
-- blocking each other. A month that is marked already keeps the time of its first mark: one that is played
-- in every day would never look late otherwise, however long nothing folds it.
CREATE OR REPLACE FUNCTION mark_months(children bigint[], days date[]) RETURNS void
  LANGUAGE sql
  BEGIN ATOMIC
    INSERT INTO dirty_child_months (child_id, month)
    SELECT DISTINCT touched.child_id, date_trunc('month', touched.day::timestamp)::date AS month
    FROM unnest(children, days) AS touched (child_id, day)
    WHERE touched.child_id IS NOT NULL AND touched.day IS NOT NULL
    ORDER BY touched.child_id, month
    ON CONFLICT (child_id, month) DO UPDATE SET version = excluded.version;
  END;
