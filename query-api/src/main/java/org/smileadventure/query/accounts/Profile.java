package org.smileadventure.query.accounts;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;

/**
 * What people say of themselves, and may change: in a patch nothing has to be named.
 *
 * @param timezone one of the IANA database
 * @param language as {@code en} or {@code it-CH}: mail is in it, or in English
 * @param specialization and what is of a clinic: of professionals
 */
record Profile(
    @Schema(requiredMode = NOT_REQUIRED) @NotNull @TypedText(max = 100) String firstName,
    @Schema(requiredMode = NOT_REQUIRED) @NotNull @TypedText(max = 100) String lastName,
    @Nullable @Pattern(regexp = PHONE, message = "must be of 10 to 15 digits") String phone,
    @Schema(requiredMode = NOT_REQUIRED) @NotNull @KnownTimeZone String timezone,
    @Schema(requiredMode = NOT_REQUIRED)
        @NotNull
        @Pattern(regexp = LANGUAGE, message = "must be a language, as en or it-CH")
        String language,
    @Nullable @TypedText(max = 2000, lines = true) String bio,
    @Nullable @TypedText(max = 200) String specialization,
    @Nullable @TypedText(max = 200) String clinicName,
    @Nullable @TypedText(max = 500, lines = true) String clinicAddress) {
  static final String PHONE = "[0-9]{10,15}";
  static final String LANGUAGE = "[a-z]{2,3}(-[A-Z]{2})?";

  @SuppressWarnings("NullAway") // what is missing is told by the constraints
  Profile {
    firstName = Canonical.text(firstName);
    lastName = Canonical.text(lastName);
    bio = Canonical.text(bio);
    specialization = Canonical.text(specialization);
    clinicName = Canonical.text(clinicName);
    clinicAddress = Canonical.text(clinicAddress);
  }
}
