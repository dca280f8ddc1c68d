package org.smileadventure.web.login;

import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.RequestCache;

/** Who may see which page, and what a browser may do with it. */
@Configuration(proxyBeanMethods = false)
class LoginConfiguration {
  /** Nothing from elsewhere, nothing that stands in the page itself, and no frame around it. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
          + " manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  /** What machines look at. It is bound to no login, and tells nothing of anybody. */
  @Bean
  @Order(0)
  SecurityFilterChain probes(HttpSecurity http) {
    return http.securityMatcher(EndpointRequest.toAnyEndpoint())
        .authorizeHttpRequests(
            rules ->
                rules
                    .requestMatchers(EndpointRequest.to("health"))
                    .permitAll()
                    .anyRequest()
                    .denyAll())
        .build();
  }

  @Bean
  SecurityFilterChain pages(HttpSecurity http, ApiLogin api, RequestCache requestCache) {
    var csrf = new CookieCsrfTokenRepository();
    csrf.setCookieName("__Host-csrf");
    csrf.setCookieCustomizer(cookie -> cookie.secure(true).path("/").sameSite("Lax"));
    return http.authenticationProvider(api)
        .authorizeHttpRequests(
            rules ->
                rules
                    .requestMatchers(
                        "/assets/**",
                        "/login",
                        "/language",
                        "/register/**",
                        "/verify",
                        "/password/**",
                        "/invitation",
                        "/shared/**",
                        "/meaning",
                        "/error",
                        "/favicon.ico")
                    .permitAll()
                    .requestMatchers("/operations/**")
                    .hasRole("ADMIN")
                    .requestMatchers("/population/**")
                    .hasAnyRole("PROFESSIONAL", "ADMIN")
                    .anyRequest()
                    .authenticated())
        .formLogin(
            form ->
                form.loginPage("/login")
                    .usernameParameter("email")
                    .failureHandler(
                        (request, response, failure) -> {
                          request.getSession().setAttribute("email", request.getParameter("email"));
                          response.sendRedirect("/login?" + reason(failure));
                        }))
        .logout(
            logout ->
                logout
                    .addLogoutHandler(
                        (_, _, authentication) -> {
                          if (authentication instanceof LoggedIn loggedIn) {
                            api.end(loggedIn.login());
                          }
                        })
                    .logoutSuccessUrl("/login?out"))
        .exceptionHandling(faults -> faults.authenticationEntryPoint(entrance()))
        .requestCache(cache -> cache.requestCache(requestCache))
        .csrf(rules -> rules.csrfTokenRepository(csrf))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(
                        policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                    .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(), microphone=(), geolocation=()")))
        .build();
  }

  /** The login page; but what refreshes a part of a page would put it in the place of that part. */
  private static AuthenticationEntryPoint entrance() {
    var page = new LoginUrlAuthenticationEntryPoint("/login");
    return (request, response, failure) -> {
      if (request.getHeader("HX-Request") == null) {
        page.commence(request, response, failure);
      } else {
        response.setHeader("HX-Refresh", "true");
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      }
    };
  }

  private static String reason(AuthenticationException failure) {
    return switch (failure) {
      case LockedException _ -> "waiting";
      case AuthenticationServiceException _ -> "away";
      default -> "wrong";
    };
  }
}
