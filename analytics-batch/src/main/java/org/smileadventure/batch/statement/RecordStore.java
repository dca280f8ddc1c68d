package org.smileadventure.batch.statement;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.smileadventure.common.xapi.Statement;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/** A learning record store, which takes statements over the xAPI 1.0.3. Thread-safe. */
final class RecordStore {
  private final RestClient http;
  private final RetryTemplate retries;

  /**
   * @param retryAfter the first time; each further time waits for twice as long
   */
  RecordStore(RecordStoreProperties properties, Duration retryAfter) {
    var requests =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder().connectTimeout(properties.timeout()).build());
    requests.setReadTimeout(properties.timeout());
    this.http =
        RestClient.builder()
            .requestFactory(requests)
            .baseUrl(Objects.requireNonNull(properties.url()))
            .defaultHeader(Statement.VERSION_HEADER, Statement.XAPI)
            .defaultHeaders(
                headers -> {
                  if (properties.user() != null && properties.password() != null) {
                    headers.setBasicAuth(properties.user(), properties.password());
                  }
                })
            .build();
    this.retries =
        new RetryTemplate(
            RetryPolicy.builder()
                .maxRetries(4)
                .delay(retryAfter)
                .multiplier(2)
                .predicate(RecordStore::mayPass)
                .build());
  }

  /** It cannot be reached, is broken, or takes no more for now: nothing of it is about a child. */
  static final class AwayException extends DataAccessResourceFailureException {
    private static final long serialVersionUID = 1;

    /** In words of our own: the store's may quote a statement, and others read them. */
    AwayException(Throwable failure) {
      super(
          failure instanceof RestClientResponseException answer
              ? "the record store answers " + answer.getStatusCode().value()
              : "the record store cannot be reached: "
                  + NestedExceptionUtils.getMostSpecificCause(failure).getClass().getSimpleName());
    }
  }

  /**
   * Has them stored. Those that are there already, with the same id, stay as they are.
   *
   * @throws AwayException after some attempts
   * @throws RestClientException if they are refused
   */
  void store(List<Statement> statements) {
    try {
      retries.execute(
          () ->
              http.post()
                  .uri("/statements")
                  .contentType(MediaType.APPLICATION_JSON)
                  .body(Statement.json(statements))
                  .retrieve()
                  .toBodilessEntity());
    } catch (RetryException e) {
      if (mayPass(e.getCause()) || isOfTheSender(e.getCause())) {
        throw new AwayException(e.getCause());
      }
      throw e.getCause() instanceof RuntimeException refused
          ? refused
          : new IllegalStateException(e.getCause());
    }
  }

  private static boolean mayPass(Throwable failure) {
    return !(failure instanceof HttpClientErrorException refused)
        || refused.getStatusCode() == HttpStatus.TOO_MANY_REQUESTS
        || refused.getStatusCode() == HttpStatus.REQUEST_TIMEOUT;
  }

  /**
   * It does not know who sends, or there is no such resource: no other statement would do better.
   */
  private static boolean isOfTheSender(Throwable failure) {
    return failure instanceof HttpClientErrorException.Unauthorized
        || failure instanceof HttpClientErrorException.Forbidden
        || failure instanceof HttpClientErrorException.NotFound;
  }
}
