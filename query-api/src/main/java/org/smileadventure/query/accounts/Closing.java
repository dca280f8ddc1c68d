package org.smileadventure.query.accounts;

import java.time.InstantSource;
import java.util.List;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.Audit;
import org.smileadventure.query.security.AccountAccess;
import org.smileadventure.query.security.Devices;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Closes accounts: at once nobody comes in any more. What is kept of the person is made anonymous
 * after that, by the worker that carries out erasures.
 */
@Component
class Closing {
  private final JdbcClient jdbc;
  private final Accounts accounts;
  private final AccountLinks links;
  private final AccountAccess access;
  private final Devices devices;
  private final Audit audit;
  private final InstantSource clock;

  Closing(
      JdbcClient jdbc,
      Accounts accounts,
      AccountLinks links,
      AccountAccess access,
      Devices devices,
      Audit audit,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.accounts = accounts;
    this.links = links;
    this.access = access;
    this.devices = devices;
    this.audit = audit;
    this.clock = clock;
  }

  /** A child whom nobody else would decide about. */
  record OnlyChild(long childId, String name) {}

  /**
   * Closes an account.
   *
   * @throws ProblemException with 409 if children would be left with nobody
   */
  @Transactional
  void close(long user) {
    var left =
        jdbc.sql("SELECT * FROM only_guardian_of(:user)")
            .param("user", user)
            .query(new SimplePropertyRowMapper<>(OnlyChild.class))
            .list();
    if (!left.isEmpty()) {
      throw leavesAlone(left);
    }
    var account =
        accounts.findLockedById(user).filter(Account::isInUse).orElseThrow(MeEndpoint::notInUse);
    var owner = account.viewer();
    account.close(clock.instant());
    accounts.save(account);
    links.useUp(user);
    devices.revokeAll(owner);
    access.end(user);
    jdbc.sql(
            """
            INSERT INTO erasures (id, account, asked_by, asked_as) VALUES (uuidv7(), :user, :user, :role)
            """)
        .param("user", user)
        .param("role", owner.role())
        .update();
    audit.record(owner, "account_closed", "user " + user);
  }

  private static ProblemException leavesAlone(List<OnlyChild> children) {
    return new ProblemException(
            HttpStatus.CONFLICT,
            "nobody else is a guardian of %d of your children: have them erased, or transferred to somebody, first"
                .formatted(children.size()))
        .with("children", children);
  }
}
