package org.smileadventure.batch.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a record store has of children whose guardians consent, and of others. */
@RealServers
class StatementsJobTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String RECORD_STORE = "record_store";
  private static final String PLAY = "play_analytics";
  private static final String CANARY = "Qvintessa";

  @AutoClose private static RecordStoreServer store;
  @AutoClose private static RecordStoreProxy proxy;
  @AutoClose private static ServiceUnderTest service;
  private static String url;
  private static JdbcClient jdbc;
  private static PlayingChildren children;

  @BeforeAll
  static void start() {
    store = RecordStoreServer.start();
    proxy = new RecordStoreProxy(store.url());
    url = MigratedDatabase.newUrl();
    jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));
    children = new PlayingChildren(jdbc);
    service =
        new ServiceUnderTest(
            url,
            "smile.record-store.url=" + proxy.url(),
            "smile.record-store.retry-after=50ms",
            "smile.record-store.user=smile",
            "smile.record-store.password=secret",
            "smile.record-store.send-every=1d",
            "smile.statements.home-page=" + PlayingChildren.HOME_PAGE,
            // All children are in one chunk.
            "smile.batch.partitions=1");
    // It looks for something to send as soon as it is there, and then in a day.
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                count(
                        "SELECT count(*) FROM scheduled_tasks WHERE NOT picked AND last_success IS NOT NULL")
                    == 1);
  }

  /** What a test has left to be sent is none of the next one's. */
  @AfterEach
  void sendTheRest() {
    proxy.letAllPass();
    service.run("statements", Map.of());
  }

  @Test
  void allThatConsentingChildrenPlayIsSentAndNothingOfOthers() {
    var sam = children.childToSend();
    var kim = children.child();
    var events = children.plays(sam);
    children.plays(kim);

    run("nightly");
    run("statements");

    assertStored(sam, events);
    assertThat(notes(sam)).containsExactly(note(events.size()));
    assertThat(stored(kim)).isEmpty();
    assertThat(notes(kim)).isEmpty();
    assertThat(proxy.requests())
        .extracting(RecordStoreProxy.Request::authorization)
        .containsOnly("Basic c21pbGU6c2VjcmV0");
  }

  @Test
  void nothingIsSentOfAChildThatMustNotBeComputedUntilItMay() {
    var withdrawn = children.childToSend();
    var restricted = children.childToSend();
    var ofWithdrawn = children.plays(withdrawn);
    var ofRestricted = children.plays(restricted);
    run("nightly");
    children.consent(withdrawn, PLAY, false);
    children.restrict(restricted, true);

    run("statements");
    assertThat(proxy.sent(withdrawn)).isEmpty();
    assertThat(proxy.sent(restricted)).isEmpty();

    children.consent(withdrawn, PLAY, true);
    children.restrict(restricted, false);
    run("statements");
    assertStored(withdrawn, ofWithdrawn);
    assertStored(restricted, ofRestricted);
  }

  @Test
  void secondRunSendsNothing() {
    var sam = children.childToSend();
    var events = children.plays(sam);
    run("nightly");
    run("statements");
    var requests = proxy.requests();
    var notes = notes(sam);

    run("nightly");
    run("statements");

    assertThat(proxy.requests()).isEqualTo(requests);
    assertThat(notes(sam)).isEqualTo(notes);
    assertStored(sam, events);
  }

  /** Of its month; a writer may have taken its time between the moment it noted and its commit. */
  @Test
  void lateEventIsSentInTheNextRunWithWhatCameInTheHourBeforeTheLast() {
    var sam = children.childToSend();
    var start = PlayingChildren.recently();
    var old = children.store(PlayingChildren.session(sam, start));
    var recent = children.store(PlayingChildren.session(sam, start));
    received(old, Duration.ofHours(3));
    received(recent, Duration.ofMinutes(10));
    run("nightly");
    run("statements");
    var before = proxy.sent(sam).size();

    var late =
        List.of(
            new SessionEvent(
                old.getFirst().sessionId(),
                sam,
                old.size() + 1,
                old.getLast().occurredAt().plusSeconds(1),
                new Payload.InteractionRecorded("late", Payload.Outcome.CORRECT, 900, false)));
    children.store(late);
    run("nightly");
    run("statements");

    var sent = proxy.sent(sam);
    assertThat(sent.subList(before, sent.size()))
        .containsExactlyInAnyOrderElementsOf(PlayingChildren.ids(both(recent, late)));
    assertStored(sam, both(both(old, recent), late));
  }

  @Test
  void eventThatCameBetweenTheNightAndTheRunIsSentByTheNextOneAtTheLatest() {
    var sam = children.childToSend();
    var before = children.plays(sam);
    run("nightly");
    jdbc.sql(
            "UPDATE statement_months SET marked_at = now() - interval '5 hours' WHERE child_id = ?")
        .param(sam.value())
        .update();
    run("statements");
    var meanwhile = children.store(PlayingChildren.session(sam, PlayingChildren.recently()));
    received(meanwhile, Duration.ofHours(3));

    run("nightly");
    run("statements");

    assertStored(sam, both(before, meanwhile));
  }

  /** More rows than are read at once. */
  @Test
  void sessionsInManyPartsAreSentInTheirOrder() {
    var sam = children.childToSend();
    var start = PlayingChildren.recently();
    var events =
        both(
            children.storeInManyRows(eightyEvents(sam, start)),
            children.storeInManyRows(eightyEvents(sam, start.plusSeconds(120))));
    run("nightly");
    run("statements");

    assertThat(proxy.sent(sam)).isEqualTo(PlayingChildren.ids(events));
    assertStored(sam, events);
  }

  private static List<SessionEvent> eightyEvents(ChildId child, Instant start) {
    return Play.by(child, start).interactions(78, Payload.Outcome.CORRECT).completed(60).events();
  }

  @Test
  void nothingMoreIsSentOnceConsentIsWithdrawnAndAllWhenItIsGivenAgain() {
    var sam = children.childToSend();
    var before = children.plays(sam);
    run("nightly");
    run("statements");
    var sent = proxy.sent(sam);

    children.consent(sam, RECORD_STORE, false);
    var meanwhile = children.plays(sam);
    run("nightly");
    run("statements");
    assertThat(proxy.sent(sam)).isEqualTo(sent);
    assertStored(sam, before);

    children.consent(sam, RECORD_STORE, true);
    run("statements");
    assertStored(sam, both(before, meanwhile));
  }

  @Test
  void consentCountsForWhatWasPlayedBefore() {
    var sam = children.child();
    var events =
        both(children.plays(sam, Instant.now().minus(Duration.ofDays(40))), children.plays(sam));
    run("nightly");
    run("statements");
    assertThat(stored(sam)).isEmpty();

    children.consent(sam, RECORD_STORE, true);
    run("statements");
    assertStored(sam, events);
    assertThat(notes(sam)).as("one for each month").hasSize(2);
  }

  /** Who gives it does not know until when what was received was in the months that are there. */
  @Test
  void allIsSentOnceMoreWithTheFirstChangeAfterAConsentToWhatWasPlayedBefore() {
    var sam = children.child();
    var start = PlayingChildren.recently();
    var old = children.store(PlayingChildren.session(sam, start));
    received(old, Duration.ofHours(3));
    run("nightly");
    children.consent(sam, RECORD_STORE, true);
    run("statements");
    assertThat(proxy.sent(sam)).isEqualTo(PlayingChildren.ids(old));

    var first = children.store(PlayingChildren.session(sam, start));
    run("nightly");
    run("statements");
    var sent = proxy.sent(sam);
    assertThat(sent.subList(old.size(), sent.size()))
        .containsExactlyInAnyOrderElementsOf(PlayingChildren.ids(both(old, first)));

    var second = children.store(PlayingChildren.session(sam, start));
    run("nightly");
    run("statements");
    assertThat(proxy.sent(sam).subList(sent.size(), proxy.sent(sam).size()))
        .containsExactlyInAnyOrderElementsOf(PlayingChildren.ids(both(first, second)));
    assertStored(sam, both(both(old, first), second));
  }

  /** Who gives it does not see the month yet, and who folds the month does not see the consent. */
  @Test
  void consentThatIsGivenWhileAMonthIsFoldedIsNotMissed() throws Exception {
    var sam = children.child();
    var events = children.plays(sam);
    stallBeforeCleaning(sam);
    try (var family = Executors.newSingleThreadExecutor();
        var holder = MigratedDatabase.withoutPool(url).getConnection()) {
      execute(holder, "SELECT pg_advisory_lock(4711)");
      var night = service.begin("nightly", Map.of());
      await().atMost(PATIENCE).until(StatementsJobTest::isStalled);
      var word = family.submit(() -> children.consent(sam, RECORD_STORE, true));
      await().atMost(PATIENCE).until(() -> word.isDone() || consentWaits());
      execute(holder, "SELECT pg_advisory_unlock(4711)");
      word.get();
      assertThat(service.ended(night).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    }
    run("statements");
    assertStored(sam, events);
  }

  /** Has whoever has folded a month of the child wait for the lock 4711. */
  private static void stallBeforeCleaning(ChildId child) {
    jdbc.sql(
            """
            CREATE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              PERFORM pg_advisory_xact_lock_shared(4711);
              RETURN old;
            END $$
            """)
        .update();
    jdbc.sql(
            "CREATE TRIGGER stall BEFORE DELETE ON dirty_child_months FOR EACH ROW WHEN (old.child_id = %s) EXECUTE FUNCTION stall()"
                .formatted(child))
        .update();
  }

  private static boolean isStalled() {
    return count("SELECT count(*) FROM pg_locks WHERE NOT granted AND objid = 4711") == 1;
  }

  private static boolean consentWaits() {
    return count(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO consents%'
            """)
        == 1;
  }

  @Test
  void withdrawalWhileRequestsGoLetsNoFurtherOneGo() {
    var sam = children.childToSend();
    var events = children.playsLong(sam, PlayingChildren.recently());
    run("nightly");
    proxy.meanwhile(_ -> children.consent(sam, RECORD_STORE, false));

    run("statements");

    assertThat(proxy.sent(sam)).isEqualTo(PlayingChildren.ids(events).subList(0, 200));
    assertThat(notes(sam)).containsExactly(note(200));
  }

  @Test
  void restrictionWhileRequestsGoLetsNoFurtherOneGoUntilItIsLifted() {
    var sam = children.childToSend();
    var events = children.playsLong(sam, PlayingChildren.recently());
    run("nightly");
    proxy.meanwhile(_ -> children.restrict(sam, true));

    run("statements");
    assertThat(proxy.sent(sam)).hasSize(200);
    assertThat(nothingCountsAsSent(sam)).isTrue();

    proxy.letAllPass();
    children.restrict(sam, false);
    run("statements");
    assertStored(sam, events);
    assertThat(notes(sam)).containsExactly(note(200), note(200), note(52));
  }

  /** Neither a guardian nor a writer: whatever becomes of the request. */
  @Test
  void nobodyWaitsWhileTheStoreDoesNotAnswer() throws Exception {
    var sam = children.childToSend();
    children.playsLong(sam, PlayingChildren.recently());
    run("nightly");
    var arrived = new CountDownLatch(1);
    var answer = new CountDownLatch(1);
    proxy.meanwhile(
        _ -> {
          arrived.countDown();
          waitFor(answer);
        });

    JobExecution sending;
    try (var family = Executors.newSingleThreadExecutor()) {
      try {
        sending = service.begin("statements", Map.of());
        waitFor(arrived);
        var word =
            family.submit(
                () -> {
                  children.rename(sam);
                  children.consent(sam, RECORD_STORE, false);
                });
        assertThat(word).succeedsWithin(Duration.ofSeconds(10));
      } finally {
        answer.countDown();
      }
    }

    assertThat(service.ended(sending).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(proxy.sent(sam)).as("the request that was under way").hasSize(200);
    assertThat(notes(sam)).containsExactly(note(200));
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void statementThatIsRefusedIsLeftOutAloneAndTheRunCompletes() {
    var sam = children.childToSend();
    var kim = children.childToSend();
    var old = children.playsLong(sam, Instant.now().minus(Duration.ofDays(40)));
    var recent = children.plays(sam);
    var ofKim = children.plays(kim);
    var refused = PlayingChildren.ids(old).get(100);
    run("nightly");
    var leftOut = leftOut();
    var refusedBefore = refusedStatements();
    proxy.refuse(request -> request.hasAnyOf(List.of(refused)), 400, CANARY);

    run("statements");

    var taken = new ArrayList<>(PlayingChildren.ids(both(old, recent)));
    taken.remove(refused);
    assertThat(stored(sam)).containsExactlyInAnyOrderElementsOf(taken);
    assertStored(kim, ofKim);
    assertThat(refusedStatements()).isEqualTo(refusedBefore + 1);
    assertThat(leftOut()).isEqualTo(leftOut);
    assertThat(notes(sam)).containsExactly(note(200), note(52), note(recent.size()));

    proxy.letAllPass();
    var requests = proxy.requests();
    run("statements");
    assertThat(proxy.requests()).as("it is not tried again by itself").isEqualTo(requests);
  }

  @Test
  void childWhoseEventsCannotBeReadIsLeftOutAndTheOthersAreSent() {
    var broken = children.childToSend();
    var kim = children.childToSend();
    var ofBroken = children.plays(broken);
    var ofKim = children.plays(kim);
    run("nightly");
    var leftOut = leftOut();
    setEvents(broken, "'x'::bytea || events");
    try {
      run("statements");
    } finally {
      setEvents(broken, "substring(events FROM 2)");
    }

    assertStored(kim, ofKim);
    assertThat(proxy.sent(broken)).isEmpty();
    assertThat(leftOut()).isEqualTo(leftOut + 1);

    run("statements");
    assertStored(broken, ofBroken);
  }

  private static void setEvents(ChildId child, String sql) {
    jdbc.sql("UPDATE session_events SET events = %s WHERE child_id = ?".formatted(sql))
        .param(child.value())
        .update();
  }

  @Test
  void storeThatDoesNotKnowTheSenderFailsTheRunAtOnce() throws Exception {
    var sam = children.childToSend();
    var events = children.plays(sam);
    run("nightly");
    var before = proxy.requests().size();
    proxy.refuse(_ -> true, 401, "");

    var failed = service.run("statements", Map.of());

    assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(failure(failed)).isEqualTo("the record store answers 401");
    assertThat(proxy.requests()).hasSize(before + 1);
    assertThat(nothingCountsAsSent(sam)).isTrue();

    proxy.letAllPass();
    assertThat(service.goOn(failed).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertStored(sam, events);
    assertThat(notes(sam)).containsExactly(note(events.size()), note(events.size()));
  }

  static Stream<Arguments> answersOfOthers() {
    return Stream.of(
        Arguments.of(301, Map.of("Location", store.url() + "/statements"), "", "301"),
        Arguments.of(
            200,
            Map.of("Content-Type", "text/html"),
            "<html>" + CANARY + "</html>",
            "does not answer as one"));
  }

  @ParameterizedTest
  @MethodSource("answersOfOthers")
  void whatIsNoRecordStoreFailsTheRunAndNothingCountsAsSent(
      int status, Map<String, String> headers, String says, String why) throws Exception {
    var sam = children.childToSend();
    var events = children.plays(sam);
    run("nightly");
    var before = proxy.requests().size();
    proxy.answerWith(_ -> true, status, headers, says);

    var failed = service.run("statements", Map.of());

    assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(failure(failed)).startsWith("the record store ").contains(why);
    assertThat(proxy.requests()).hasSize(before + 1);
    assertThat(nothingCountsAsSent(sam)).isTrue();
    assertThat(stored(sam)).isEmpty();
    assertHistoryHasNoCanary();

    proxy.letAllPass();
    assertThat(service.goOn(failed).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertStored(sam, events);
  }

  /** Which may quote a statement. */
  @Test
  void historyHasNoWordsOfTheStore() throws Exception {
    var sam = children.childToSend();
    children.plays(sam);
    run("nightly");
    proxy.refuse(_ -> true, 403, CANARY + " may not be sent");

    var failed = service.run("statements", Map.of());

    assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(failure(failed)).doesNotContain(CANARY);
    assertHistoryHasNoCanary();
  }

  private static void assertHistoryHasNoCanary() {
    assertThat(
            count(
                """
                SELECT (SELECT count(*) FROM batch_step_execution WHERE exit_message LIKE '%Qvintessa%')
                     + (SELECT count(*) FROM batch_job_execution WHERE exit_message LIKE '%Qvintessa%')
                """))
        .isZero();
  }

  @Test
  void monthsThatWereDoneWhenTheStoreWentAwayAreNotSentAgain() {
    var sam = children.childToSend();
    var old = children.plays(sam, Instant.now().minus(Duration.ofDays(40)));
    var recent = children.plays(sam);
    run("nightly");
    var ofRecent = PlayingChildren.ids(recent);
    proxy.refuse(request -> request.hasAnyOf(ofRecent), 404, "");

    var failed = service.run("statements", Map.of());
    assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertStored(sam, old);
    assertThat(notes(sam))
        .as("before the store was asked")
        .containsExactly(note(old.size()), note(recent.size()));

    proxy.letAllPass();
    var before = proxy.sent(sam).size();
    assertThat(service.goOn(failed).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    var sent = proxy.sent(sam);
    assertThat(sent.subList(before, sent.size())).containsExactlyInAnyOrderElementsOf(ofRecent);
    assertStored(sam, both(old, recent));
  }

  @Test
  @Tag("slow")
  void runFailsWhileTheStoreIsAwayAndGoesOnWhenItIsBack() throws Exception {
    var sam = children.childToSend();
    var events = children.plays(sam);
    run("nightly");

    JobExecution failed;
    proxy.leave();
    try {
      failed = service.run("statements", Map.of());
    } finally {
      proxy.comeBack();
    }

    assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(failure(failed)).startsWith("the record store cannot be reached: ");
    assertThat(nothingCountsAsSent(sam)).isTrue();

    assertThat(service.goOn(failed).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertStored(sam, events);
    assertThat(notes(sam)).containsExactly(note(events.size()), note(events.size()));
  }

  @Test
  @Tag("slow")
  void whatWasSentBeforeTheStoreBrokeIsOnRecordAndThereOnce() throws Exception {
    var sam = children.childToSend();
    var events = children.playsLong(sam, PlayingChildren.recently());
    run("nightly");
    var before = proxy.requests().size();
    proxy.refuse(_ -> proxy.requests().size() > before + 1, 503, "");

    var failed = service.run("statements", Map.of());
    assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(failure(failed)).isEqualTo("the record store answers 503");
    assertThat(proxy.requests()).as("one, and five times the next").hasSize(before + 6);
    assertThat(stored(sam)).as("of the first request").hasSize(200);
    assertThat(notes(sam)).containsExactly(note(200), note(52));
    assertThat(nothingCountsAsSent(sam)).isTrue();

    proxy.letAllPass();
    assertThat(service.goOn(failed).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertStored(sam, events);
    assertThat(notes(sam)).containsExactly(note(200), note(52), note(200), note(52));
  }

  @Test
  void withoutAHomePageItDoesNotStart() {
    assertThatThrownBy(() -> new ServiceUnderTest(url, "smile.record-store.url=" + proxy.url()))
        .rootCause()
        .hasMessage(
            "SMILE_STATEMENTS_HOME_PAGE is to be set where there is a record store: two systems"
                + " that send to it must not mean two children by one name");
  }

  private static void run(String job) {
    assertThat(service.run(job, Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
  }

  /** As an admin is told. */
  private static String failure(JobExecution run) throws Exception {
    var answer =
        service.send(
            "GET", "/api/v1/jobs/executions/" + run.getId(), service.tokens().token("admin"));
    return JsonMapper.shared().readTree(answer.body()).path("failure").asString("");
  }

  private static void assertStored(ChildId child, List<SessionEvent> events) {
    assertThat(stored(child)).containsExactlyInAnyOrderElementsOf(PlayingChildren.ids(events));
  }

  /** The ids of all statements that the store has of a child and of its guardian. */
  private static List<UUID> stored(ChildId child) {
    var statements = new ArrayList<JsonNode>();
    for (var name : List.of(child.toString(), child + "/guardian")) {
      statements.addAll(store.statements(PlayingChildren.HOME_PAGE, name));
    }
    return statements.stream()
        .map(statement -> UUID.fromString(statement.path("id").stringValue()))
        .toList();
  }

  /** Whether all of its months are as if nothing of them had been sent. */
  private static boolean nothingCountsAsSent(ChildId child) {
    return jdbc.sql(
            """
            SELECT bool_and(sent_version = 0 AND sent_until = '-infinity')
            FROM statement_months WHERE child_id = ?
            """)
        .param(child.value())
        .query(Boolean.class)
        .single();
  }

  private static String note(int statements) {
    return "to the record store: " + statements;
  }

  /** What is on record of it. */
  private static List<String> notes(ChildId child) {
    return jdbc.sql(
            """
            SELECT detail FROM audit_log
            WHERE action = 'statements_sent' AND actor_role = 'system' AND child = ?
            ORDER BY id
            """)
        .param(child.value())
        .query((row, _) -> row.getString(1))
        .list();
  }

  private static void received(List<SessionEvent> session, Duration ago) {
    jdbc.sql(
            "UPDATE session_events SET received_at = now() - :ago::interval WHERE session_id = :id")
        .param("ago", ago.toString())
        .param("id", session.getFirst().sessionId().value())
        .update();
  }

  private static double leftOut() {
    return service
        .bean(MeterRegistry.class)
        .get("smile.batch.children.left.out")
        .tag("step", "send-statements")
        .counter()
        .count();
  }

  private static double refusedStatements() {
    return service
        .bean(MeterRegistry.class)
        .get("smile.batch.statements.refused")
        .counter()
        .count();
  }

  private static List<SessionEvent> both(List<SessionEvent> some, List<SessionEvent> others) {
    var all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
