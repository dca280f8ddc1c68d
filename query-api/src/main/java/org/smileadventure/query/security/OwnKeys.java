package org.smileadventure.query.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Is there if we sign tokens: those of people, unless an outside issuer does, and those of devices,
 * which it does not know.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OwnKeys.IsNeeded.class)
@interface OwnKeys {

  /** Without an outside issuer they have to be there, and to miss them is an error. */
  final class IsNeeded implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata annotated) {
      var environment = context.getEnvironment();
      return environment.getProperty("smile.oidc.jwks-url") == null
          || !environment.getProperty("smile.token.private-key", "").isBlank();
    }
  }
}
