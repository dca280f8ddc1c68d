package org.smileadventure.query.accounts;

import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.query.accounts.AccountLinks.Purpose;
import org.smileadventure.query.answer.Audit;
import org.smileadventure.query.security.Logins;
import org.smileadventure.query.security.RandomToken;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sets passwords. With each that is set, logins with the one before end. */
@Component
class Passwords {
  private final Accounts accounts;
  private final AccountLinks links;
  private final AccountMail mail;
  private final Logins logins;
  private final Audit audit;
  private final InstantSource clock;

  Passwords(
      Accounts accounts,
      AccountLinks links,
      AccountMail mail,
      Logins logins,
      Audit audit,
      InstantSource clock) {
    this.accounts = accounts;
    this.links = links;
    this.mail = mail;
    this.logins = logins;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Mails a link to whoever has forgotten theirs; nobody is told whether there is such an account.
   */
  @Transactional
  void forgotten(String email) {
    accounts.findLockedByEmail(email).ifPresentOrElse(mail::forgotten, mail::nobody);
  }

  /**
   * Sets it for whom a link was mailed to: so their address is verified, and nothing locks them.
   */
  @Transactional
  Account reset(RandomToken token, String hash) {
    var account = accounts.findLockedById(links.use(token, Purpose.PASSWORD)).orElseThrow();
    account.unlock();
    account.verify(clock.instant());
    set(account, hash, null);
    audit.record(account.viewer(), "password_reset", "user " + account.id());
    mail.passwordSet(account);
    return account;
  }

  /**
   * Sets it for who knew the one before.
   *
   * @param here the login that goes on; null: none
   */
  @Transactional
  void change(long user, String hash, @Nullable UUID here) {
    set(accounts.findLockedById(user).orElseThrow(), hash, here);
  }

  private void set(Account account, String hash, @Nullable UUID here) {
    account.encode(hash, clock.instant());
    accounts.save(account);
    links.useUp(account.id());
    logins.endAll(account.id(), here, Logins.Reason.PASSWORD);
  }
}
