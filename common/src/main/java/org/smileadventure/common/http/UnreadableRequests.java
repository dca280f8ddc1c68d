package org.smileadventure.common.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** What Tomcat refuses before any of our code sees it: problem documents in place of its pages. */
final class UnreadableRequests extends ErrorReportValve {
  private final JsonMapper json;

  UnreadableRequests(JsonMapper json) {
    this.json = json;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    var status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    var open = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, open);
    if (!open.get()) {
      return;
    }
    try {
      var problem =
          ProblemDocument.of(
              HttpStatusCode.valueOf(status), reason(status), request.getRequestURI());
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      var writer = response.getReporter();
      if (writer != null) {
        // The writer has an encoding of its own choice.
        writer.write(
            json.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(problem));
        response.finishResponse();
      }
    } catch (IOException _) {
      // Who asked is not there any more.
    }
  }

  /** What is wrong with a request of which no more than the status is known. */
  static String reason(int status) {
    return switch (status) {
      case 400 ->
          "the request line, a header or a parameter is not as HTTP has it; a path has no encoded slash and no zero character";
      case 404 -> "there is nothing at this path";
      case 405, 501 -> "this method is not known here";
      case 413 -> "the body is too large";
      case 414, 431 -> "the request line and the headers are too large together";
      case 505 -> "HTTP/1.1 is spoken here";
      default -> "the request could not be handled";
    };
  }
}
