package org.smileadventure.query.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.query.fixture.Household.assertDone;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Household;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;

/** What guardians allow, and that it counts from the next moment on. */
@RealServers
class ConsentsTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Household home = Household.in(SERVICE);
  private final long professional = SERVICE.professional();
  private final String theirs = Tokens.TRUSTED.of(professional, "professional");

  @Test
  void professionalSeesTheChildForAsLongAsAGuardianConsents() {
    SERVICE
        .db()
        .sql("INSERT INTO patient_assignments (child_id, professional_id) VALUES (?, ?)")
        .params(home.family().child().value(), professional)
        .update();
    assertThat(listed()).isEmpty();

    assertDone(share(true), 201);
    assertThat(listed()).containsExactly(home.family().child().value());
    SERVICE.get(home.family().analytics("30d"), theirs).ok();

    assertDone(share(false), 201);
    assertThat(listed()).isEmpty();
    SERVICE.get(home.family().analytics("30d"), theirs).problem(404);
    SERVICE.get("/api/v1/dashboard", theirs).ok();
  }

  @Test
  void consentMayComeBeforeTheAssignment() {
    share(true);
    SERVICE
        .db()
        .sql("INSERT INTO patient_assignments (child_id, professional_id) VALUES (?, ?)")
        .params(home.family().child().value(), professional)
        .update();
    assertThat(listed()).containsExactly(home.family().child().value());
  }

  @Test
  void lastWordCountsAndAllAreKept() {
    var guardian = Tokens.TRUSTED.of(home.guardian(), "parent");
    give(
        "{\"purpose\": \"play_analytics\", \"granted\": false, \"text_version\": \"2\"}", guardian);
    give(
        "{\"purpose\": \"play_analytics\", \"granted\": true, \"text_version\": \"3\"}",
        home.family().token());
    give(
        "{\"purpose\": \"play_analytics\", \"granted\": false, \"text_version\": \"4\"}",
        home.family().token());

    var page = SERVICE.get(home.path("/consents?limit=2"), guardian).ok();
    var rest =
        SERVICE
            .get(
                home.path("/consents?limit=2&cursor=" + page.path("next_cursor").asString()),
                guardian)
            .ok();

    assertThat(words(page.path("current"), "purpose", "granted"))
        .containsExactly("play_analytics false", "population_figures true");
    assertThat(words(page.path("history"), "text_version", "granted"))
        .containsExactly("4 false", "3 true");
    assertThat(words(rest.path("history"), "text_version", "given_by_name").getFirst())
        .isEqualTo("2 Test User");
    assertThat(
            SERVICE
                .db()
                .sql("SELECT play_consent FROM children WHERE id = ?")
                .param(home.family().child().value())
                .query(Boolean.class)
                .single())
        .isFalse();
    assertThat(home.record())
        .containsExactly(
            "consent: play_analytics withdrawn",
            "consent: play_analytics granted",
            "consent: play_analytics withdrawn");
  }

  @Test
  void recordStoreIsGrantedAndWithdrawnAndNothingElseIsOpened() {
    SERVICE
        .db()
        .sql("INSERT INTO patient_assignments (child_id, professional_id) VALUES (?, ?)")
        .params(home.family().child().value(), professional)
        .update();
    var access = access();

    give(
        "{\"purpose\": \"record_store\", \"granted\": true, \"text_version\": \"1\"}",
        home.family().token());

    assertThat(current())
        .containsExactly("play_analytics true", "population_figures true", "record_store true");
    assertThat(sent()).isTrue();
    assertThat(access()).isEqualTo(access);
    assertThat(listed()).isEmpty();
    SERVICE.get(home.path("/statements"), theirs).problem(404);
    SERVICE.get(home.path("/statements"), home.family().token()).ok();

    give(
        "{\"purpose\": \"record_store\", \"granted\": false, \"text_version\": \"1\"}",
        Tokens.TRUSTED.of(home.guardian(), "parent"));

    assertThat(current())
        .containsExactly("play_analytics true", "population_figures true", "record_store false");
    assertThat(sent()).isFalse();
    SERVICE.get(home.path("/statements"), home.family().token()).ok();
    assertThat(home.record())
        .containsExactly("consent: record_store granted", "consent: record_store withdrawn");
  }

  private List<String> current() {
    return words(home.ask("GET", "/consents", null).ok().path("current"), "purpose", "granted");
  }

  /** Who may see the child, and what may be done with it apart from the record store. */
  private List<Map<String, @Nullable Object>> access() {
    return SERVICE
        .db()
        .sql(
            """
            SELECT a.*, c.play_consent, c.population_consent, c.restricted_at, c.is_active
            FROM v_child_access a JOIN children c ON c.id = a.child_id
            WHERE a.child_id = ?
            ORDER BY a.user_id
            """)
        .param(home.family().child().value())
        .query()
        .listOfRows();
  }

  /** Whether what the child plays is sent to the record store. */
  private boolean sent() {
    return SERVICE
        .db()
        .sql("SELECT EXISTS (SELECT FROM v_sent_child WHERE child_id = ?)")
        .param(home.family().child().value())
        .query(Boolean.class)
        .single();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"purpose\": \"advertising\", \"granted\": true, \"text_version\": \"1\"}",
        "{\"purpose\": \"research_export\", \"text_version\": \"1\"}",
        "{\"purpose\": \"research_export\", \"granted\": true}",
        "{\"purpose\": \"research_export\", \"granted\": true, \"text_version\": \"\"}",
        "{\"purpose\": \"research_export\", \"granted\": true, \"text_version\":"
            + " \"123456789012345678901\"}",
        "{\"purpose\": \"research_export\", \"granted\": true, \"text_version\": \"1\","
            + " \"recipient\": 1}",
        "{\"purpose\": \"record_store\", \"granted\": true, \"text_version\": \"1\","
            + " \"recipient\": 1}",
        "{\"purpose\": \"professional_sharing\", \"granted\": true, \"text_version\": \"1\"}"
      })
  void wordThatSaysTooLittleOrTooMuchIsRefused(String word) {
    home.ask("POST", "/consents", word).problem(400);
  }

  @Test
  void nobodyButAProfessionalIsSharedWith() {
    for (var recipient : List.of(home.family().parent(), 999_999_999L)) {
      home.ask("POST", "/consents", sharing(recipient, true)).problem(422);
    }
  }

  @Test
  void restrictedChildIsThereForItsGuardiansOnly() {
    SERVICE.assign(professional, home.family().child());
    SERVICE.get(home.path(""), theirs).ok();

    assertDone(home.ask("PUT", "/restriction", "{\"restricted\": true}"), 204);
    assertDone(home.ask("PUT", "/restriction", "{\"restricted\": true}"), 204);

    SERVICE.get(home.path(""), theirs).problem(404);
    SERVICE.get(home.path(""), home.family().token()).ok();
    home.ask("PUT", "/restriction", "{}").problem(400);
    assertDone(home.ask("PUT", "/restriction", "{\"restricted\": false}"), 204);
    SERVICE.get(home.path(""), theirs).ok();
    assertThat(home.record()).contains("restriction: set", "restriction: lifted").hasSize(4);
  }

  private List<Long> listed() {
    return SERVICE
        .get("/api/v1/children", theirs)
        .ok()
        .path("children")
        .valueStream()
        .map(child -> child.path("id").longValue())
        .toList();
  }

  private Reply share(boolean granted) {
    return home.ask("POST", "/consents", sharing(professional, granted));
  }

  private static String sharing(long recipient, boolean granted) {
    return "{\"purpose\": \"professional_sharing\", \"recipient\": %d, \"granted\": %b, \"text_version\": \"1\"}"
        .formatted(recipient, granted);
  }

  private void give(String word, String token) {
    assertDone(home.askAs(token, "POST", "/consents", word), 201);
  }

  private static List<String> words(JsonNode list, String one, String other) {
    return list.valueStream()
        .map(word -> word.path(one).asString() + " " + word.path(other).asString())
        .toList();
  }
}
