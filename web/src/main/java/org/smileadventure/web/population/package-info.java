/** What is told of many children together, to professionals and admins. */
@NullMarked
package org.smileadventure.web.population;

import org.jspecify.annotations.NullMarked;
