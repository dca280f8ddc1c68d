package org.smileadventure.common.instance;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * Says in the database every 15 seconds that this instance of a service runs, and takes that back
 * when it ends. One that is killed, or cannot reach the database, is not heard of any more; its row
 * goes a day later, by whichever instance looks first. A service neither waits for this when it
 * starts, nor fails with it.
 */
public final class ServiceInstance implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(ServiceInstance.class);

  /** By the clock of the database: those of the machines may differ. */
  private static final String TELL =
      """
      INSERT INTO service_instances (instance, service, version, host, started_at, seen_at)
      VALUES (:instance, :service, :version, :host, :started::timestamptz, now())
      ON CONFLICT (instance) DO UPDATE SET seen_at = excluded.seen_at
      """;

  private static final String FORGET_GONE =
      "DELETE FROM service_instances WHERE seen_at < now() - interval '1 day'";
  private static final String FORGET_THIS =
      "DELETE FROM service_instances WHERE instance = :instance";

  private final String instance = UUID.randomUUID().toString();
  private final JdbcClient jdbc;
  private final String service;
  private final String version;
  private final Instant started;
  private @Nullable String host;
  private boolean told;
  private boolean away;
  private final ReentrantLock telling = new ReentrantLock();
  private volatile boolean ended;

  /**
   * Says nothing yet.
   *
   * @param service its name, as operators know it
   * @param version of the build
   */
  public ServiceInstance(JdbcClient jdbc, String service, String version, InstantSource clock) {
    this.jdbc = jdbc;
    this.service = service;
    this.version = version;
    this.started = clock.instant();
  }

  @Scheduled(fixedDelayString = "${smile.instance.tell-every:15s}")
  void tell() {
    telling.lock();
    try {
      if (!ended) {
        tellOnce();
      }
    } finally {
      telling.unlock();
    }
  }

  private void tellOnce() {
    try {
      jdbc.sql(TELL)
          .param("instance", instance)
          .param("service", service)
          .param("version", version)
          .param("host", host())
          .param("started", started.toString())
          .update();
      jdbc.sql(FORGET_GONE).update();
      told = true;
      away = false;
    } catch (DataAccessException | TransactionException e) {
      if (!away) {
        log.warn(
            "nobody is told that this instance runs: {}",
            NestedExceptionUtils.getMostSpecificCause(e).toString());
      }
      told = false;
      away = true;
    }
  }

  private @Nullable String host() {
    if (host == null) {
      try {
        host = InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        log.debug("the machine does not know its name", e);
      }
    }
    return host;
  }

  /** Without waiting for a database that is away: the row goes by itself. */
  @Override
  public void destroy() {
    ended = true;
    if (!telling.tryLock()) {
      return;
    }
    try {
      if (told) {
        jdbc.sql(FORGET_THIS).param("instance", instance).update();
      }
    } catch (DataAccessException | TransactionException e) {
      log.debug("this instance seems to run for two minutes more", e);
    } finally {
      telling.unlock();
    }
  }
}
