/** How far ingest is behind, partition by partition. */
@NullMarked
package org.smileadventure.web.operations.ingest;

import org.jspecify.annotations.NullMarked;
