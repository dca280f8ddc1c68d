-- Of logins that are over. A login lasts a week: a token that is older than 8 days is of one that has expired, but
-- for a clock that went wrong. Those of one that goes on stay, used or not: who comes with a used one has copied it.
DELETE FROM auth_refresh_tokens t
WHERE t.digest IN (
  SELECT o.digest
  FROM auth_refresh_tokens o
  JOIN auth_logins l ON l.id = o.login_id
  WHERE o.issued_at < :now::timestamptz - least(:kept::interval, interval '8 days')
    AND least(l.ended_at, l.expires_at) < :now::timestamptz
  ORDER BY o.issued_at
  LIMIT :most)
