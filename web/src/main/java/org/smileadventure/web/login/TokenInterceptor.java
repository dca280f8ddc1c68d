package org.smileadventure.web.login;

import java.io.IOException;
import org.smileadventure.web.api.ApiAwayException;
import org.smileadventure.web.api.LoginAwayException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;

/** Asks the API with the token of who looks at the page, unless the request says with which. */
@Component
class TokenInterceptor implements ClientHttpRequestInterceptor {
  // It asks the API itself.
  private final ObjectProvider<ApiLogin> api;

  TokenInterceptor(ObjectProvider<ApiLogin> api) {
    this.api = api;
  }

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    var login = LoggedIn.current();
    if (login != null
        && !request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
        && !request.getURI().getPath().startsWith("/api/v1/auth/refresh")) {
      request.getHeaders().setBearerAuth(token(login));
    }
    return execution.execute(request, body);
  }

  /** Whoever was to be asked is not the one that is away. */
  private String token(Login login) {
    try {
      return api.getObject().accessToken(login);
    } catch (ApiAwayException away) {
      throw new LoginAwayException(away);
    }
  }
}
