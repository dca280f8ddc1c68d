package org.smileadventure.query.accounts;

import java.sql.Types;
import java.time.InstantSource;
import java.util.Objects;
import org.smileadventure.query.accounts.AccountLinks.Purpose;
import org.smileadventure.query.accounts.RegistrationEndpoint.Registration;
import org.smileadventure.query.security.RandomToken;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes down who would like an account, and lets them in when they have shown whose address it is.
 */
@Component
class Registrations {
  private final JdbcClient jdbc;
  private final Accounts accounts;
  private final AccountMail mail;
  private final AccountLinks links;
  private final InstantSource clock;

  Registrations(
      JdbcClient jdbc,
      Accounts accounts,
      AccountMail mail,
      AccountLinks links,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.accounts = accounts;
    this.mail = mail;
    this.links = links;
    this.clock = clock;
  }

  /** Somebody who is known already stays as they are, and is told so by mail alone. */
  @Transactional
  void take(Registration registration, String hash) {
    var isNew =
        jdbc.sql(
                    """
                    INSERT INTO auth_users (email, hashed_password, first_name, last_name, role, status, phone,
                                            license_number, timezone, language)
                    VALUES (:email, :password, :first_name, :last_name, :role, 'pending', :phone, :license,
                            :timezone, :language)
                    ON CONFLICT (email) DO NOTHING
                    """)
                .param("email", registration.email())
                .param("password", hash)
                .param("first_name", registration.firstName())
                .param("last_name", registration.lastName())
                .param("role", registration.role())
                .param("phone", registration.phone(), Types.VARCHAR)
                .param("license", registration.licenseNumber(), Types.VARCHAR)
                .param("timezone", Objects.requireNonNullElse(registration.timezone(), "UTC"))
                .param("language", Objects.requireNonNullElse(registration.language(), "en"))
                .update()
            == 1;
    var account = accounts.findLockedByEmail(registration.email()).orElseThrow();
    if (isNew) {
      mail.verify(account);
    } else {
      mail.known(account);
    }
  }

  /** Mails the link once more, to somebody who has not used one yet. */
  @Transactional
  void resend(String email) {
    accounts
        .findLockedByEmail(email)
        .filter(account -> account.isWaiting() && !account.isVerified())
        .ifPresentOrElse(mail::verify, mail::nobody);
  }

  /** Whose address is verified by that. */
  @Transactional
  Account verify(RandomToken token) {
    var account = accounts.findLockedById(links.use(token, Purpose.VERIFY)).orElseThrow();
    account.verify(clock.instant());
    return accounts.save(account);
  }
}
