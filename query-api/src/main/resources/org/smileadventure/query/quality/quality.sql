-- What is known of a child's data: its sessions of these days by quality, the rules that are broken in
-- them, and what was refused of any day.
SELECT s.complete, s.partial, s.minimal, s.lost_events,
       (SELECT coalesce(jsonb_agg(n ORDER BY n.severity, n.rule), '[]')
        FROM (
          SELECT note ->> 'rule' AS rule, note ->> 'severity' AS severity, count(*) AS sessions
          FROM game_sessions g
          CROSS JOIN LATERAL jsonb_array_elements(g.data_quality_notes) AS note
          WHERE g.child_id = :child AND g.day BETWEEN :first::date AND :last::date
          GROUP BY 1, 2
        ) n) AS notes,
       (SELECT coalesce(jsonb_agg(r ORDER BY r.reason), '[]')
        FROM (
          -- Without consent it is only known how many.
          SELECT reason, sum(CASE reason WHEN 'no_consent' THEN times ELSE 1 END) AS events, max(last_refused_at) AS last_refused_at
          FROM refused_events
          WHERE child_id = :child
          GROUP BY reason
        ) r) AS refused
FROM (
  SELECT count(*) FILTER (WHERE session_data_quality = 'complete') AS complete,
         count(*) FILTER (WHERE session_data_quality = 'partial') AS partial,
         count(*) FILTER (WHERE session_data_quality = 'minimal') AS minimal,
         coalesce(sum(lost_events), 0) AS lost_events
  FROM game_sessions
  WHERE child_id = :child AND day BETWEEN :first::date AND :last::date
) s
