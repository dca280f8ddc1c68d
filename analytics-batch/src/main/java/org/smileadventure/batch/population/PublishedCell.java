package org.smileadventure.batch.population;

import java.util.Set;

/** A cell that is on display. */
record PublishedCell(long id, Set<String> leaves) implements Node {}
