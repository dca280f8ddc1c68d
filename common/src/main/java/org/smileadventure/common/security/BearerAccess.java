package org.smileadventure.common.security;

import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.authentication.DelegatingJwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Access by bearer token, the same for every service: stateless, a user's role in the claim {@code
 * role} with the user's id as subject, or a device's rights in the claim {@code scope}, and
 * refusals as problem documents. Whatever a service does not allow is denied, except for the bare
 * liveness and readiness answers, and for the methods that a path has.
 */
public final class BearerAccess {
  /** The claim that holds the one role of a user: parent, professional or admin. */
  public static final String ROLE_CLAIM = "role";

  private BearerAccess() {}

  /** A filter chain that allows what {@code rules} allow, and nothing else. */
  public static SecurityFilterChain chain(
      HttpSecurity http,
      Customizer<
              AuthorizeHttpRequestsConfigurer<HttpSecurity>
                  .AuthorizationManagerRequestMatcherRegistry>
          rules) {
    var refusals = http.getSharedObject(ApplicationContext.class).getBean(Refusals.class);
    return http.authorizeHttpRequests(
            requests -> {
              requests.requestMatchers(HttpMethod.OPTIONS, "/**").permitAll();
              rules.customize(requests);
              requests
                  .requestMatchers("/error", "/actuator/health", "/actuator/health/*")
                  .permitAll();
              requests.anyRequest().denyAll();
            })
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .cors(AbstractHttpConfigurer::disable)
        .exceptionHandling(
            failures -> failures.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .oauth2ResourceServer(
            server ->
                server
                    .jwt(jwt -> jwt.jwtAuthenticationConverter(roles()))
                    // The document that refusals point to says otherwise by default.
                    .protectedResourceMetadata(
                        metadata ->
                            metadata.protectedResourceMetadataCustomizer(
                                resource -> resource.tlsClientCertificateBoundAccessTokens(false)))
                    .authenticationEntryPoint(refusals)
                    .accessDeniedHandler(refusals))
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
}
