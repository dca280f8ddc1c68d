/**
 * Figures put into words, from message files: {@link org.smileadventure.query.words.FigureWords}
 * for one figure, {@link org.smileadventure.query.words.StoryWords} for what stands out, {@link
 * org.smileadventure.query.words.AdviceWords} for what to look after and to try. Reads nothing.
 */
package org.smileadventure.query.words;
