package org.smileadventure.web.operations;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiAwayException;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.api.ApiUnconnectedException;
import org.smileadventure.web.api.LoginAwayException;
import org.springframework.web.client.RestClientException;

/**
 * What a service has to say on a page, or why it says nothing.
 *
 * @param value null: nothing, and {@code absent} tells why
 * @param absent {@code away}, {@code unconnected}, {@code login} (the viewer's could not be made
 *     new), {@code refused}; null if there is a value
 * @param said by the service that refused; else null
 */
public record Part<T>(@Nullable T value, @Nullable String absent, @Nullable String said) {

  /** The answer, or what keeps it from being there. */
  public static <T> Part<T> of(Supplier<T> question) {
    try {
      return new Part<>(question.get(), null, null);
    } catch (ApiAwayException | RestClientException away) {
      return absent(away);
    } catch (ApiProblemException refused) {
      return refused(refused);
    }
  }

  /**
   * The same of one thing that has a page of its own.
   *
   * @throws ApiProblemException if there is no such thing
   */
  public static <T> Part<T> ofOne(Supplier<T> question) {
    try {
      return new Part<>(question.get(), null, null);
    } catch (ApiAwayException | RestClientException away) {
      return absent(away);
    } catch (ApiProblemException refused) {
      if (refused.status() == 400 || refused.status() == 404) {
        throw refused;
      }
      return refused(refused);
    }
  }

  /** Whether the service answers, by a name that pages have a shape for. */
  public String shape() {
    return switch (absent) {
      case null -> "kept";
      case "away", "refused" -> "broken";
      default -> "unknown";
    };
  }

  private static <T> Part<T> absent(RuntimeException away) {
    return new Part<>(
        null,
        switch (away) {
          case ApiUnconnectedException _ -> "unconnected";
          case LoginAwayException _ -> "login";
          default -> "away";
        },
        null);
  }

  private static <T> Part<T> refused(ApiProblemException refused) {
    return new Part<>(null, "refused", refused.getMessage());
  }
}
