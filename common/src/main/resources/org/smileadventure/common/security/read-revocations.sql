-- What was revoked, or is accepted again, since the last time; and when that is by the clock that the
-- rows are written by. A row may be committed up to a minute after it was written.
SELECT asked.at::text AS asked_at, r.subject, r.revoked, r.until
FROM (SELECT clock_timestamp() AS at) asked
LEFT JOIN revocations r
  ON r.changed_at >= :since::timestamptz - interval '1 minute' AND r.until > :now::timestamptz
