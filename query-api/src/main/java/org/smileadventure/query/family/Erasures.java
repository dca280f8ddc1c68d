package org.smileadventure.query.family;

import java.sql.Types;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.family.Certificate.Remainder;
import org.smileadventure.query.security.DocumentSigner;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Erasures: asked for here, carried out by ingest-service, and certified here. */
@Component
class Erasures {
  private static final String CERTIFICATE_TYPE = "smile-erasure+json";

  /** What no setting ends: the servers and their operator decide. */
  private static final List<Remainder> BESIDE =
      List.of(
          new Remainder(
              "disk",
              "write-ahead log",
              null,
              "PostgreSQL writes its files over, or deletes them, as it goes on. One that waits to"
                  + " be written over has old bytes until then."),
          new Remainder(
              "disk",
              "dead rows",
              null,
              "Until PostgreSQL has vacuumed a table, and has written over their place."),
          new Remainder(
              "disk",
              "column statistics",
              null,
              "They may have sample values until PostgreSQL analyses the table again."),
          new Remainder(
              "disk", "logs", null, "Its number, for as long as the operator keeps the logs."),
          new Remainder(
              "disk",
              "backups",
              null,
              "For as long as the operator keeps them. After a restore it is erased again."));

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final ObjectProvider<DocumentSigner> signer;

  Erasures(JdbcClient jdbc, JsonMapper json, ObjectProvider<DocumentSigner> signer) {
    this.jdbc = jdbc;
    this.json = json;
    this.signer = signer;
  }

  /**
   * What came of asking.
   *
   * @param outcome asked, not_found or wrong_name
   */
  record Outcome(String outcome, @Nullable UUID erasure) {}

  /** Asks for a child to be erased; asked again, it is the same erasure. */
  Outcome ask(Viewer viewer, ChildId child, @Nullable String confirmName, @Nullable String reason) {
    return jdbc.sql(
            """
            SELECT outcome, erasure
            FROM ask_erasure(:viewer, :admin, :child, :name, :reason, uuidv7())
            """)
        .param("viewer", viewer.id())
        .param("admin", viewer.admin())
        .param("child", child.value())
        .param("name", confirmName, Types.VARCHAR)
        .param("reason", reason, Types.VARCHAR)
        .query(Outcome.class)
        .single();
  }

  /**
   * How far an erasure is.
   *
   * @param state asked, announced, erased, cleared (cached answers and the quarantine too), or
   *     swept: all is done
   * @param certificate when it is swept
   * @param signature the certificate's JSON within a JWS (RS256) of a key of /api/v1/auth/jwks;
   *     null where this service has no key
   */
  record Erasure(
      UUID id,
      @Nullable Long childId,
      @Nullable Long accountId,
      String state,
      String askedAs,
      Instant askedAt,
      @Nullable String reason,
      @Nullable Certificate certificate,
      @Nullable String signature) {}

  /** As it stands in the database. */
  private record Stored(
      UUID id,
      @Nullable Long child,
      @Nullable Long account,
      String askedAs,
      @Nullable String reason,
      Instant askedAt,
      @Nullable Instant announcedAt,
      @Nullable Instant erasedAt,
      @Nullable Instant clearedAt,
      @Nullable Instant sweptAt,
      @Nullable Map<String, Long> erasedRows,
      @Nullable Map<String, Long> sweptRows,
      @Nullable List<Remainder> remains) {}

  /** Empty if there is none that the viewer may ask about. */
  Optional<Erasure> find(Viewer viewer, UUID id) {
    return jdbc.sql("SELECT erasure_state(:viewer, :admin, :id)")
        .param("viewer", viewer.id())
        .param("admin", viewer.admin())
        .param("id", id)
        .query(String.class)
        .optional()
        .map(document -> erasure(json.readValue(document, Stored.class)));
  }

  private Erasure erasure(Stored stored) {
    var certificate = stored.sweptAt() == null ? null : certificate(stored, stored.sweptAt());
    var signing = signer.getIfAvailable();
    return new Erasure(
        stored.id(),
        stored.child(),
        stored.account(),
        state(stored),
        stored.askedAs(),
        stored.askedAt(),
        stored.reason(),
        certificate,
        certificate == null || signing == null
            ? null
            : signing.sign(CERTIFICATE_TYPE, json.writeValueAsBytes(certificate)));
  }

  private static String state(Stored stored) {
    if (stored.sweptAt() != null) {
      return "swept";
    }
    if (stored.clearedAt() != null) {
      return "cleared";
    }
    if (stored.erasedAt() != null) {
      return "erased";
    }
    return stored.announcedAt() != null ? "announced" : "asked";
  }

  private static Certificate certificate(Stored stored, Instant sweptAt) {
    return new Certificate(
        stored.id(),
        stored.child(),
        stored.account(),
        stored.askedAs(),
        stored.askedAt(),
        stored.announcedAt(),
        stored.erasedAt(),
        stored.clearedAt(),
        sweptAt,
        total(stored.erasedRows(), stored.sweptRows()),
        Stream.concat(
                stored.remains() == null ? Stream.of() : stored.remains().stream(), BESIDE.stream())
            .sorted(Comparator.comparing(Remainder::place).thenComparing(Remainder::name))
            .toList());
  }

  private static SortedMap<String, Long> total(
      @Nullable Map<String, Long> erased, @Nullable Map<String, Long> swept) {
    var total = new TreeMap<String, Long>();
    Stream.of(
            erased == null ? Map.<String, Long>of() : erased,
            swept == null ? Map.<String, Long>of() : swept)
        .forEach(rows -> rows.forEach((table, count) -> total.merge(table, count, Long::sum)));
    return total;
  }
}
