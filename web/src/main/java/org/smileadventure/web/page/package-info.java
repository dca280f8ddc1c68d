/**
 * What all pages have in common: the frame, the words, the forms, and what is shown when something
 * fails.
 */
@NullMarked
package org.smileadventure.web.page;

import org.jspecify.annotations.NullMarked;
