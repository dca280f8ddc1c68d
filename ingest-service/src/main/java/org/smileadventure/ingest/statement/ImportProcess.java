package org.smileadventure.ingest.statement;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.smileadventure.ingest.statement.StatementEvents.Event;
import org.smileadventure.ingest.statement.StatementEvents.Refusal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The program as a process that imports xAPI statements and ends. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Makes events of xAPI statements and sends them to a collector, with the token of a device in"
          + " SMILE_DEVICE_TOKEN. To import the same statements again stores nothing twice. All files"
          + " are read into memory at once.",
      "Ends with 0 if all were taken or have no counterpart, 1 if some were refused, 2 if nothing"
          + " more could be done."
    },
    exitCodeOnExecutionException = CommandLine.ExitCode.USAGE)
public final class ImportProcess implements Callable<Integer> {
  private static final String NAME = "import";
  private static final int EVENTS_IN_A_BATCH = 500;
  private static final int BYTES_IN_A_BATCH = 1_000_000;
  private static final int TELL_EVERY = 5_000;
  private static final int REFUSALS_TOLD = 50;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "statements as JSON: one after another, an array, or a record store's answer")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--to",
      paramLabel = "URL",
      required = true,
      description = "of the collector, as http://localhost:8081")
  private URI collector = URI.create("");

  @Option(
      names = "--child",
      paramLabel = "NAME=NUMBER",
      description =
          "which child an actor is, by the name of its account or its mbox; the actor of a statement"
              + " that this system made is its own number")
  private Map<String, Long> children = Map.of();

  @Option(
      names = "--session-type",
      paramLabel = "TYPE",
      description =
          "what sessions of other games are about: dental_visit, therapy_session, social_scenario,"
              + " sensory_exploration, daily_routine or emergency_preparation")
  private @Nullable String sessionType;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final @Nullable String token;

  private ImportProcess(@Nullable String token) {
    this.token = token;
  }

  /** Whether these arguments ask for it. */
  public static boolean isMeantBy(String... arguments) {
    return arguments.length > 0 && arguments[0].equals(NAME);
  }

  /** Runs it, and returns its exit code. */
  public static int run(String... arguments) {
    return commandLine(System.getenv("SMILE_DEVICE_TOKEN")).execute(arguments);
  }

  static CommandLine commandLine(@Nullable String token) {
    return new CommandLine(CommandSpec.create().name("ingest-service"))
        .addSubcommand(new CommandLine(new ImportProcess(token)))
        .setExecutionExceptionHandler(
            (failure, line, _) -> {
              // A message of another kind may quote a statement.
              line.getErr()
                  .println(
                      failure instanceof ImportFailure
                          ? "import: " + failure.getMessage()
                          : "import: " + failure.getClass().getName());
              return CommandLine.ExitCode.USAGE;
            });
  }

  @Override
  public Integer call() throws InterruptedException {
    if (token == null || token.isBlank()) {
      throw new ImportFailure("SMILE_DEVICE_TOKEN is not set");
    }
    var out = spec.commandLine().getOut();
    var statements = files.stream().flatMap(file -> StatementFile.read(file).stream()).toList();
    var made = new StatementEvents(children, sessionType).of(statements);
    var refused = new ArrayList<>(made.refused());
    var client = new CollectorClient(collector, token);
    int sent = 0;
    while (sent < made.events().size()) {
      var batch = batch(made.events().subList(sent, made.events().size()));
      refused.addAll(client.send(batch));
      sent += batch.size();
      if (sent / TELL_EVERY > (sent - batch.size()) / TELL_EVERY) {
        out.println("sent %,d of %,d events".formatted(sent, made.events().size()));
        out.flush();
      }
    }
    tell(refused, spec.commandLine().getErr());
    out.println(
        "RESULT statements=%d accepted=%d refused=%d passed_over=%d"
            .formatted(
                statements.size(),
                statements.size() - refused.size() - made.passedOver(),
                refused.size(),
                made.passedOver()));
    out.flush();
    return refused.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  /** As many of the first ones as the collector takes at once; one at least. */
  private static List<Event> batch(List<Event> events) {
    int bytes = 0;
    for (int i = 0; i < Math.min(events.size(), EVENTS_IN_A_BATCH); i++) {
      bytes += events.get(i).size() + 1;
      if (bytes > BYTES_IN_A_BATCH && i > 0) {
        return events.subList(0, i);
      }
    }
    return events.subList(0, Math.min(events.size(), EVENTS_IN_A_BATCH));
  }

  private static void tell(List<Refusal> refused, PrintWriter err) {
    refused.stream()
        .limit(REFUSALS_TOLD)
        .forEach(refusal -> err.println(refusal.statement() + ": " + refusal.why()));
    if (refused.size() > REFUSALS_TOLD) {
      err.println("and %,d more".formatted(refused.size() - REFUSALS_TOLD));
    }
    err.flush();
  }
}
