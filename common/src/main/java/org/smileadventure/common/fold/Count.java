package org.smileadventure.common.fold;

/** What is counted or summed over sessions; of completed ones, unless it says otherwise. */
enum Count {
  /** Of all sessions. */
  OVERWHELMED_EXITS,
  INTERACTIONS,
  LEVELS,
  ACHIEVEMENTS,
  /** Sessions with at least 20 active minutes. */
  ATTENTION_HIGH,
  /** With at least 10, and less than 20. */
  ATTENTION_MODERATE,
  STATES_TOLD,
  OBSERVATIONS,
  INTO_DISTRESS,
  /** Of sessions in which no strategy was used, as the next one. */
  UNAIDED_RECOVERIES,
  UNAIDED_RECOVERY_MILLIS;
}
