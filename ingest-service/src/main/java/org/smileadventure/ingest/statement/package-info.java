/**
 * The import of xAPI statements: a process that makes events of the statements in a file and sends
 * them to a collector, as a device would. It shares nothing with the running service.
 */
package org.smileadventure.ingest.statement;
