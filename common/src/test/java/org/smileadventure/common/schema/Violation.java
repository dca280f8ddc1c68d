package org.smileadventure.common.schema;

import java.util.List;
import java.util.stream.Stream;

/** A change that a CHECK refuses, to a row that is valid before it. */
record Violation(String table, String change) {

  static Stream<Violation> all() {
    return Stream.of(
            of(
                "auth_users",
                "email = 'Parent@example.org'",
                "email = ' parent@example.org'",
                "email = 'parent'",
                "first_name = ''",
                "last_name = repeat('x', 101)",
                "phone = '123456789'",
                "role = 'super_admin'",
                "status = 'gone'",
                "failed_login_attempts = -1",
                "license_number = repeat('x', 101)",
                "specialization = repeat('x', 201)",
                "clinic_name = repeat('x', 201)",
                "language = repeat('x', 11)",
                "avatar_url = 'ftp://example.org/a.png'",
                "role = 'professional', license_number = NULL"),
            of(
                "children",
                "name = 'S'",
                "age = 26",
                "age = -1",
                "avatar_url = 'a.png'",
                "points = -1",
                "level = 0",
                "level = 51",
                "achievements = '{}'",
                "diagnosis = 'xx'",
                "support_level = 0",
                "support_level = 4",
                "diagnosing_professional = repeat('x', 201)",
                "sensory_profile = '[]'",
                "behavioral_notes = repeat('x', 2001)",
                "communication_style = 'loud'",
                "communication_notes = repeat('x', 1001)",
                "current_therapies = '{}'",
                "current_therapies = '[1,2,3,4,5,6,7,8,9,10,11]'",
                "emergency_contacts = '[1,2,3,4,5,6]'",
                "safety_protocols = '[]'",
                "baseline_assessment = '[]'",
                "progress_notes = '{}'"),
            of(
                "patient_assignments",
                "status = 'gone'",
                "assignment_type = 'secondary'",
                "permissions = '[]'"),
            of("session_events", "seq = 0", "type = 'session.exploded'"),
            of(
                "game_sessions",
                "session_type = 'dental_care'",
                "scenario_name = ''",
                "scenario_id = repeat('x', 101)",
                "scenario_version = repeat('x', 21)",
                "duration_seconds = -1, total_pause_duration = -1",
                "pause_count = -1",
                "total_pause_duration = -1",
                "active_seconds = -1",
                "levels_completed = -1",
                "max_level_reached = -1",
                "score = -1",
                "correct_responses = -1",
                "incorrect_responses = -1",
                "help_requests = -1",
                "hint_usage_count = -1",
                "success_rate = 100.01",
                "engagement_score = -0.01",
                "response_time_p50_ms = -1",
                "response_time_p90_ms = -1",
                "initial_emotion = 'neutral'",
                "final_emotion = 'sleepy'",
                "completion_status = 'paused'",
                "exit_reason = repeat('x', 101)",
                "achievements_unlocked = '{}'",
                "progress_markers_hit = '{}'",
                "parent_notes = repeat('x', 1001)",
                "parent_rating = 0",
                "parent_rating = 6",
                "parent_observed_behavior = '[]'",
                "device_type = repeat('x', 51)",
                "device_model = repeat('x', 501)",
                "app_version = repeat('x', 21)",
                "environment_type = repeat('x', 51)",
                "session_data_quality = 'good'",
                "lost_events = -1",
                "ended_at = started_at - interval '1 second'",
                "total_pause_duration = duration_seconds + 1",
                "correct_responses = interactions_count, incorrect_responses = 1",
                "completion_status = 'in_progress'",
                "ended_at = NULL, duration_seconds = NULL, active_seconds = NULL",
                "duration_seconds = NULL",
                "active_seconds = NULL"),
            of(
                "activities",
                "activity_type = 'dental_visit'",
                "activity_name = 'x'",
                "description = repeat('x', 1001)",
                "category = repeat('x', 51)",
                "points_earned = 101",
                "difficulty_level = 6",
                "duration_minutes = 481",
                "emotional_state_before = 'nervous'",
                "emotional_state_after = ''",
                "anxiety_level_before = 0",
                "anxiety_level_after = 11",
                "support_level_needed = 'none'",
                "support_provided_by = repeat('x', 101)",
                "assistive_technology_used = '{}'",
                "environmental_modifications = '{}'",
                "sensory_accommodations = '{}'",
                "challenges_encountered = '{}'",
                "strategies_used = '{}'",
                "environment_type = repeat('x', 51)",
                "completion_status = 'in_progress'",
                "success_rating = 7",
                "notes = repeat('x', 1001)",
                "data_source = 'guess'"))
        .flatMap(List::stream);
  }

  private static List<Violation> of(String table, String... changes) {
    return Stream.of(changes).map(change -> new Violation(table, change)).toList();
  }

  @Override
  public String toString() {
    return table + ": " + change;
  }
}
