package org.smileadventure.batch.statement;

import java.net.http.HttpClient;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.smileadventure.common.xapi.Statement;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/** A learning record store, which takes statements over the xAPI 1.0.3. Thread-safe. */
final class RecordStore {
  private static final Set<Integer> FOR_WHAT_IS_SAID =
      Set.of(
          HttpStatus.BAD_REQUEST.value(),
          HttpStatus.CONFLICT.value(),
          HttpStatus.CONTENT_TOO_LARGE.value());
  private static final Set<Integer> FOR_NOW =
      Set.of(HttpStatus.TOO_MANY_REQUESTS.value(), HttpStatus.REQUEST_TIMEOUT.value());

  private final RestClient http;
  private final RetryTemplate retries;

  RecordStore(RecordStoreProperties properties) {
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
                .delay(properties.retryAfter())
                .multiplier(2)
                .predicate(RecordStore::mayPass)
                .build());
  }

  /**
   * It cannot be reached, is broken, takes no more for now, or is none: nothing of it is about a
   * statement. In words of our own, as its own may quote one.
   */
  static final class AwayException extends DataAccessResourceFailureException {
    private static final long serialVersionUID = 1;

    AwayException(String how) {
      super("the record store " + how);
    }
  }

  /** It does not take a statement for what it says. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;

    RefusedException(int status) {
      super("the record store answers " + status);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /**
   * Has them stored. Those that are there already, with the same id, stay as they are.
   *
   * @throws AwayException after some attempts
   * @throws RefusedException if one of them is refused, and so none is stored
   */
  void store(List<Statement> statements) {
    try {
      retries.execute(() -> post(statements));
    } catch (RetryException e) {
      throw failure(e.getCause());
    }
  }

  /** Only a record store answers with the ids of all of them; a page of a login does not. */
  private boolean post(List<Statement> statements) {
    var answer =
        http.post()
            .uri("/statements")
            .contentType(MediaType.APPLICATION_JSON)
            .accept(MediaType.APPLICATION_JSON)
            .body(Statement.json(statements))
            .retrieve()
            .toEntity(String[].class);
    var ids = answer.getBody();
    if (answer.getStatusCode() != HttpStatus.OK || ids == null || ids.length != statements.size()) {
      throw new AwayException("does not answer as one, but with " + answer.getStatusCode().value());
    }
    return true;
  }

  private static boolean mayPass(Throwable failure) {
    return failure instanceof ResourceAccessException
        || failure instanceof HttpServerErrorException
        || (failure instanceof RestClientResponseException answer
            && FOR_NOW.contains(answer.getStatusCode().value()));
  }

  private static RuntimeException failure(Throwable failure) {
    return switch (failure) {
      case AwayException away -> away;
      case RestClientResponseException answer -> {
        var status = answer.getStatusCode().value();
        yield FOR_WHAT_IS_SAID.contains(status)
            ? new RefusedException(status)
            : new AwayException("answers " + status);
      }
      case ResourceAccessException _ ->
          new AwayException(
              "cannot be reached: "
                  + NestedExceptionUtils.getMostSpecificCause(failure).getClass().getSimpleName());
      case RestClientException _ -> new AwayException("does not answer as one");
      case RuntimeException other -> other;
      default -> new IllegalStateException(failure);
    };
  }
}
