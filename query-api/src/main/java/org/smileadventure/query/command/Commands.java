package org.smileadventure.query.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintWriter;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * What the service's jar does in the place of serving, on its command line: each ends when it is
 * done. They connect with the login that owns the tables.
 */
@Command(
    name = "query-api",
    description = "Without a command it serves.",
    mixinStandardHelpOptions = true,
    subcommands = {Migrate.class, Admin.class})
public final class Commands {
  private static final List<String> NAMES = List.of("migrate", "admin", "--help", "-h");

  Commands() {}

  /** Whether the arguments name a command. */
  public static boolean areIn(String... arguments) {
    return arguments.length > 0 && NAMES.contains(arguments[0]);
  }

  /** Does what the arguments say; returns the exit code. */
  public static int run(String... arguments) {
    // What libraries say as they start is nothing that was asked for.
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    var line = new CommandLine(new Commands());
    line.setExecutionExceptionHandler(
        (failure, command, _) -> {
          // The message alone: what a driver says besides may have a value in it.
          command.getErr().println("query-api: " + reason(failure));
          return 1;
        });
    return line.execute(arguments);
  }

  private static String reason(Throwable failure) {
    var cause = NestedExceptionUtils.getMostSpecificCause(failure);
    return cause instanceof CommandFailure said ? said.getMessage() : cause.toString();
  }

  static PrintWriter out(CommandLine.Model.CommandSpec command) {
    return command.commandLine().getOut();
  }
}
