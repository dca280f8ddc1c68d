-- What each service may do: all of it is here. Whoever is not named may do nothing. No service owns a
-- table, makes one, or has a right that it does not use; RightsTest holds it against the catalogue.
DO $$
DECLARE
  made regprocedure;
BEGIN
  FOR made IN
    SELECT p.oid FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC, smile_query, smile_ingest, smile_batch', made);
  END LOOP;
END $$;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, smile_query, smile_ingest, smile_batch;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, smile_query, smile_ingest, smile_batch;

-- All services: is the schema theirs, what is not accepted any more, what is on record, who runs.
GRANT SELECT ON flyway_schema_history, revocations TO smile_query, smile_ingest, smile_batch;
GRANT INSERT (actor, actor_role, action, child, detail) ON audit_log TO smile_query, smile_ingest, smile_batch;
GRANT SELECT, INSERT, UPDATE, DELETE ON pending_invalidation, service_instances TO smile_query, smile_ingest, smile_batch;
GRANT EXECUTE ON FUNCTION invalidate_children(bigint[], boolean) TO smile_query, smile_ingest, smile_batch;

-- query-api: of children what is opened, and nothing of them is written but through functions.
GRANT SELECT ON
  children, session_events, v_session_event, game_sessions, activities, session_ratings, refused_events,
  dirty_child_months, child_month_summary, child_window_summary,
  guardians, guardian_invitations, child_changes, child_phases, consents, share_links, share_looks, v_guardian, v_child_access TO smile_query;
GRANT EXECUTE ON FUNCTION told_day(text), opened_children(), open_children(bigint, bigint, boolean, text),
  child_of_session(uuid), rate_session(bigint, uuid, jsonb), add_child(bigint, jsonb, text[], text),
  change_child(bigint, bigint, bigint, jsonb), restrict_child(bigint, bigint, boolean),
  invite_guardian(bigint, bigint, text, text, bytea, timestamptz, timestamptz, text, text),
  revoke_invitation(bigint, bigint, uuid, timestamptz), accept_invitation(bigint, bytea, timestamptz),
  remove_guardian(bigint, bigint, bigint, timestamptz),
  make_share(bigint, bigint, bytea, text, text, text, timestamptz, timestamptz),
  revoke_share(bigint, bigint, uuid, timestamptz), look_by_share(bytea, timestamptz, text),
  give_consent(bigint, bigint, text, bigint, boolean, text),
  add_phase(bigint, bigint, date, date, text, text),
  change_phase(bigint, bigint, uuid, bigint, date, date, text, text), remove_phase(bigint, bigint, uuid),
  ask_erasure(bigint, boolean, bigint, text, text, uuid), erasure_state(bigint, boolean, uuid),
  access_log(bigint, bigint, timestamptz, bigint, int),
  exposure(bigint, timestamptz, timestamptz, bigint[], bigint, bigint, int),
  read_audit(bigint, text, bigint, bigint, text, timestamptz, timestamptz, timestamptz, bigint, int) TO smile_query;
-- Accounts and their logins. Nobody's role is changed.
GRANT SELECT ON auth_users, time_zones TO smile_query;
GRANT INSERT (email, hashed_password, first_name, last_name, role, status, phone, license_number, timezone, language)
  ON auth_users TO smile_query;
GRANT UPDATE (hashed_password, first_name, last_name, phone, status, is_active, is_verified, email_verified_at,
  last_login_at, failed_login_attempts, locked_until, specialization, clinic_name, clinic_address,
  timezone, language, bio, last_modified_by, updated_at, version) ON auth_users TO smile_query;
GRANT SELECT, INSERT, UPDATE ON auth_logins, auth_refresh_tokens TO smile_query;
GRANT INSERT, UPDATE (revoked, changed_at, until) ON revocations TO smile_query;
-- Whether a guardian consents is nothing that it says.
GRANT SELECT, INSERT (child_id, professional_id, assigned_by, assignment_type, until, permissions),
  UPDATE (assignment_type, until, permissions, status, ended_at) ON patient_assignments TO smile_query;
-- Links and mail, devices, and accounts that are closed.
GRANT SELECT, INSERT (digest, user_id, purpose, created_at, expires_at), UPDATE (used_at) ON account_links TO smile_query;
GRANT SELECT, INSERT (user_id, child, recipient, subject, body), UPDATE (attempts, next_attempt_at), DELETE
  ON outgoing_mail TO smile_query;
GRANT SELECT, INSERT (jti, user_id, name, children, issued_at, expires_at), UPDATE (revoked_at, revoked_by)
  ON devices TO smile_query;
GRANT INSERT (id, account, asked_by, asked_as) ON erasures TO smile_query;
GRANT EXECUTE ON FUNCTION only_guardian_of(bigint) TO smile_query;
-- How far the jobs and ingest are, and what is said of the population.
GRANT SELECT ON forgotten_events, consumer_lag, quarantine_seen, cohort_ranking, mastery_parameters, retention_policy, v_summary_freshness,
  v_population_cell, v_population_activity, v_population_distribution, v_population_insight, v_treatment_effect,
  v_platform_play TO smile_query;
GRANT SELECT ON nights, v_last_reconcile TO smile_query;

-- ingest-service. To lock a child's row takes the right to change a column of it.
GRANT SELECT, UPDATE (updated_at) ON children TO smile_ingest;
GRANT SELECT ON forgotten_events, session_ratings TO smile_ingest;
GRANT SELECT (id, created_at) ON auth_users TO smile_ingest;
GRANT SELECT, INSERT ON session_events, quarantine_replay TO smile_ingest;
GRANT SELECT, INSERT, UPDATE ON game_sessions, activities, dirty_child_months, consumer_lag TO smile_ingest;
GRANT SELECT, INSERT, UPDATE, DELETE ON late_sessions, moved_children, refused_events TO smile_ingest;
GRANT INSERT ON quarantine_read TO smile_ingest;
GRANT SELECT (child_id, session_id), INSERT, UPDATE (since) ON unpacked_sessions TO smile_ingest;
GRANT SELECT, INSERT, UPDATE ON quarantine_replay_run, quarantine_seen TO smile_ingest;
GRANT SELECT, UPDATE ON erasures TO smile_ingest;
GRANT USAGE ON SEQUENCE dirty_version TO smile_ingest;
GRANT EXECUTE ON FUNCTION mark_months(bigint[], date[]), least_session_id(timestamptz),
  erase_child(bigint, boolean), erase_account(bigint),
  enter_erasure(uuid, bigint, bigint, timestamptz, timestamptz), topics_keep(interval, interval, interval) TO smile_ingest;

-- analytics-batch.
GRANT SELECT, UPDATE (updated_at) ON children TO smile_batch;
GRANT SELECT ON session_events, v_session_event, forgotten_events, session_ratings, late_sessions,
  moved_children, retention_policy, v_summary_freshness, v_last_reconcile, v_computed_child, v_sent_child,
  v_population_child, v_treated_child TO smile_batch;
GRANT SELECT, INSERT, UPDATE ON game_sessions, activities, cohort_ranking, summary_shape, reconcile_differences TO smile_batch;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  dirty_child_months, dirty_child_windows, child_month_summary, child_window_summary, child_treatment_effect, statement_months,
  nights,
  population_cell, population_member, population_print, mastery_parameters, scheduled_tasks,
  batch_job_instance, batch_job_execution, batch_job_execution_params, batch_job_execution_context,
  batch_step_execution, batch_step_execution_context TO smile_batch;
-- The events that it packs.
GRANT INSERT ON session_events TO smile_batch;
GRANT SELECT, INSERT, UPDATE (since), DELETE ON unpacked_sessions TO smile_batch;
-- What it deletes when its time has come.
GRANT DELETE ON session_events, game_sessions, activities, session_ratings, moved_children, revocations TO smile_batch;
GRANT SELECT, DELETE ON refused_events, quarantine_read, quarantine_replay, quarantine_replay_run, consents, erasures, auth_logins,
  account_links, guardian_invitations, share_links, outgoing_mail, devices TO smile_batch;
GRANT SELECT, DELETE ON consumer_lag TO smile_batch;
-- Of a token no more than its age, and whose it was.
GRANT SELECT (digest, login_id, issued_at), DELETE ON auth_refresh_tokens TO smile_batch;
GRANT USAGE ON SEQUENCE dirty_version, population_cell_cell_id_seq, batch_step_execution_seq, batch_job_execution_seq,
  batch_job_instance_seq TO smile_batch;
GRANT EXECUTE ON FUNCTION mark_months(bigint[], date[]), least_session_id(timestamptz), age_band(int), told_day(text),
  ensure_session_event_partitions(date, date), try_session_event_partitions(date, date),
  forget_session_events(date), try_forget_session_events(date), seal_audit(), verify_audit(bigint[], bytea[]), forget_audit(int),
  forget_registrations(int)
  TO smile_batch;
