package org.smileadventure.batch.schedule;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When the nightly run is due.
 *
 * @param cron second, minute, hour, day of month, month, day of week; {@code -} for an instance
 *     that starts none
 * @param zone whose clock that is
 * @param promisedBy what that clock shows when a night is to be done
 * @param retryAfter so long after a run that failed it is restarted, after twice that if it failed
 *     again, and so on, until the next one is due
 * @param pollEvery so often an instance looks whether a run is due
 * @param heartbeatEvery so often the instance that has a run in hand shows that it is alive; after
 *     four that are missing another one takes over
 */
@Validated
@ConfigurationProperties("smile.batch.schedule")
record ScheduleProperties(
    @NotBlank String cron,
    ZoneId zone,
    @DefaultValue("06:00") LocalTime promisedBy,
    @DefaultValue("5m") @DurationMin(millis = 1) Duration retryAfter,
    @DefaultValue("10s") @DurationMin(millis = 1) Duration pollEvery,
    @DefaultValue("10s") @DurationMin(millis = 1) Duration heartbeatEvery) {
  private static final String OFF = "-";

  NightlySchedule schedule() {
    return new NightlySchedule(cron, zone, retryAfter);
  }

  /** By when a night that is due then is promised. */
  Instant promised(Instant planned) {
    var day = LocalDate.ofInstant(planned, zone);
    var sameDay = day.atTime(promisedBy).atZone(zone).toInstant();
    return sameDay.isAfter(planned)
        ? sameDay
        : day.plusDays(1).atTime(promisedBy).atZone(zone).toInstant();
  }

  boolean isOff() {
    return cron.strip().equals(OFF);
  }
}
