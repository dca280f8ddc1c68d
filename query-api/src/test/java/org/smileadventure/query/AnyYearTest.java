package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;

/** No row that is stored makes a page unreadable. */
@RealServers
class AnyYearTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  @ParameterizedTest
  @CsvSource({
    "9999-12-31T23:59:59Z, 9999-12-31",
    "0001-01-01T00:00:00Z, 1999-12-31",
    "0002-06-01T00:00:00Z BC, 1999-12-31",
    "294270-01-01T00:00:00Z, 9999-12-31"
  })
  void everyPageShowsWhatIsStored(String time, String day) {
    var family = SERVICE.family("Europe/Rome");
    for (int i = 0; i < 3; i++) {
      SERVICE
          .db()
          .sql(
              """
              WITH at AS (SELECT :time::timestamptz AS time, :day::date AS day),
              session AS (
                INSERT INTO game_sessions (id, child_id, session_type, scenario_name, started_at, day)
                SELECT gen_random_uuid(), :child, 'dental_visit', 'Brushing', time, day FROM at)
              INSERT INTO activities (session_id, seq, child_id, activity_type, activity_name, completed_at, day)
              SELECT gen_random_uuid(), 1, :child, 'dental_care', 'Brushing', time, day FROM at
              """)
          .param("time", time)
          .param("day", day)
          .param("child", family.child().value())
          .update();
    }
    var child = "/api/v1/children/" + family.child();

    for (var list : List.of("sessions", "activities")) {
      var days = new ArrayList<String>();
      String cursor = null;
      do {
        var page =
            SERVICE
                .get(
                    child + "/" + list + "?limit=2" + (cursor == null ? "" : "&cursor=" + cursor),
                    family.token())
                .ok();
        page.path(list).forEach(item -> days.add(item.path("day").asString()));
        cursor = page.path("next_cursor").asString(null);
      } while (cursor != null);
      assertThat(days).as(list).containsExactly(day, day, day);
    }
    for (var view :
        List.of(
            "",
            "/analytics?window=all",
            "/analytics",
            "/report?window=all",
            "/report?window=all&format=csv",
            "/report?window=all&format=pdf",
            "/export",
            "/export?format=csv")) {
      assertThat(SERVICE.get(child + view, family.token()).status()).as(view).isEqualTo(200);
    }
    assertThat(SERVICE.get("/api/v1/dashboard", family.token()).status()).isEqualTo(200);
  }
}
