package org.smileadventure.query.security;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.smileadventure.common.security.TokenDecoders;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.stereotype.Component;

/** Makes the tokens that our services accept. */
@Component
@OwnKeys
class TokenSigner {
  private final JwtEncoder tokens;
  private final InstantSource clock;

  TokenSigner(JwtEncoder tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** A token in the name of a user, with these claims beside those that every token has. */
  String sign(long user, Duration life, Map<String, Object> claims) {
    var now = clock.instant();
    return tokens
        .encode(
            JwtEncoderParameters.from(
                JwsHeader.with(SignatureAlgorithm.RS256).build(),
                JwtClaimsSet.builder()
                    .issuer(TokenDecoders.OURS)
                    .audience(List.of(TokenDecoders.OURS))
                    .subject(Long.toString(user))
                    .issuedAt(now)
                    .expiresAt(now.plus(life))
                    .claims(all -> all.putAll(claims))
                    .build()))
        .getTokenValue();
  }
}
