package org.smileadventure.common.xapi;

/**
 * The IRIs that statements are made of: those of the profile for serious games (Serrano-Laguna and
 * others, 2017), of ADL's vocabulary, and ours for what neither has.
 */
public final class Vocabulary {
  private static final String ADL_VERBS = "http://adlnet.gov/expapi/verbs/";
  private static final String GAME_VERBS = "https://w3id.org/xapi/seriousgames/verbs/";
  private static final String GAME_TYPES = "https://w3id.org/xapi/seriousgames/activity-types/";

  /** Under which our own words stand, and what the game is about. */
  static final String OURS = "https://smile.example.org/xapi/";

  public static final String INITIALIZED = ADL_VERBS + "initialized";
  static final String PROGRESSED = ADL_VERBS + "progressed";
  static final String COMPLETED = ADL_VERBS + "completed";
  static final String TERMINATED = ADL_VERBS + "terminated";
  public static final String ABANDONED = "https://w3id.org/xapi/adl/verbs/abandoned";
  static final String SUSPENDED = ADL_VERBS + "suspended";
  static final String RESUMED = ADL_VERBS + "resumed";
  static final String INTERACTED = ADL_VERBS + "interacted";
  static final String EXPERIENCED = ADL_VERBS + "experienced";
  static final String USED = GAME_VERBS + "used";
  static final String UNLOCKED = GAME_VERBS + "unlocked";

  static final String ASKED_FOR_HELP = OURS + "verbs/asked-for-help";
  static final String RATED = "http://id.tincanapi.com/verb/rated";

  static final String SERIOUS_GAME = GAME_TYPES + "serious-game";
  static final String LEVEL = GAME_TYPES + "level";
  static final String ITEM = GAME_TYPES + "item";
  static final String OUR_TYPES = OURS + "activity-types/";

  /** The profile of the statements, in the version that they follow. */
  static final String SERIOUS_GAMES = "https://w3id.org/xapi/seriousgames/v1.0";

  /** The type of a category that is a profile. */
  static final String PROFILE = "http://adlnet.gov/expapi/activities/profile";

  /** An extension of the context: the event that the statement was made of. */
  public static final String EVENT = OURS + "extensions/event";

  private Vocabulary() {}
}
