package org.smileadventure.query.activities;

import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.BindParam;

/**
 * Which activities; what is null does not matter.
 *
 * @param verified whether a parent or a professional has verified it
 * @param dateFrom the first day, where the child lives
 */
record ActivityFilter(
    @BindParam("activity_type")
        @Nullable
        @Pattern(
            regexp =
                "dental_care|therapy_session|medication|exercise|social_interaction|sensory_break"
                    + "|educational|free_play")
        String activityType,
    @BindParam("verified") @Nullable Boolean verified,
    @BindParam("date_from") @Nullable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
        LocalDate dateFrom,
    @BindParam("date_to") @Nullable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
        LocalDate dateTo) {}
