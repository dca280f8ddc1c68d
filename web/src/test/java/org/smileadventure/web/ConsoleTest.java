package org.smileadventure.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Browsing;
import org.smileadventure.web.fixture.Browsing.Look;
import org.smileadventure.web.fixture.Site;
import org.smileadventure.web.fixture.Story;

/** The console, with all services behind it. All of it is here, so that they start once. */
@RealServers
@Tag("slow")
class ConsoleTest {
  private static final Site SITE = Site.shared();
  private static final String EVENTS = "game-session-events";
  private static final ChildId NOBODY = new ChildId(999_999_999);
  private static final Duration LONGEST = Duration.ofSeconds(40);

  /** The form that sends records again. */
  private static final String SENDING = ".ask:has(form[action$='/replays'])";

  private static final Set<String> DENSEST =
      Set.of(
          "operations",
          "operations-quarantine",
          "operations-run",
          "operations-assignments",
          "operations-find");

  /** Set aside: three of a child that there is not, and one that is no event. */
  private static final int SET_ASIDE = 4;

  private static Site.Person admin;
  private static ChildId child;
  private static String session;

  @BeforeAll
  static void startAndSendSomeEvents() {
    SITE.startOthers();
    admin = SITE.person("admin");
    child = SITE.child(SITE.person("parent"), "Sam");
    Story.threeSessions(SITE, child);
    var play = Play.by(child, Instant.now().minusSeconds(600)).completed(80);
    session = play.session().toString();
    var lost = Play.by(NOBODY, Instant.now().minusSeconds(600)).help().help().events();
    send(play.events());
    send(lost.subList(0, SET_ASIDE - 1));
    sendRecords(
        List.of(new ProducerRecord<>(EVENTS, "1".getBytes(UTF_8), "no event".getBytes(UTF_8))));
    await()
        .atMost(LONGEST)
        .until(() -> count("SELECT count(*) FROM game_sessions WHERE id = '" + session + "'") == 1);
  }

  @AfterAll
  static void stop() {
    SITE.stopOthers();
  }

  @Test
  void adminSeesFirstWhetherThePromisesAreKept() {
    try (var browsing = Browsing.start()) {
      var page = browsing.logIn(admin).page();

      assertThat(page.url()).endsWith("/operations");
      assertThat(page.locator("#now .card h2").allTextContents())
          .startsWith(
              "An event is soon in the answers",
              "Answers are fast",
              "The night’s work is done in time",
              "Nothing set aside goes unseen");
      assertThat(page.locator("tbody td .sure").allInnerTexts()).hasSize(3).containsOnly("Answers");
      assertThat(page.locator("nav a[href='/operations']").count()).isPositive();
      assertThat(page.locator("#now").getAttribute("hx-trigger")).isEqualTo("every 10s");
      page.locator("text=Hold it still").click();
      assertThat(page.locator("#now").getAttribute("hx-trigger")).isNull();

      browsing.go("/operations/ingest");
      assertThat(page.locator("tbody tr").count()).isEqualTo(12);
      browsing.go("/operations/instances");
      assertThat(page.locator("tbody th").allTextContents())
          .contains("query-api", "ingest-service", "analytics-batch", "web");
      browsing.go("/operations/data");
      assertThat(page.locator("tbody th").allTextContents()).contains("game_sessions");

      browsing
          .context()
          .clearCookies(new BrowserContext.ClearCookiesOptions().setName("__Host-session"));
      assertThat(
              page.evaluate(
                  """
                  () => fetch('/operations', {headers: {'HX-Request': 'true'}})
                    .then(answer => answer.status + ' ' + answer.headers.get('HX-Refresh'))
                  """))
          .isEqualTo("401 true");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"parent", "professional"})
  void isForAdminsOnly(String role) {
    try (var browsing = Browsing.withoutJavaScript()) {
      browsing.logIn(SITE.person(role));
      for (var path : new String[] {"", "/quarantine", "/runs/1", "/people", "/find"}) {
        browsing.go("/operations" + path);
        assertThat(browsing.page().locator("h1").textContent())
            .isEqualTo("This is not for your account");
      }
    }
  }

  @Test
  void jobIsStartedOnceAndSeenToItsEndWithoutJavaScript() {
    try (var browsing = Browsing.withoutJavaScript()) {
      var page = browsing.logIn(admin).go("/operations/jobs/backfill").page();
      page.locator("summary").first().press("Enter");
      page.locator("#start-children").fill("Sam");
      submit(page, ".ask");
      assertThat(page.locator("#start-children-error").textContent()).contains("commas");
      page.locator("#start-children").fill(child.toString());
      submit(page, ".ask");
      assertThat(page.locator("main .done").textContent()).isEqualTo("The run was started.");
      awaitState(page, "Done");
      assertThat(page.locator("tbody").textContent()).contains("done");
      var run = page.url();

      browsing.go("/operations/jobs/backfill?status=COMPLETED&from=2026-01-01");
      assertThat(page.locator("tbody a").first().getAttribute("href"))
          .isEqualTo(run.replaceFirst(".*(/operations/.*)", "$1"));
      browsing.go("/operations/jobs/backfill?status=FAILED");
      assertThat(page.locator("main").textContent()).contains("There is no such run.");
      browsing.go("/operations/jobs/backfill?from=yesterday");
      assertThat(page.locator("#from-error").textContent()).contains("choose a day");
    }
  }

  @Test
  void runIsStoppedGoesOnAndIsGivenUp() throws SQLException {
    try (var browsing = Browsing.withoutJavaScript()) {
      var page = browsing.logIn(admin).page();
      holdingSummaries(
          () -> {
            start(browsing, "backfill");
            awaitState(page, "Goes on");
            submit(page, ".ask:has(form[action$='/stop'])");
            assertThat(page.locator("main .done").textContent()).contains("told to stop");
          });
      awaitState(page, "Stopped");

      submit(page, ".ask:has(form[action$='/restart'])");
      assertThat(page.locator("main .done").textContent()).isEqualTo("The run goes on.");
      awaitState(page, "Done");

      holdingSummaries(
          () -> {
            start(browsing, "backfill");
            awaitState(page, "Goes on");
            submit(page, ".ask:has(form[action$='/abandon'])");
            assertThat(page.locator("[role=alert]").textContent()).contains("Look at its state");
            submit(page, ".ask:has(form[action$='/stop'])");
          });
      awaitState(page, "Stopped");
      submit(page, ".ask:has(form[action$='/abandon'])");
      awaitState(page, "Given up");
      assertThat(page.locator(".ask").count()).isZero();
    }
  }

  @Test
  void formThatIsSentTwiceStartsOneRun() {
    try (var browsing = Browsing.start()) {
      var page = browsing.logIn(admin).go("/operations/jobs/partitions").page();
      var before = runs("partitions");
      page.evaluate(
          """
          () => {
            const form = document.querySelector('.ask form');
            const send = () => fetch(form.action, {
              method: 'POST', body: new URLSearchParams(new FormData(form))});
            return Promise.all([send(), send()]).then(all => all.map(one => one.url));
          }
          """);
      assertThat(runs("partitions")).isEqualTo(before + 1);
    }
  }

  @Test
  void recordIsLookedAtTriedOutAndSentAgain() {
    try (var browsing = Browsing.withoutJavaScript()) {
      var page = browsing.logIn(admin).page();
      await()
          .atMost(LONGEST)
          .until(
              () -> {
                browsing.go("/operations/quarantine");
                return page.locator("#try-unknown_child").count() == 1
                    && page.locator("#try-malformed").count() == 1;
              });

      page.locator("#list-malformed").press("Enter");
      page.locator("tbody a").first().press("Enter");
      assertThat(page.locator(".note").textContent()).contains("put on record");
      assertThat(page.locator("#value").count()).isZero();
      page.locator("main .button").press("Enter");
      assertThat(page.locator("#value").inputValue()).isEqualTo("no event");
      submit(page, ".ask");
      assertThat(page.locator("main .done").textContent()).isEqualTo("It was sent again.");

      browsing.go("/operations/quarantine");
      page.locator("#try-unknown_child").press("Enter");
      assertThat(page.locator("tbody").first().textContent())
          .contains("It would be set aside again: There is no such child", "3");

      page.locator(SENDING + " summary").press("Enter");
      page.locator("#most").fill("many");
      submit(page, SENDING);
      assertThat(page.locator("#most-error").textContent()).contains("100,000");
      page.locator("#most").fill("2");
      page.locator("#per_second").fill("1000");
      submit(page, SENDING);
      assertThat(page.locator("main .done").textContent()).contains("being sent again");
      await()
          .atMost(LONGEST)
          .until(
              () -> {
                page.reload();
                return page.locator("#replay .standing-kept").count() == 1;
              });
      assertThat(page.locator("progress").getAttribute("value")).isEqualTo("2");
      assertThat(page.locator(".ask").count()).isZero();

      browsing.go("/operations/quarantine");
      assertThat(page.locator("#counts .sure").textContent()).contains("new");
      submit(page, ".ask:has(form[action$='/seen'])");
      assertThat(page.locator("main .done").textContent()).isEqualTo("They are marked as seen.");
    }
  }

  @Test
  void replayIsStopped() {
    try (var browsing = Browsing.withoutJavaScript()) {
      var play = Play.by(NOBODY, Instant.now().minusSeconds(900));
      for (int help = 0; help < 30; help++) {
        play.help();
      }
      send(play.events());
      var page = browsing.logIn(admin).page();
      await()
          .atMost(LONGEST)
          .until(
              () -> {
                browsing.go("/operations/quarantine/check?reason=unknown_child");
                return page.locator("#outcomes").count() == 1
                    && page.locator("tbody").first().textContent().matches("(?s).*[3-9][0-9].*");
              });
      page.locator(".ask summary").press("Enter");
      page.locator("#per_second").fill("1");
      submit(page, ".ask");
      submit(page, ".ask:has(form[action$='/stop'])");
      assertThat(page.locator("main .done").textContent()).contains("told to stop");
      await()
          .atMost(LONGEST)
          .until(
              () -> {
                page.reload();
                return page.locator("#replay").textContent().contains("Stopped");
              });
    }
  }

  @Test
  void eventIsFoundPlaceByPlace() {
    try (var browsing = Browsing.withoutJavaScript()) {
      var page = browsing.logIn(admin).go("/operations/find").page();
      page.locator("#id").fill(session + "/1");
      submit(page, "main");

      assertThat(page.locator(".step").allTextContents())
          .hasSize(5)
          .anyMatch(step -> step.contains("Ingest has taken it"))
          .anyMatch(step -> step.contains("It was not set aside."))
          .anyMatch(step -> step.contains("This event is among them."))
          .anyMatch(step -> step.contains("Completed"))
          .anyMatch(step -> step.contains("Answers have it."));
      page.locator("#id").fill(UUID.randomUUID().toString());
      submit(page, "main");
      assertThat(page.locator(".says").textContent()).contains("none of these places");
    }
  }

  @Test
  void personIsLockedOutAndLetInAgain() {
    var parent = SITE.person("parent");
    try (var browsing = Browsing.withoutJavaScript()) {
      var page = browsing.logIn(admin).go("/operations/people").page();
      assertThat(page.locator("tbody").count()).isZero();
      page.locator("#email").fill(parent.email());
      submit(page, "main");
      page.locator("tbody a").press("Enter");
      submit(page, ".ask:has(input[value=suspended])");
      assertThat(page.locator("main .done").textContent()).isEqualTo("The account is locked.");
      assertThat(page.locator(".says").textContent()).isEqualTo("Locked");
      submit(page, ".ask:has(input[value=active])");
      assertThat(page.locator(".says").textContent()).isEqualTo("In use");

      browsing.go("/operations/people/" + admin.id());
      assertThat(page.locator(".ask").count()).isZero();
      assertThat(page.locator(".note").textContent()).contains("your own account");
    }
  }

  @Test
  void childIsAssignedAndTheAssignmentEnds() {
    var professional = SITE.person("professional");
    try (var browsing = Browsing.withoutJavaScript()) {
      var page = browsing.logIn(admin).go("/operations/assignments").page();
      page.locator("summary").press("Enter");
      page.locator("#child_id").fill("Sam");
      page.locator("#professional_id").fill(String.valueOf(professional.id()));
      submit(page, ".ask");
      assertThat(page.locator("#child_id-error").textContent()).contains("no child");
      page.locator("#child_id").fill(child.toString());
      page.locator("#until").fill("2020-01-01T10:00");
      submit(page, ".ask");
      assertThat(page.locator("#until-error").textContent()).contains("leave it empty");
      page.locator("#until").fill("");
      submit(page, ".ask");
      assertThat(page.locator("main .done").textContent()).isEqualTo("The child is assigned.");

      submit(page, ".entries .ask");
      assertThat(page.locator("main .done").textContent()).isEqualTo("The assignment has ended.");
    }
  }

  @Test
  void whatIsAwayOrNotConnectedIsToldInItsPlace() {
    var nobody = Map.of("SMILE_BATCH_URL", "http://127.0.0.1:1");
    try (var pages = Site.pagesAsking(SITE.query(), nobody);
        var browsing = Browsing.start()) {
      browsing.go(pages.uri(), "/login").typeLogin(admin);
      var page = browsing.page();
      page.waitForURL("**/operations");

      assertThat(page.locator("#now .card h2").count()).isEqualTo(5);
      assertThat(page.locator("tbody td .sure").allInnerTexts())
          .containsExactly("Answers", "Not connected", "Does not answer");
      for (var path : new String[] {"ingest", "quarantine", "find?id=" + session}) {
        assertThat(
                browsing
                    .go(pages.uri(), "/operations/" + path)
                    .page()
                    .locator(".note")
                    .first()
                    .textContent())
            .contains("ingest-service is not connected");
      }
      for (var path : new String[] {"jobs", "jobs/nightly", "runs/1"}) {
        assertThat(
                browsing
                    .go(pages.uri(), "/operations/" + path)
                    .page()
                    .locator(".note")
                    .first()
                    .textContent())
            .contains("analytics-batch does not answer now");
      }
      browsing.go(pages.uri(), "/operations/data");
      assertThat(page.locator("tbody tr").count()).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everyPageCanBeReadByEverybody(String language) {
    try (var browsing = Browsing.start(new Look(language, 320), true)) {
      // The language is kept for the account.
      browsing.logIn(SITE.person("admin")).choose(language);
      var pages = pages();
      // The others are made of the same parts, which axe has seen in English.
      if (!language.equals("en")) {
        pages.keySet().retainAll(DENSEST);
      }
      Tour.check(browsing, language, pages);
    }
  }

  static Stream<String> languages() {
    return Tour.ALL ? Stream.of("en", "it", "en-XA", "ar-XB") : Stream.of("en");
  }

  private static Map<String, String> pages() {
    var run =
        SITE.db()
            .sql(
                "SELECT max(job_execution_id) FROM batch_job_execution e JOIN batch_job_instance i"
                    + " USING (job_instance_id) WHERE i.job_name = 'backfill'")
            .query(Long.class)
            .optional();
    var pages =
        new LinkedHashMap<>(
            Map.ofEntries(
                entry("operations", "/operations"),
                entry("operations-ingest", "/operations/ingest"),
                entry("operations-quarantine", "/operations/quarantine"),
                entry("operations-check", "/operations/quarantine/check?reason=unknown_child"),
                entry("operations-record", "/operations/quarantine/0?look=true"),
                entry("operations-jobs", "/operations/jobs"),
                entry("operations-job", "/operations/jobs/backfill"),
                entry("operations-data", "/operations/data"),
                entry("operations-person", "/operations/people/" + admin.id()),
                entry("operations-assignments", "/operations/assignments?child_id=" + child),
                entry("operations-find", "/operations/find?id=" + session)));
    run.ifPresent(id -> pages.put("operations-run", "/operations/runs/" + id + "?hold=true"));
    return pages;
  }

  private static void start(Browsing browsing, String job) {
    browsing.go("/operations/jobs/" + job);
    submit(browsing.page(), ".ask");
  }

  private static void awaitState(Page page, String state) {
    await()
        .atMost(LONGEST)
        .until(
            () -> {
              page.reload();
              return page.locator("#state").innerText().strip().equals(state);
            });
  }

  /** Opens what has to be opened, and presses the button. */
  private static void submit(Page page, String within) {
    var part = page.locator(within).first();
    var summary = part.locator("summary");
    if (summary.count() == 1 && part.getAttribute("open") == null) {
      summary.press("Enter");
    }
    part.locator("form:not(.language) button").first().press("Enter");
  }

  /** While nobody gets at the summaries, a run goes on. */
  private static void holdingSummaries(Runnable meanwhile) throws SQLException {
    try (var connection = DriverManager.getConnection(SITE.databaseUrl())) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("LOCK TABLE child_month_summary IN ACCESS EXCLUSIVE MODE");
        meanwhile.run();
      } finally {
        connection.rollback();
      }
    }
  }

  private static long runs(String job) {
    return count("SELECT count(*) FROM batch_job_instance WHERE job_name = '" + job + "'");
  }

  private static long count(String sql) {
    return SITE.db().sql(sql).query(Long.class).single();
  }

  private static void send(List<SessionEvent> events) {
    var codec = new EventCodec(InstantSource.system());
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
    for (var event : events) {
      var encoded = codec.encode(EVENTS, event);
      records.add(
          new ProducerRecord<>(
              EVENTS, null, encoded.key().getBytes(UTF_8), encoded.value(), encoded.headers()));
    }
    sendRecords(records);
  }

  private static void sendRecords(List<ProducerRecord<byte[], byte[]>> records) {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", LocalStack.shared().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (var sent : records.stream().map(producer::send).toList()) {
        sent.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("Kafka takes no event", e);
    }
  }
}
