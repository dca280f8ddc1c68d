/**
 * Which words to say things with: the languages ({@link org.smileadventure.language.Language}),
 * texts from message files ({@link org.smileadventure.language.Messages}) and the names of what the
 * game tells ({@link org.smileadventure.language.Vocabulary}). Knows no figure and no page.
 */
@NullMarked
package org.smileadventure.language;

import org.jspecify.annotations.NullMarked;
