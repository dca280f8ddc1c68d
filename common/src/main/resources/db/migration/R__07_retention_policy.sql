-- How long what is kept. A period is changed by UPDATE; what is here is only for a class that is new. The
-- job applies it each night, where it is not said to be done by another, who then tells the period. GET /api/v1/privacy/retention
-- tells it to everybody.
INSERT INTO retention_policy (class, period, action, what) VALUES
  ('events', '13 months', 'delete', 'What devices told of play, from the beginning of the month in which the session began.'),
  ('play', '24 months', 'delete', 'Sessions, activities, and what they add up to, from when the child last played. Those of a restricted child stay.'),
  ('notes', '24 months', 'delete', 'What guardians said of sessions, from when the child last played. That of a restricted child stays.'),
  ('child', NULL, 'delete', 'What is said of a child and of its guardians: while it is registered.'),
  ('account', NULL, 'anonymise', 'Accounts: until they are closed.'),
  ('registrations', '30 days', 'delete', 'Accounts of which nobody has shown that the address is theirs, from when they were asked for.'),
  ('consents', '24 months', 'delete', 'A word about a consent, from when another one took its place. The last one stays while the child is registered.'),
  ('erasures', '24 months', 'delete', 'What was erased and when, from when it was done.'),
  ('audit', '24 months', 'delete', 'Who looked at a child, and what was done in an office.'),
  ('logins', '90 days', 'delete', 'Logins, from when they ended.'),
  ('links', '30 days', 'delete', 'Mailed links and invitations, from when they were used or expired.'),
  ('shares', '90 days', 'delete', 'Links to a report, and when they were used, from when they ended or were revoked.'),
  ('mail', '7 days', 'delete', 'Mail that could not be sent.'),
  ('devices', '90 days', 'delete', 'Devices, from when they had to be named anew.'),
  ('revocations', '0 days', 'delete', 'What is not accepted any more, from when the last token for it has expired.'),
  ('refused', '30 days', 'delete', 'That an event could not be stored, and why.'),
  ('prints', '400 days', 'delete', 'Hashes of what was published of a child, beyond the last 400.'),
  ('jobs', '90 days', 'delete', 'How the jobs went.'),
  ('quarantine', '31 days 10 hours', 'delete', 'Events that could not be stored, as they came. By Kafka, whose settings ingest tells.'),
  ('quarantine_deleted', '1 day 6 hours', 'delete', 'Such events of an erased child, from when they were deleted. By Kafka, whose settings ingest tells.'),
  ('topic_events', '3 days 14 hours', 'delete', 'Events on their way to the database. By Kafka, whose settings ingest tells.'),
  ('cache', '15 minutes', 'delete', 'Answers that were given. By Redis.')
ON CONFLICT (class) DO NOTHING;
