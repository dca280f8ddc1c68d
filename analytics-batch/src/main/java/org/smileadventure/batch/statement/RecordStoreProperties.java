package org.smileadventure.batch.statement;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The learning record store to which the sessions of consenting children are sent.
 *
 * @param url of its xAPI resources, to which {@code /statements} is added; null: there is none
 * @param user and {@code password}: as it knows the sender; null: it asks for none
 * @param sendEvery so long after one run the next one begins, if anything is due
 * @param timeout for which an answer is waited
 * @param retryAfter so long after a first attempt that failed, and each further time for twice as
 *     long
 */
@Validated
@ConfigurationProperties("smile.record-store")
record RecordStoreProperties(
    @Nullable URI url,
    @Nullable String user,
    @Nullable String password,
    @DefaultValue("1h") @NotNull @DurationMin(seconds = 1) Duration sendEvery,
    @DefaultValue("30s") @NotNull @DurationMin(millis = 1) Duration timeout,
    @DefaultValue("1s") @NotNull @DurationMin(millis = 1) Duration retryAfter) {

  /** What is set to nothing, as by an empty variable of the environment, is not set. */
  RecordStoreProperties {
    url = url == null || url.toString().isBlank() ? null : url;
    user = user == null || user.isBlank() ? null : user;
  }

  @Override
  public String toString() {
    return "RecordStoreProperties[url=" + url + ", sendEvery=" + sendEvery + ']';
  }
}
