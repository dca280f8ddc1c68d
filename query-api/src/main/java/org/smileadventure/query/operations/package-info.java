/**
 * How the system does, for those who operate it: what is stored, which instances run, and whether
 * what is promised is kept. {@link org.smileadventure.query.operations.OperationsEndpoints} is
 * where to begin. It reads what the services have noted of their own work, and nothing of children.
 */
package org.smileadventure.query.operations;
