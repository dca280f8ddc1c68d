package org.smileadventure.query.accounts;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A password that may be chosen: of 8 to 72 characters of ASCII (BCrypt takes no more than 72
 * bytes), with a capital, a small letter and a digit among them.
 */
@NotNull
@Size(min = 8, max = 72)
@Pattern(
    regexp = "(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])[ -~]*",
    message = "must have a capital, a small letter and a digit, and no characters beyond ASCII")
@Constraint(validatedBy = {})
@Target({
  ElementType.FIELD,
  ElementType.PARAMETER,
  ElementType.METHOD,
  ElementType.RECORD_COMPONENT
})
@Retention(RetentionPolicy.RUNTIME)
public @interface GoodPassword {
  String message() default "must be a good password";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
