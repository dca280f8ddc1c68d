package org.smileadventure.web.login;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** That the viewer of a page has logged in. Its authority is the role. */
public final class LoggedIn extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1;

  private final transient Login login;

  LoggedIn(Login login) {
    super(
        List.of(
            new SimpleGrantedAuthority("ROLE_" + login.account().role().toUpperCase(Locale.ROOT))));
    this.login = login;
    setAuthenticated(true);
  }

  Login login() {
    return login;
  }

  /** The login of who asks in this thread; null: nobody has logged in. */
  public static @Nullable Login current() {
    return SecurityContextHolder.getContext().getAuthentication() instanceof LoggedIn loggedIn
        ? loggedIn.login
        : null;
  }

  @Override
  public Object getPrincipal() {
    return login.account();
  }

  @Override
  public String getCredentials() {
    return "";
  }
}
