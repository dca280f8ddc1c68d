/**
 * What changed for each child with its therapy: {@link
 * org.smileadventure.batch.treatment.ComputeEffects} compares the sessions before its start with
 * those from it. What is published of many children together is the package {@code population}'s.
 */
package org.smileadventure.batch.treatment;
