/**
 * A year of six children who do not exist, each with something to see. {@link Story} makes the
 * events, {@link StoryPeople} the accounts. A child's {@link Plot} says what its days are like, and
 * {@link Sessions} has chance turn them into events. The package knows nothing of the real play
 * sessions.
 */
package org.smileadventure.demo.story;
