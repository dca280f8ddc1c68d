package org.smileadventure.ingest.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.smileadventure.common.fixture.CanaryChild;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks for a child in all of a database. */
final class Traces {
  /** Where the number of an erased child stays; the catalogue says why. */
  private static final Set<String> NUMBER_STAYS =
      Set.of("audit_log", "erasures", "revocations", "pending_invalidation");

  private final JdbcClient db;

  Traces(JdbcClient db) {
    this.db = db;
  }

  /** The tables in which there is something of it, by a text of it or its number. */
  Set<String> of(CanaryChild child) {
    var found = new TreeSet<String>();
    for (var table : tables()) {
      if (has(table, child.canary())
          || (!NUMBER_STAYS.contains(table) && has(table, child.id().toString()))) {
        found.add(table);
      }
    }
    return found;
  }

  /** Bytes are shown in hexadecimal. */
  private boolean has(String table, String text) {
    return db.sql(
            """
            SELECT EXISTS (SELECT FROM %s t WHERE position(lower(:text) IN lower(t::text)) > 0
                              OR position(:hex IN t::text) > 0)
            """
                .formatted(table))
        .param("text", text)
        .param("hex", HexFormat.of().formatHex(text.getBytes(UTF_8)))
        .query(Boolean.class)
        .single();
  }

  private List<String> tables() {
    return new ArrayList<>(
        db.sql(
                """
                SELECT c.oid::regclass::text FROM pg_class c
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                """)
            .query((row, _) -> row.getString(1))
            .list());
  }
}
