package org.smileadventure.web.login;

import java.time.InstantSource;
import org.smileadventure.web.api.ApiAwayException;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.api.LoginEndedException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Logs in at the API with an address and a password. */
@Component
class ApiLogin implements AuthenticationProvider {
  private final Accounts accounts;
  private final InstantSource clock;

  ApiLogin(Accounts accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  @Override
  public Authentication authenticate(Authentication typed) {
    var credentials =
        new Accounts.Credentials(typed.getName(), String.valueOf(typed.getCredentials()));
    try {
      var tokens = accounts.logIn(credentials);
      return new LoggedIn(new Login(accounts.me("Bearer " + tokens.accessToken()), tokens, clock));
    } catch (LoginEndedException refused) {
      throw new BadCredentialsException("the address or the password is wrong", refused);
    } catch (ApiProblemException refused) {
      throw refused.status() == 429
          ? new LockedException("too many tries", refused)
          : new BadCredentialsException("not an address or a password", refused);
    } catch (ApiAwayException away) {
      throw new AuthenticationServiceException("the API is away", away);
    }
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }

  /**
   * An access token for what the viewer asks.
   *
   * @throws LoginEndedException if the login has ended
   */
  String accessToken(Login login) {
    return login.accessToken(token -> accounts.refresh(new Accounts.Refresh(token)));
  }

  /** Ends it at the API too. If that is away, the tokens are forgotten all the same. */
  void end(Login login) {
    try {
      accounts.logOut("Bearer " + accessToken(login));
    } catch (LoginEndedException | ApiAwayException | ApiProblemException _) {
      // it has ended, or ends by itself: nobody knows its tokens any more
    }
  }
}
