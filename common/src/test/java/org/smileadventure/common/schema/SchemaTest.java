package org.smileadventure.common.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The names that the origin's tables and the seed's tuning have, against what is there. */
@RealServers
class SchemaTest {
  private static final JdbcClient DB = JdbcClient.create(MigratedDatabase.newDataSource());

  /** Why a column of the origin has no place here. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "game_sessions.emotional_data", "the events are that story",
          "game_sessions.interaction_patterns", "the events are that story",
          "game_sessions.achievement_unlocked", "the plural one holds them",
          "game_sessions.ai_analysis", "nothing computes it");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        // the fourteen of the seed
        "idx_users_role_active_verified          | auth_users    | role, is_active, is_verified",
        "idx_users_name_search                   | auth_users    | first_name, last_name",
        "idx_users_email_status_active           | auth_users    | email, status, is_active",
        "idx_children_parent_active              | children      | parent_id, is_active",
        "idx_children_age_diagnosis              | children      | age, support_level",
        "idx_children_created_updated            | children      | created_at, updated_at",
        "idx_children_support_level_active       | children      | support_level, is_active",
        "idx_game_sessions_child_date_range      | game_sessions | child_id, started_at, completion_status",
        "idx_game_sessions_type_completion       | game_sessions | session_type, completion_status, started_at",
        "idx_game_sessions_score_performance     | game_sessions | child_id, score, started_at",
        "idx_game_sessions_duration_engagement   | game_sessions | duration_seconds, interactions_count",
        "idx_game_sessions_scenario_performance  | game_sessions | scenario_id, scenario_version, completion_status",
        "idx_game_sessions_parent_rating         | game_sessions | child_id, parent_rating, started_at",
        "idx_game_sessions_recent                | game_sessions | started_at, child_id",
        // the others of the origin on tables that are here
        "idx_game_sessions_device_env            | game_sessions | device_type, environment_type",
        "idx_activities_child_timeline           | activities    | child_id, completed_at, activity_type",
        "idx_activities_type_difficulty          | activities    | activity_type, difficulty_level, points_earned",
        "idx_activities_verification             | activities    | verified_by_parent, verified_by_professional"
      })
  void indexOfTheOriginIsThere(String index, String table, String columns) {
    assertThat(
            DB.sql("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname = ?")
                .param(index)
                .query(String.class)
                .list())
        .containsExactly(
            "CREATE INDEX %s ON public.%s USING btree (%s)".formatted(index, table, columns));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        """
        auth_users | id email hashed_password first_name last_name full_name phone role status is_active is_verified \
        email_verified_at last_login_at locked_until failed_login_attempts license_number specialization clinic_name \
        clinic_address created_at updated_at created_by last_modified_by timezone language avatar_url bio""",
        """
        children | id name age date_of_birth avatar_url parent_id points level achievements diagnosis support_level \
        diagnosis_date diagnosing_professional sensory_profile behavioral_notes communication_style \
        communication_notes current_therapies emergency_contacts safety_protocols baseline_assessment \
        last_assessment_date progress_notes is_active created_at updated_at""",
        """
        activities | id child_id activity_type activity_name description category points_earned difficulty_level \
        started_at completed_at duration_minutes emotional_state_before emotional_state_after anxiety_level_before \
        anxiety_level_after support_level_needed support_provided_by assistive_technology_used \
        environmental_modifications sensory_accommodations challenges_encountered strategies_used environment_type \
        completion_status success_rating notes verified_by_parent verified_by_professional verification_notes \
        created_at data_source""",
        """
        game_sessions | id child_id session_type scenario_name scenario_id scenario_version started_at ended_at \
        duration_seconds pause_count total_pause_duration levels_completed max_level_reached score \
        interactions_count correct_responses help_requests incorrect_responses hint_usage_count emotional_data \
        interaction_patterns completion_status exit_reason achievement_unlocked achievements_unlocked \
        progress_markers_hit parent_notes parent_rating parent_observed_behavior device_type device_model \
        app_version environment_type support_person_present session_data_quality ai_analysis created_at updated_at"""
      })
  void columnsOfTheOriginAreThereExceptThoseLeftOut(String table, String columns) {
    var missing = new HashSet<>(Set.of(columns.split("\\s+")));
    missing.removeAll(columnTypes(table).keySet());
    assertThat(missing)
        .containsExactlyInAnyOrderElementsOf(
            LEFT_OUT.keySet().stream()
                .filter(column -> column.startsWith(table + "."))
                .map(column -> column.substring(table.length() + 1))
                .toList());
  }

  @ParameterizedTest
  @CsvSource({"auth_users", "children", "activities", "game_sessions", "session_events"})
  void documentsAreJsonbAndTimesHaveAZone(String table) {
    assertThat(columnTypes(table).values())
        .isNotEmpty()
        .doesNotContain("json", "timestamp without time zone", "character varying");
  }

  private static Map<String, String> columnTypes(String table) {
    var types = new LinkedHashMap<String, String>();
    DB.sql(
            """
            SELECT column_name, data_type FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name = ? ORDER BY ordinal_position
            """)
        .param(table)
        .query((RowCallbackHandler) row -> types.put(row.getString(1), row.getString(2)));
    return types;
  }
}
