/**
 * A child's window in four sentences: {@link org.smileadventure.query.story.StoryReader}. Knows no
 * page.
 */
package org.smileadventure.query.story;
