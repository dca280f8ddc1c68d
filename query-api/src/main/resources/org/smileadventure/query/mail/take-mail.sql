-- The mail that has been due for the longest, for as long as no SMTP server can keep us waiting. Nobody
-- else takes it meanwhile, and no transaction is open. Old is what no link in it is good for any more.
UPDATE outgoing_mail
SET attempts = attempts + 1, next_attempt_at = now() + interval '5 minutes'
WHERE id = (SELECT id FROM outgoing_mail WHERE next_attempt_at <= now()
            ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, recipient, subject, body, attempts, created_at < now() - interval '3 days' AS is_old
