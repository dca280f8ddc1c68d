package org.smileadventure.query.accounts;

import org.smileadventure.query.accounts.AccountLinks.Purpose;
import org.smileadventure.query.mail.Outbox;
import org.springframework.stereotype.Component;

/** What is mailed about accounts, always with as much work, whether there is something to say. */
@Component
class AccountMail {
  private final Outbox outbox;
  private final AccountLinks links;

  AccountMail(Outbox outbox, AccountLinks links) {
    this.outbox = outbox;
    this.links = links;
  }

  /** A link with which the address is verified. */
  void verify(Account account) {
    link(account, Purpose.VERIFY, "verify", "verify");
  }

  /** To whom somebody has registered anew: what there is of them, and how they come in. */
  void known(Account account) {
    if (account.isInUse()) {
      link(account, Purpose.PASSWORD, "known", "password");
    } else if (account.isWaiting() && !account.isVerified()) {
      verify(account);
    } else if (account.isWaiting()) {
      outbox.put(addressee(account), "waiting");
    } else {
      nobody();
    }
  }

  /** A link with which another password is chosen. */
  void forgotten(Account account) {
    if (account.isInUse() || account.isWaiting()) {
      link(account, Purpose.PASSWORD, "password", "password");
    } else {
      nobody();
    }
  }

  /** Says that another password was chosen. */
  void passwordSet(Account account) {
    outbox.put(addressee(account), "password-set", outbox.page("password"));
  }

  /** There is nobody to write to. */
  void nobody() {
    outbox.putNothing();
  }

  private void link(Account account, Purpose purpose, String text, String page) {
    links
        .issue(account.id(), purpose)
        .ifPresentOrElse(
            token ->
                outbox.put(addressee(account), text, outbox.page(page) + "?token=" + token.text()),
            this::nobody);
  }

  private static Outbox.Addressee addressee(Account account) {
    return new Outbox.Addressee(account.id(), null, account.email(), account.profile().language());
  }
}
