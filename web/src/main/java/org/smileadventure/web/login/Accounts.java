package org.smileadventure.web.login;

import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The API's logins. */
@HttpExchange("/api/v1")
interface Accounts {
  record Credentials(String email, String password) {}

  record Refresh(String refreshToken) {}

  @PostExchange("/auth/token")
  Login.Tokens logIn(@RequestBody Credentials credentials);

  @PostExchange("/auth/refresh")
  Login.Tokens refresh(@RequestBody Refresh refresh);

  @PostExchange("/auth/logout")
  void logOut(@RequestHeader("Authorization") String bearer);

  @GetExchange("/me")
  Login.Account me(@RequestHeader("Authorization") String bearer);
}
