package org.smileadventure.query.command;

import org.flywaydb.core.Flyway;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code migrate}: brings the schema to what this version knows. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = "Brings the database's schema to what this version knows, and ends.")
final class Migrate implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli does
  private CommandSpec command;

  @Override
  public void run() {
    var result = OwnersDatabase.use(Flyway::migrate);
    Commands.out(command)
        .println(
            "the schema is at version %s, after %d migrations"
                .formatted(result.targetSchemaVersion, result.migrationsExecuted));
  }
}
