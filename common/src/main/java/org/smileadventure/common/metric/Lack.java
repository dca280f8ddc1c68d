package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Why a figure is null: there is too little that it could rest on.
 *
 * @param nNeeded how many cases it takes
 * @param daysNeeded on how many different days; null: it does not matter
 */
public record Lack(
    String reason,
    int nNeeded,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer daysNeeded) {

  /** So many cases are needed, on whatever days. */
  public static Lack ofCases(int nNeeded) {
    return new Lack("insufficient_data", nNeeded, null);
  }

  static Lack ofCasesOnDays(int nNeeded, int daysNeeded) {
    return new Lack("insufficient_data", nNeeded, daysNeeded);
  }
}
