/**
 * Whether the servers that a service needs answer: {@link DependencyMeter} tells Prometheus. It
 * knows nothing of what the services do with them.
 */
package org.smileadventure.common.dependency;
