package org.smileadventure.batch.population;

import org.jspecify.annotations.Nullable;

/**
 * Children who are printed in one cell and belong to one leaf tonight.
 *
 * @param cell null if they are not printed
 * @param leaf null if they are not there tonight
 * @param fresh how many of them add what was never printed
 */
record Flow(@Nullable Long cell, @Nullable String leaf, long children, long fresh) {}
