package org.smileadventure.query.phase;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.service.SqlFile;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the phases of a child, in transactions to which the child was opened. */
@Component
public class PhaseReader {
  private static final String PHASES = SqlFile.read(PhaseReader.class, "phases.sql");

  private final JdbcClient jdbc;

  PhaseReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those that were noted and those of the profile, in the order of their days. */
  public List<Phase> of(ChildId child) {
    var noted = new ArrayList<Phase>();
    var therapies = new ArrayList<ProfileTherapy>();
    jdbc.sql(PHASES)
        .param("child", child.value())
        .query(
            row -> {
              if (row.getObject("id") != null) {
                noted.add(noted(row));
              } else {
                ProfileTherapy.of(
                        child,
                        row.getObject("day", LocalDate.class),
                        row.getObject("until", LocalDate.class),
                        row.getString("label"))
                    .ifPresent(therapies::add);
              }
            });
    return Stream.concat(noted.stream(), ofProfile(therapies, noted).stream())
        .sorted(Comparator.comparing(Phase::day).thenComparing(Phase::id))
        .toList();
  }

  /** Those that were not noted, each once. */
  private static List<Phase> ofProfile(List<ProfileTherapy> therapies, List<Phase> noted) {
    var phases = new LinkedHashMap<UUID, Phase>();
    for (var therapy : therapies) {
      var onlyOne =
          therapies.stream()
              .filter(other -> other.day().equals(therapy.day()))
              .allMatch(other -> other.phase().id().equals(therapy.phase().id()));
      if (!therapy.isNoted(noted, onlyOne)) {
        var phase = therapy.phase();
        phases.putIfAbsent(phase.id(), phase);
      }
    }
    return List.copyOf(phases.values());
  }

  private static Phase noted(ResultSet row) throws SQLException {
    return new Phase(
        row.getObject("id", UUID.class),
        row.getObject("day", LocalDate.class),
        row.getObject("until", LocalDate.class),
        row.getString("kind"),
        row.getString("label"),
        Phase.NOTED,
        row.getLong("made_by"),
        row.getString("made_as"),
        row.getObject("made_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"));
  }

  /** What is told of a phase that is not there. */
  public static ProblemException notFound(UUID phase) {
    return new ProblemException(
        HttpStatus.NOT_FOUND, "there is no phase " + phase + " of a child that you may see");
  }
}
