package org.smileadventure.ingest;

import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Kafka is away, or does not answer in time: to be tried again. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public class KafkaFaults {
  private static final Logger log = LoggerFactory.getLogger(KafkaFaults.class);

  @ExceptionHandler({
    org.apache.kafka.common.KafkaException.class,
    org.springframework.kafka.KafkaException.class,
    CompletionException.class
  })
  ResponseEntity<ProblemDetail> away(Exception failure) {
    log.warn("Kafka does not do what was asked: {}", failure.toString());
    return tryAgain("Kafka does not answer; try again");
  }

  /** 503, with the seconds after which to try again. */
  public static ResponseEntity<ProblemDetail> tryAgain(String detail) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "5")
        .body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail));
  }
}
