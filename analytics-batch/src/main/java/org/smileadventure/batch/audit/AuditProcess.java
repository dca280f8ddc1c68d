package org.smileadventure.batch.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** The program as a process that verifies the audit and ends. It starts nothing of the service. */
@Command(
    name = "verify",
    description = {
      "Holds the audit against its seals, and these against what Kafka was told of them.",
      "Ends with 0 if all holds, 1 if something does not, 2 if it cannot be told."
    },
    exitCodeOnExecutionException = AuditProcess.UNKNOWN)
public final class AuditProcess implements Callable<Integer> {
  static final int HOLDS = CommandLine.ExitCode.OK;
  static final int BROKEN = CommandLine.ExitCode.SOFTWARE;
  static final int UNKNOWN = CommandLine.ExitCode.USAGE;

  private static final String AUDIT = "audit";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Unmatched private List<String> settings = new ArrayList<>();

  private AuditProcess() {}

  /** What it needs of the service. */
  @ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    KafkaAutoConfiguration.class
  })
  static final class Servers {}

  /** Whether these arguments ask for it. */
  public static boolean isMeantBy(String... arguments) {
    return arguments.length > 0 && arguments[0].equals(AUDIT);
  }

  /** Runs it, and returns its exit code. */
  public static int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    return new CommandLine(CommandSpec.create().name("analytics-batch"))
        .addSubcommand(
            new CommandLine(CommandSpec.create().name(AUDIT))
                .addSubcommand(new CommandLine(new AuditProcess())));
  }

  @Override
  public Integer call() {
    // The audit may be long.
    settings.addFirst("--smile.database.statement-timeout=0");
    settings.addFirst("--logging.level.root=warn");
    try (var context =
        new SpringApplicationBuilder(Servers.class)
            .web(WebApplicationType.NONE)
            .logStartupInfo(false)
            .run(settings.toArray(String[]::new))) {
      var result = new AuditVerification(context.getBean(JdbcClient.class)).verify(heads(context));
      var out = spec.commandLine().getOut();
      out.println(result.line());
      out.flush();
      if (result.broken() == null) {
        return HOLDS;
      }
      spec.commandLine().getErr().println("seal " + result.broken() + ": " + result.why());
      return BROKEN;
    }
  }

  /** None if no Kafka is set. By the settings, all is read and written as bytes. */
  @SuppressWarnings("unchecked")
  private static List<Head> heads(ApplicationContext context) {
    var settings = context.getEnvironment();
    if (settings.getProperty("spring.kafka.bootstrap-servers", "").isBlank()) {
      return List.of();
    }
    var topic = settings.getProperty("smile.audit.topic", AuditProperties.TOPIC);
    return new AuditHeads(topic).told(context.getBean(ConsumerFactory.class));
  }
}
