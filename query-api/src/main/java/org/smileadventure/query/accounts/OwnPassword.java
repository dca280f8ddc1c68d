package org.smileadventure.query.accounts;

import jakarta.servlet.http.HttpServletRequest;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.security.Attempts;
import org.smileadventure.query.security.Logins;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Asks for the password once more, before something that a stolen token must not do. */
@Component
class OwnPassword {
  private final Accounts accounts;
  private final PasswordEncoder passwords;
  private final Attempts attempts;
  private final Logins logins;

  OwnPassword(Accounts accounts, PasswordEncoder passwords, Attempts attempts, Logins logins) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.attempts = attempts;
    this.logins = logins;
  }

  /**
   * Lets only who knows the password go on.
   *
   * @param parameter where the password was given
   * @throws ProblemException with 403 if it is wrong, with 429 if it was too often
   */
  void require(HttpServletRequest request, long user, String password, String parameter) {
    var account = "user " + user;
    attempts.requireTryLeft(request, account);
    var hash = accounts.findById(user).filter(Account::isInUse).map(Account::hashedPassword);
    var matches =
        hash.isPresent()
            && attempts.hashing(request, () -> passwords.matches(password, hash.get()));
    if (!matches || !logins.succeeded(user)) {
      attempts.wrong(request, account);
      throw new ProblemException(
              HttpStatus.FORBIDDEN, parameter + " is not the password of this account")
          .with("parameter", parameter);
    }
  }
}
