-- What tables take with their indexes and all else, and how much there is in them.
SELECT
  (SELECT sum(pg_total_relation_size(t.relid)) FROM pg_partition_tree('session_events') t
   WHERE t.isleaf AND t.relid::regclass::text NOT LIKE '%\_packed') AS plain_bytes,
  (SELECT sum(pg_total_relation_size(t.relid)) FROM pg_partition_tree('session_events') t
   WHERE t.isleaf AND t.relid::regclass::text LIKE '%\_packed') AS packed_bytes,
  (SELECT coalesce(sum(last_seq - first_seq + 1), 0) FROM session_events WHERE NOT packed) AS plain_events,
  (SELECT coalesce(sum(last_seq - first_seq + 1), 0) FROM session_events WHERE packed) AS packed_events,
  (SELECT count(DISTINCT session_id) FROM session_events) AS told_sessions,
  pg_total_relation_size('game_sessions') + pg_total_relation_size('activities') AS play_bytes,
  (SELECT count(*) FROM game_sessions) AS sessions,
  pg_total_relation_size('child_month_summary') AS month_bytes,
  (SELECT count(*) FROM child_month_summary) AS months,
  pg_total_relation_size('child_window_summary') AS window_bytes,
  pg_total_relation_size('population_cell') + pg_total_relation_size('population_member')
    + pg_total_relation_size('population_print') AS population_bytes,
  (SELECT count(*) FROM children) AS children
