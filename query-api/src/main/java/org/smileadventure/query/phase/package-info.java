/**
 * What begins for a child on a day, such as therapy, and how the child played before and after. Who
 * notes it and who removes it is decided by functions of the database.
 */
package org.smileadventure.query.phase;
