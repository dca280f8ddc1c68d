/**
 * How the API is asked: with the viewer's token and in the viewer's language, and what becomes of
 * its faults.
 */
@NullMarked
package org.smileadventure.web.api;

import org.jspecify.annotations.NullMarked;
