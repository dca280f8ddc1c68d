package org.smileadventure.common.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.service.BadParameterException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.validation.FieldError;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Every error as a problem document (RFC 9457): what was expected, what came, and in which field.
 * It is in our own words, as those of a library name classes and statements.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {
  static final String TRICKS =
      "a path has no //, no ; and no encoded slash, percent sign or control character, and neither has a header a control character";

  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException invalid,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return fields(
        invalid,
        invalid.getFieldErrors().stream()
            .map(error -> error(sent(error.getField()), message(error)))
            .toList(),
        headers,
        status,
        request);
  }

  private static String message(FieldError error) {
    return error.isBindingFailure()
        ? "must be " + Expected.of(error.unwrap(TypeMismatchException.class).getRequiredType())
        : String.valueOf(error.getDefaultMessage());
  }

  private static Map<String, String> error(String field, String message) {
    return Map.of("field", field, "message", message);
  }

  private @Nullable ResponseEntity<Object> fields(
      Exception failure,
      List<Map<String, String>> errors,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var problem =
        ProblemDetail.forStatusAndDetail(
            status,
            errors.stream()
                .map(error -> error.get("field") + " " + error.get("message"))
                .sorted()
                .collect(Collectors.joining("; ")));
    problem.setProperty("errors", errors);
    return handleExceptionInternal(failure, problem, headers, status, request);
  }

  /** The name of a field as the client knows it. */
  static String sent(String field) {
    return field.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException unreadable,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (!(unreadable.getCause() instanceof JacksonException failure)) {
      return answer(unreadable, "a body is needed, in JSON", headers, status, request);
    }
    var field = field(failure);
    if (!field.isEmpty()) {
      return fields(
          unreadable,
          List.of(error(field, "must be " + Expected.of(target(failure)))),
          headers,
          status,
          request);
    }
    if (failure instanceof DatabindException) {
      return answer(
          unreadable,
          "the body must be one JSON object, and nothing after it",
          headers,
          status,
          request);
    }
    var place = failure.getLocation();
    return answer(
        unreadable,
        "the body is not JSON, or has a name twice, at line %d, column %d"
            .formatted(place.getLineNr(), place.getColumnNr()),
        headers,
        status,
        request);
  }

  static String field(JacksonException failure) {
    var field =
        failure.getPath().stream()
            .map(
                part ->
                    part.getPropertyName() == null
                        ? "[" + part.getIndex() + "]"
                        : "." + part.getPropertyName())
            .collect(Collectors.joining());
    return field.startsWith(".") ? field.substring(1) : field;
  }

  static @Nullable Class<?> target(JacksonException failure) {
    return switch (failure) {
      case MismatchedInputException mismatched -> mismatched.getTargetType();
      case InputCoercionException coerced -> coerced.getTargetType();
      default -> null;
    };
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException mismatch,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var name =
        mismatch instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : String.valueOf(mismatch.getPropertyName());
    var refused =
        new BadParameterException(
            name, Expected.of(mismatch.getRequiredType()), String.valueOf(mismatch.getValue()));
    return handleExceptionInternal(refused, refused.getBody(), headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException missing,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var problem =
        ProblemDetail.forStatusAndDetail(
            status, "parameter " + missing.getParameterName() + " is needed");
    problem.setProperty("parameter", missing.getParameterName());
    return handleExceptionInternal(missing, problem, headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleNoHandlerFoundException(
      NoHandlerFoundException absent,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var path = absent.getRequestURL();
    return answer(
        absent,
        path.length() > 1 && path.endsWith("/")
            ? "no path ends with a slash; leave it out"
            : "there is nothing at this path",
        headers,
        status,
        request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
      HttpRequestMethodNotSupportedException unsupported,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Set<HttpMethod> allowed = new LinkedHashSet<>();
    if (unsupported.getSupportedHttpMethods() != null) {
      allowed.addAll(unsupported.getSupportedHttpMethods());
    }
    if (allowed.contains(HttpMethod.GET)) {
      allowed.add(HttpMethod.HEAD);
    }
    allowed.add(HttpMethod.OPTIONS);
    var answered = new HttpHeaders();
    answered.setAllow(allowed);
    var names = allowed.stream().map(HttpMethod::name).collect(Collectors.joining(", "));
    return answer(unsupported, "the methods here are " + names, answered, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
      HttpMediaTypeNotSupportedException unsupported,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var answered = new HttpHeaders();
    answered.setAccept(List.of(MediaType.APPLICATION_JSON));
    return answer(unsupported, "Content-Type must be application/json", answered, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
      HttpMediaTypeNotAcceptableException refused,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var types = refused.getSupportedMediaTypes();
    return answer(
        refused,
        types.isEmpty()
            ? "the header Accept cannot be read"
            : "the answer is "
                + types.stream().map(MediaType::toString).collect(Collectors.joining(" or "))
                + ", which Accept does not have",
        new HttpHeaders(),
        status,
        request);
  }

  private @Nullable ResponseEntity<Object> answer(
      Exception failure,
      String detail,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return handleExceptionInternal(
        failure, ProblemDetail.forStatusAndDetail(status, detail), headers, status, request);
  }

  /** A problem is sent as one, whatever the caller accepts. */
  @Override
  protected ResponseEntity<Object> createResponseEntity(
      @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    if (body instanceof ProblemDetail problem
        && problem.getInstance() == null
        && request instanceof ServletWebRequest servlet) {
      problem.setInstance(ProblemDocument.instance(servlet.getRequest().getRequestURI()));
    }
    return ResponseEntity.status(status)
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(body);
  }

  @ExceptionHandler(InvalidParameterException.class)
  ResponseEntity<Object> unreadableParameters(WebRequest request) {
    return problem(
        HttpStatus.BAD_REQUEST, "the parameters are not encoded as they must be", request);
  }

  @ExceptionHandler(RequestRejectedException.class)
  ResponseEntity<Object> tricks(WebRequest request) {
    return problem(HttpStatus.BAD_REQUEST, TRICKS, request);
  }

  @ExceptionHandler(Exception.class)
  ResponseEntity<Object> unforeseen(Exception failure, WebRequest request) throws Exception {
    if (failure instanceof AccessDeniedException || failure instanceof AuthenticationException) {
      throw failure;
    }
    var unavailable = DatabaseFault.of(failure);
    if (unavailable != null) {
      log.warn("the database cannot do it now: {}", unavailable.cause());
      var headers = new HttpHeaders();
      headers.set(HttpHeaders.RETRY_AFTER, unavailable.retryAfterSeconds());
      var status = HttpStatus.SERVICE_UNAVAILABLE;
      return createResponseEntity(
          ProblemDetail.forStatusAndDetail(status, unavailable.detail()), headers, status, request);
    }
    log.error("a request failed", failure);
    return problem(
        HttpStatus.INTERNAL_SERVER_ERROR, "the request failed; it has been logged", request);
  }

  private ResponseEntity<Object> problem(HttpStatus status, String detail, WebRequest request) {
    return createResponseEntity(
        ProblemDetail.forStatusAndDetail(status, detail), new HttpHeaders(), status, request);
  }
}
