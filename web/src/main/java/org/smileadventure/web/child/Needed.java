package org.smileadventure.web.child;

/**
 * What is missing before something can be told.
 *
 * @param sentence what, and by when it will be there
 */
public record Needed(String sentence) {}
