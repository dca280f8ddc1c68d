/**
 * What may be told about the population, published each night as cells of at least ten children.
 * The rules are those of docs/population.md.
 *
 * <p>{@link org.smileadventure.batch.population.PopulationSteps} is the way in. A {@link
 * org.smileadventure.batch.population.Tabulation} divides the children into candidate cells, {@link
 * org.smileadventure.batch.population.Replacement} decides which of them may take the place of
 * published ones, and {@link org.smileadventure.batch.population.Publication} has the database do
 * so.
 */
package org.smileadventure.batch.population;
