-- The professionals to whom a child is or was assigned, with their names.
SELECT a.id AS key, 0 AS seq, to_jsonb(a) || jsonb_build_object('name', u.full_name, 'clinic_name', u.clinic_name) AS document
FROM patient_assignments a
JOIN auth_users u ON u.id = a.professional_id
WHERE a.child_id = :child AND a.id > :after::bigint
ORDER BY a.id
LIMIT 500
