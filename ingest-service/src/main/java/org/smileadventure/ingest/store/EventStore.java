package org.smileadventure.ingest.store;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.DecodedEvent;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fold.Session;
import org.smileadventure.common.fold.SessionFold;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.ActivityRows;
import org.smileadventure.common.store.Fault;
import org.smileadventure.common.store.SessionRows;
import org.smileadventure.common.store.StoredSessions;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts batches of events into the base tables: each batch in one transaction, with the sessions
 * that it starts, ends or changes, and their months marked for the summaries. Storing a batch
 * again, or parts of it in another order, ends in the same rows.
 */
public final class EventStore {
  private static final String LOCK_CHILDREN = SqlFile.read(EventStore.class, "lock-children.sql");
  private static final String STORED = SqlFile.read(EventStore.class, "stored-sessions.sql");

  /** How many events are checked while their children are locked. */
  private static final int CHECKED_TOGETHER = 100;

  private final JdbcTemplate template;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final KeptNowhere keptNowhere;
  private final EventCopy copy;
  private final StoredSessions storedSessions;
  private final SessionRows sessionRows;
  private final ActivityRows activityRows;
  private final OpenSessions open;
  private final TakenPlaces taken;
  private final LateSessions late;
  private final SessionsToday today;

  /**
   * @param maxOpenEvents how many events of open sessions are held in memory
   */
  EventStore(
      JdbcTemplate template,
      TransactionTemplate transaction,
      long maxOpenEvents,
      SessionsToday today) {
    this.template = template;
    this.jdbc = JdbcClient.create(template);
    this.transaction = transaction;
    this.keptNowhere = new KeptNowhere(jdbc);
    this.copy = new EventCopy(template);
    this.storedSessions = new StoredSessions(jdbc);
    this.sessionRows = new SessionRows(jdbc);
    this.activityRows = new ActivityRows(jdbc);
    this.open = new OpenSessions(maxOpenEvents);
    this.taken = new TakenPlaces(jdbc, open);
    this.late = new LateSessions(jdbc, transaction);
    this.today = today;
  }

  /**
   * What became of a batch: how many events were new, which were stored already, and which cannot
   * be stored. Those that are named are the very objects that were given.
   */
  public record Outcome(int stored, List<DecodedEvent> duplicates, List<Refused> refused) {
    static final Outcome NOTHING = new Outcome(0, List.of(), List.of());

    private Outcome plus(Outcome other) {
      return new Outcome(
          stored + other.stored, both(duplicates, other.duplicates), both(refused, other.refused));
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
      return Stream.concat(some.stream(), others.stream()).toList();
    }
  }

  /** An event that cannot be stored, and why. */
  public record Refused(DecodedEvent decoded, Rejection reason, String detail) {}

  /**
   * Stores a batch, in one transaction unless something is wrong with the data: then in halves,
   * down to the event at fault, which is refused alone.
   *
   * @param triedBefore whether this batch has failed some times already: then any failure is taken
   *     for one of the data, but for those that can only be of a server
   * @throws RuntimeException if the database cannot be used; nothing of the batch is lost then if
   *     it is stored again
   */
  public Outcome store(List<DecodedEvent> batch, boolean triedBefore) {
    if (batch.isEmpty()) {
      return Outcome.NOTHING;
    }
    try {
      return storeTogether(batch);
    } catch (RuntimeException e) {
      if (!Fault.isOfTheData(e) && (!triedBefore || Fault.isOfAServer(e))) {
        throw e;
      }
      if (batch.size() == 1) {
        return new Outcome(
            0,
            List.of(),
            List.of(
                new Refused(
                    batch.getFirst(), Rejection.REFUSED_BY_DATABASE, Fault.description(e))));
      }
      var middle = batch.size() / 2;
      return store(batch.subList(0, middle), triedBefore)
          .plus(store(batch.subList(middle, batch.size()), triedBefore));
    }
  }

  /**
   * What would become of a batch if it were stored now; failures that are of the data are taken for
   * that at once. It is stored, by a store that nobody else has, in transactions that are rolled
   * back, of a hundred events each. So the children of these are locked meanwhile, and those of one
   * transaction see nothing of another one.
   *
   * @throws RuntimeException if the database cannot be used
   */
  public Outcome check(List<DecodedEvent> batch) {
    var outcome = Outcome.NOTHING;
    for (int from = 0; from < batch.size(); from += CHECKED_TOGETHER) {
      var to = Math.min(from + CHECKED_TOGETHER, batch.size());
      outcome = outcome.plus(checkTogether(batch.subList(from, to)));
    }
    return outcome;
  }

  private Outcome checkTogether(List<DecodedEvent> batch) {
    return requireNonNull(
        transaction.execute(
            all -> {
              all.setRollbackOnly();
              // All at once: the halves of a batch would lock them in another order than others do.
              lockChildren(batch);
              var parts =
                  new TransactionTemplate(requireNonNull(transaction.getTransactionManager()));
              parts.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
              return new EventStore(template, parts, 0, today.trial()).store(batch, true);
            }));
  }

  private Outcome storeTogether(List<DecodedEvent> batch) {
    var afterwards = new ArrayList<Runnable>();
    var outcome = requireNonNull(transaction.execute(_ -> storeNew(batch, afterwards)));
    afterwards.forEach(Runnable::run);
    return outcome;
  }

  /**
   * Stores what is new of a batch.
   *
   * @param afterwards where to put what is to be done when all is committed
   */
  private Outcome storeNew(List<DecodedEvent> batch, List<Runnable> afterwards) {
    var children = lockChildren(batch);
    var sessions = new BatchSessions(batch);
    readStored(sessions);
    admit(sessions, children, afterwards);
    var refused = new ArrayList<Refused>();
    for (var decoded : batch) {
      var refusal = refusal(decoded, sessions, children);
      if (refusal == null) {
        sessions.of(decoded.event()).add(decoded);
      } else {
        refused.add(refusal);
      }
    }
    var changed = new ArrayList<NewEvents>();
    var fresh = new ArrayList<SessionEvent>(batch.size());
    var stored = 0;
    for (var session : sessions.all()) {
      session.dropWhatIsStored();
      if (!session.events().isEmpty()) {
        changed.add(session);
        stored += session.events().size();
        if (!children.isRestricted(session.child())) {
          session.events().forEach(decoded -> fresh.add(decoded.event()));
        }
      }
    }
    var again = taken.compare(sessions.all());
    refused.addAll(again.divergent());
    copy.append(changed);
    sessionRows.write(computed(changed, children, afterwards));
    activityRows.write(fresh, children.zones());
    return new Outcome(stored, again.same(), refused);
  }

  private BatchChildren lockChildren(List<DecodedEvent> batch) {
    var children = new BatchChildren(batch);
    jdbc.sql(LOCK_CHILDREN).param("child_ids", children.ids()).query(children::isKnown);
    children.areKeptNowhere(keptNowhere.among(children.others()));
    return children;
  }

  private void readStored(BatchSessions sessions) {
    jdbc.sql(STORED)
        .param("session_ids", sessions.ids().stream().map(SessionId::value).toArray(UUID[]::new))
        .query(sessions::isStored);
  }

  private void admit(BatchSessions sessions, BatchChildren children, List<Runnable> afterwards) {
    var begun = today.batch();
    for (var session : sessions.all()) {
      if (session.stored().count() == 0
          && children.has(session.child())
          && !begun.mayBegin(session.child())) {
        session.refuse();
      }
    }
    afterwards.add(begun::committed);
  }

  /** What is wrong with an event, null if nothing is. */
  private static @Nullable Refused refusal(
      DecodedEvent decoded, BatchSessions sessions, BatchChildren children) {
    var event = decoded.event();
    var keptNowhere = children.keptNowhere(event.childId());
    if (keptNowhere != null) {
      return new Refused(
          decoded,
          keptNowhere,
          keptNowhere == Rejection.ERASED_CHILD
              ? "childId: all about this child was erased"
              : "childId: nobody consented to keeping what this child plays");
    }
    if (sessions.isForgotten(event.sessionId())) {
      return new Refused(
          decoded,
          Rejection.FORGOTTEN_SESSION,
          "sessionId is older than the events that are kept; check the device's clock");
    }
    if (!children.has(event.childId())) {
      return new Refused(decoded, Rejection.UNKNOWN_CHILD, "childId is of no child that is known");
    }
    if (!sessions.isOfItsChild(event)) {
      return new Refused(
          decoded, Rejection.FOREIGN_SESSION, "sessionId is that of a session of another child");
    }
    return sessions.of(event).isRefused()
        ? new Refused(
            decoded,
            Rejection.TOO_MANY_SESSIONS,
            "childId: more sessions of this child have begun today than one can play")
        : null;
  }

  /**
   * The rows of those sessions that have started or ended, or had ended before; and of those whose
   * start is missing, as any event may be the first of them. Those of restricted children wait.
   */
  private List<Session> computed(
      List<NewEvents> changed, BatchChildren children, List<Runnable> afterwards) {
    var rows = new ArrayList<Session>();
    var unknown = new ArrayList<SessionId>();
    for (var session : changed) {
      if (children.isRestricted(session.child())) {
        late.add(session);
        afterwards.add(() -> open.drop(session.id()));
        continue;
      }
      var before = open.events(session.id(), session.child(), session.stored().count());
      var all = session.stored().hasEnded() || before == null ? null : session.after(before);
      var isDue =
          session.stored().hasEnded()
              || !session.stored().hasStarted()
              || session.has(EventType.SESSION_STARTED)
              || session.has(EventType.SESSION_ENDED);
      if (all == null) {
        if (isDue && late.canWait(session)) {
          late.add(session);
        } else if (isDue) {
          unknown.add(session.id());
        }
        afterwards.add(() -> open.drop(session.id()));
      } else {
        if (isDue) {
          SessionFold.of(all, null, children.zone(session.child()), false).ifPresent(rows::add);
        }
        afterwards.add(() -> open.keep(session.id(), all));
      }
    }
    for (var session : storedSessions.read(unknown)) {
      // Another child's session of the same id is none of this batch: its child is not locked.
      if (children.has(session.child()) && !children.isRestricted(session.child())) {
        session.computed().ifPresent(rows::add);
        afterwards.add(() -> open.keep(session.id(), session.events()));
      }
    }
    return rows;
  }
}
