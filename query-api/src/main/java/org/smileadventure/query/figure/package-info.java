/**
 * One figure of a child in a window, with all that a page needs to tell it: {@link
 * org.smileadventure.query.figure.FigureReader}. Knows nothing of pictures.
 */
package org.smileadventure.query.figure;
