package org.smileadventure.query.answer;

/** What was found, and is not sent as JSON. */
@FunctionalInterface
public interface Rendered {
  /** What is sent. It is made after the transaction in which it was found. */
  byte[] render();
}
