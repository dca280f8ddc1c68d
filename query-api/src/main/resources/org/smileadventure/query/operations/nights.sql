-- The night that has been open the longest, or is due next; and the last one that was done.
(SELECT planned_at, promised_at, begun_at, ended_at
 FROM nights WHERE ended_at IS NULL ORDER BY planned_at LIMIT 1)
UNION ALL
(SELECT planned_at, promised_at, begun_at, ended_at
 FROM nights WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, planned_at DESC LIMIT 1)
