package org.smileadventure.common.service;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.DelegatingJwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

/**
 * Access by bearer token, the same for every service: stateless, a user's role in the claim {@code
 * role} with the user's id as subject, or a device's rights in the claim {@code scope}, and
 * refusals as problem documents. Whatever a service does not allow is denied, except for the bare
 * liveness and readiness answers.
 */
public final class BearerAccess {
  /** The claim that holds the one role of a user: parent, professional or admin. */
  public static final String ROLE_CLAIM = "role";

  private BearerAccess() {}

  /** A filter chain that allows what {@code rules} allow, and nothing else. */
  public static SecurityFilterChain chain(
      HttpSecurity http,
      JsonMapper json,
      Customizer<
              AuthorizeHttpRequestsConfigurer<HttpSecurity>
                  .AuthorizationManagerRequestMatcherRegistry>
          rules) {
    var bearerEntryPoint = new BearerTokenAuthenticationEntryPoint();
    var bearerDenied = new BearerTokenAccessDeniedHandler();
    return http.authorizeHttpRequests(
            requests -> {
              requests
                  .requestMatchers("/error", "/actuator/health", "/actuator/health/*")
                  .permitAll();
              rules.customize(requests);
              requests.anyRequest().denyAll();
            })
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .oauth2ResourceServer(
            server ->
                server
                    .jwt(jwt -> jwt.jwtAuthenticationConverter(roles()))
                    // The document that refusals point to says otherwise by default.
                    .protectedResourceMetadata(
                        metadata ->
                            metadata.protectedResourceMetadataCustomizer(
                                resource -> resource.tlsClientCertificateBoundAccessTokens(false)))
                    .authenticationEntryPoint(
                        (request, response, failure) -> {
                          bearerEntryPoint.commence(request, response, failure);
                          write(json, response, HttpStatus.UNAUTHORIZED, reason(failure));
                        })
                    .accessDeniedHandler(
                        (request, response, denied) -> {
                          bearerDenied.handle(request, response, denied);
                          write(
                              json,
                              response,
                              HttpStatus.FORBIDDEN,
                              "your role does not allow this request");
                        }))
        .build();
  }

  private static JwtAuthenticationConverter roles() {
    var role = new JwtGrantedAuthoritiesConverter();
    role.setAuthoritiesClaimName(ROLE_CLAIM);
    role.setAuthorityPrefix("ROLE_");
    var scopes = new JwtGrantedAuthoritiesConverter();
    var converter = new JwtAuthenticationConverter();
    converter.setJwtGrantedAuthoritiesConverter(
        new DelegatingJwtGrantedAuthoritiesConverter(role, scopes));
    return converter;
  }

  private static String reason(AuthenticationException failure) {
    return failure instanceof InsufficientAuthenticationException
            || failure instanceof AuthenticationCredentialsNotFoundException
        ? "a bearer token is needed; get one from POST /api/v1/auth/token"
        : "the bearer token is not accepted: " + failure.getMessage();
  }

  private static void write(
      JsonMapper json, HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    json.writeValue(response.getOutputStream(), ProblemDetail.forStatusAndDetail(status, detail));
  }
}
