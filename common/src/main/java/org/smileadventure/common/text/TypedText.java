package org.smileadventure.common.text;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person typed, in any script. A line, such as a name, has something to see and no control
 * characters; a text may be empty and have line breaks and tabs. Neither has half characters, or
 * controls that turn the direction of what stands after them. The domains {@code typed_line} and
 * {@code typed_text} of the database say the same. Null is in order.
 */
@Constraint(validatedBy = TypedText.Rule.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface TypedText {
  /** How many characters at most; one outside the basic plane counts as one. */
  int max();

  /** Whether there may be line breaks, or nothing. */
  boolean lines() default false;

  String message() default "must be a text";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Holds a text against the constraint. */
  class Rule implements ConstraintValidator<TypedText, String> {
    private static final Pattern VISIBLE =
        Pattern.compile(
            "[^\\p{IsWhite_Space}\\p{Cf}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0]");
    public static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");
    private static final Pattern CONTROL_WITHIN_LINES = Pattern.compile("[\\p{Cc}&&[^\\t\\n\\r]]");
    private static final Pattern HALF = Pattern.compile("[\\p{Cs}\\p{IsNoncharacter_Code_Point}]");
    public static final Pattern TURNING = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

    private int max;
    private boolean lines;

    @Override
    public void initialize(TypedText text) {
      max = text.max();
      lines = text.lines();
    }

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
      var fault = text == null ? null : fault(text);
      if (fault != null) {
        context.disableDefaultConstraintViolation();
        context.buildConstraintViolationWithTemplate(fault).addConstraintViolation();
      }
      return fault == null;
    }

    private @Nullable String fault(String text) {
      if (HALF.matcher(text).find()) {
        return "must not contain unpaired surrogates or noncharacters";
      }
      if ((lines ? CONTROL_WITHIN_LINES : CONTROL).matcher(text).find()) {
        return lines
            ? "must not contain control characters but line breaks and tabs"
            : "must not contain control characters";
      }
      if (TURNING.matcher(text).find()) {
        return "must not contain controls of the text's direction (U+202A to U+202E, U+2066 to U+2069)";
      }
      if (!lines && !VISIBLE.matcher(text).find()) {
        return "must not be blank";
      }
      return text.codePointCount(0, text.length()) > max
          ? "must have at most %d characters".formatted(max)
          : null;
    }
  }
}
