-- A month that was marked again meanwhile stays due: its version is greater.
UPDATE statement_months
SET sent_version = :version, sent_until = :sent_until::timestamptz
WHERE child_id = :child AND month = :month
