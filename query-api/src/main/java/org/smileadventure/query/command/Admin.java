package org.smileadventure.query.command;

import jakarta.validation.Validation;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;
import org.smileadventure.query.accounts.GoodPassword;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code admin create}: makes an admin. Over the API nobody can, so the first one is made here. */
@Command(
    name = "admin",
    mixinStandardHelpOptions = true,
    description = "Makes an account of an admin, with: admin create.")
final class Admin {
  private static final String PASSWORD = "SMILE_ADMIN_PASSWORD";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli does
  private CommandSpec command;

  /** Who it is. */
  private record NewAdmin(
      @NotNull @Email @TypedText(max = Canonical.MAX_EMAIL) String email,
      @NotNull @TypedText(max = 100) String firstName,
      @NotNull @TypedText(max = 100) String lastName,
      @GoodPassword String password) {
    @SuppressWarnings("NullAway") // what is missing is told by the constraints
    NewAdmin {
      email = Canonical.email(email);
      firstName = Canonical.text(firstName);
      lastName = Canonical.text(lastName);
    }
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = {
        "Makes an admin who can log in at once.",
        "The password is read from SMILE_ADMIN_PASSWORD, or else from standard input."
      })
  void create(
      @Option(names = "--email", required = true) String email,
      @Option(names = "--first-name", required = true) String firstName,
      @Option(names = "--last-name", required = true) String lastName) {
    var admin = new NewAdmin(email, firstName, lastName, password());
    requireValid(admin);
    var id = OwnersDatabase.use(database -> insert(database, admin));
    Commands.out(command)
        .println(
            "made admin %s, account %d; log in at POST /api/v1/auth/token"
                .formatted(admin.email(), id.orElseThrow(() -> isThere(admin))));
  }

  private static CommandFailure isThere(NewAdmin admin) {
    return new CommandFailure("there is an account with the address " + admin.email() + " already");
  }

  private static void requireValid(NewAdmin admin) {
    try (var factory = Validation.buildDefaultValidatorFactory()) {
      var wrong =
          factory.getValidator().validate(admin).stream()
              .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
              .sorted()
              .collect(Collectors.joining("; "));
      if (!wrong.isEmpty()) {
        throw new CommandFailure(wrong);
      }
    }
  }

  private static Optional<Long> insert(Flyway database, NewAdmin admin) {
    return JdbcClient.create(database.getConfiguration().getDataSource())
        .sql(
            """
            WITH made AS (
              INSERT INTO auth_users (email, hashed_password, first_name, last_name, role, status, is_verified,
                                      email_verified_at)
              VALUES (:email, :password, :first_name, :last_name, 'admin', 'active', true, now())
              ON CONFLICT (email) DO NOTHING
              RETURNING id
            ), noted AS (
              INSERT INTO audit_log (actor_role, action, detail)
              SELECT 'system', 'account_status', 'user ' || id || ' made an admin' FROM made
            )
            SELECT id FROM made
            """)
        .param("email", admin.email())
        .param(
            "password",
            PasswordEncoderFactories.createDelegatingPasswordEncoder().encode(admin.password()))
        .param("first_name", admin.firstName())
        .param("last_name", admin.lastName())
        .query(Long.class)
        .optional();
  }

  @SuppressWarnings("SystemConsoleNull") // it is, where standard input is no terminal
  private static String password() {
    var set = System.getenv(PASSWORD);
    if (set != null && !set.isEmpty()) {
      return set;
    }
    var console = System.console();
    if (console != null && console.isTerminal()) {
      var typed = console.readPassword("Password of the admin: ");
      return typed == null ? "" : new String(typed);
    }
    try {
      var line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
