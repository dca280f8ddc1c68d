/**
 * Phases of a child, such as a therapy. Who notes one, changes it and removes it is decided by
 * functions of the database.
 */
package org.smileadventure.query.phase;
