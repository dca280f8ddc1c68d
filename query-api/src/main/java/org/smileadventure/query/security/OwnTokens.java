package org.smileadventure.query.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** Is there unless an outside issuer takes the place of our tokens. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnProperty(
    name = "smile.oidc.jwks-url",
    matchIfMissing = true,
    havingValue = "none of this value")
@interface OwnTokens {}
