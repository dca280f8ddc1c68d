/** What a page costs beside the answers of the API that it shows. */
@NullMarked
package org.smileadventure.benchmarks.pages;

import org.jspecify.annotations.NullMarked;
