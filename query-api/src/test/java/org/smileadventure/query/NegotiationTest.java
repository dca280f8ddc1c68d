package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;

/** A report is sent in the format that is asked for, by the parameter or as one does in HTTP. */
@RealServers
class NegotiationTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final ServiceUnderTest.Family family = SERVICE.family("Europe/Rome");
  private final String report = "/api/v1/children/" + family.child() + "/report";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?window=7d | */* | application/json",
        "?window=7d | text/csv | text/csv",
        "?window=7d | application/pdf, text/csv;q=0.5 | application/pdf",
        "?window=7d | application/json;q=0, */*;q=0.1 | text/csv",
        "?format=csv | */* | text/csv",
        "?format=pdf | application/* | application/pdf",
      })
  void formatIsTheOneThatIsAskedFor(String query, String accept, String type) {
    var reply = SERVICE.get(report + query, family.token(), "Accept", accept);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).startsWith(type);
    assertThat(String.join(",", reply.response().headers().allValues("Vary")).split(",", -1))
        .anyMatch("accept"::equalsIgnoreCase);
  }

  @Test
  void formatThatIsNotAcceptedIsNotMade() {
    SERVICE.get(report + "?format=pdf", family.token(), "Accept", "text/csv").problem(406);
    SERVICE.get(report, family.token(), "Accept", "image/png").problem(406);
    var export = "/api/v1/children/" + family.child() + "/export";
    SERVICE.get(export, family.token(), "Accept", "application/pdf").problem(406);
  }
}
