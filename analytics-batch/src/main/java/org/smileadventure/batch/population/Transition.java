package org.smileadventure.batch.population;

import org.jspecify.annotations.Nullable;

/**
 * Children who are counted in one published cell and belong to one leaf tonight.
 *
 * @param cell null if they are counted in none
 * @param leaf null if they are not there tonight
 * @param fresh how many of them add what was never published
 */
record Transition(@Nullable Long cell, @Nullable String leaf, long children, long fresh) {}
