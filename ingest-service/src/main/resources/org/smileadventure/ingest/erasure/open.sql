-- What is not done yet, and how far it is; the first ones first.
SELECT e.id, e.child, e.account, e.asked_at,
       coalesce(c.created_at, u.created_at)::text AS registered_at,
       e.announced_at IS NOT NULL AS announced,
       e.erased_at IS NOT NULL AS erased,
       e.cleared_at IS NOT NULL AS cleared
FROM erasures e
LEFT JOIN children c ON c.id = e.child
LEFT JOIN auth_users u ON u.id = e.account
WHERE e.swept_at IS NULL
ORDER BY e.asked_at, e.id
