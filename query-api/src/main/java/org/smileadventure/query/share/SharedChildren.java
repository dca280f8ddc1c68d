package org.smileadventure.query.share;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.security.Attempts;
import org.smileadventure.query.security.RandomToken;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lets somebody look who comes with a link. */
@Component
class SharedChildren {
  private final JdbcClient jdbc;
  private final Answers answers;
  private final Attempts attempts;

  SharedChildren(JdbcClient jdbc, Answers answers, Attempts attempts) {
    this.jdbc = jdbc;
    this.answers = answers;
    this.attempts = attempts;
  }

  /** What a look is at. */
  enum What {
    REPORT("report"),
    PDF("pdf"),
    PICTURE("picture");

    private final String stored;

    What(String stored) {
      this.stored = stored;
    }
  }

  /** What a link opens: it is read for the guardian who made it. */
  record Shared(ChildRequest asked, Period period, Language language) {}

  private record Outcome(
      String outcome,
      @Nullable Long child,
      @Nullable Long maker,
      @Nullable String windowName,
      @Nullable String language) {}

  /**
   * What the link opens. The look is on record when this returns.
   *
   * @throws ProblemException if there is no such link (404), it opens nothing any more (410), or
   *     too many are tried (429)
   */
  Shared look(ShareToken token, What what, HttpServletRequest request) {
    attempts.share(request);
    var said =
        jdbc.sql(
                """
                SELECT outcome, child, maker, window_name, language
                FROM look_by_share(:digest, :now::timestamptz, :what)
                """)
            .param("digest", new RandomToken(token.text()).digest())
            .param("now", answers.now().toString())
            .param("what", what.stored)
            .query(Outcome.class)
            .single();
    return switch (said.outcome()) {
      case "open" -> shared(said, request);
      case "over" -> throw over();
      default -> {
        attempts.unknownShare(request);
        throw new ProblemException(HttpStatus.NOT_FOUND, "there is no such link");
      }
    };
  }

  private static Shared shared(Outcome said, HttpServletRequest request) {
    var maker = new Viewer(Objects.requireNonNull(said.maker()), "parent");
    var child = new ChildId(Objects.requireNonNull(said.child()));
    return new Shared(
        new ChildRequest(maker, child, null, request.getMethod() + " " + request.getRequestURI()),
        Period.of(said.windowName(), null, null),
        Language.of(said.language(), true));
  }

  /** The answer to a link that was one. */
  static ProblemException over() {
    return new ProblemException(
        HttpStatus.GONE,
        "the link has ended or was taken back; ask who gave it to you for another");
  }
}
