-- The ten statements that took the most time on average, without their parameters.
SELECT left(regexp_replace(query, '\s+', ' ', 'g'), 300) AS query, calls, mean_exec_time AS mean_ms,
       total_exec_time AS total_ms, rows
FROM pg_stat_statements
WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND calls > 1
ORDER BY mean_exec_time DESC
LIMIT 10
