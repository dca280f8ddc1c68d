package org.smileadventure.query.accounts;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A time zone in which people can live: one of the table {@code time_zones}. Null is in order. */
@Constraint(validatedBy = KnownTimeZone.Rule.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@interface KnownTimeZone {
  String message() default "must be a time zone of the IANA database, as Europe/Rome";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Looks it up. */
  class Rule implements ConstraintValidator<KnownTimeZone, String> {
    private static final int LONGEST = 64;

    private final JdbcClient jdbc;

    Rule(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @Override
    public boolean isValid(@Nullable String zone, ConstraintValidatorContext context) {
      return zone == null
          || (zone.matches("[A-Za-z0-9/_+-]{1," + LONGEST + "}")
              && jdbc.sql("SELECT EXISTS (SELECT FROM time_zones WHERE name = :zone)")
                  .param("zone", zone)
                  .query(Boolean.class)
                  .single());
    }
  }
}
