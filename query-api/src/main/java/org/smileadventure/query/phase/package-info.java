/**
 * Phases of a child, such as a therapy, and how the child played before and in them. Who notes one,
 * changes it and removes it is decided by functions of the database.
 */
package org.smileadventure.query.phase;
