-- What is told of the work of the jobs. Nothing here grows with the number of children.
SELECT f.dirty_months,
       coalesce(extract(epoch FROM now() - f.oldest_marked_at), 0)::float8 AS oldest_seconds,
       (SELECT r.differences FROM v_last_reconcile r) AS differences,
       (SELECT extract(epoch FROM e.end_time AT TIME ZONE 'UTC')
        FROM batch_job_execution e
        JOIN batch_job_instance i ON i.job_instance_id = e.job_instance_id
        WHERE i.job_name = 'nightly' AND e.status = 'COMPLETED'
        ORDER BY e.job_execution_id DESC
        LIMIT 1)::float8 AS night_ended,
       (SELECT extract(epoch FROM n.promised_at)
        FROM nights n
        WHERE n.ended_at IS NULL
        ORDER BY n.planned_at
        LIMIT 1)::float8 AS night_promised
FROM v_summary_freshness f
