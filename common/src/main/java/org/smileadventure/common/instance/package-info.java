/**
 * Which instances of the services run: each says so itself, in the table {@code service_instances}.
 * {@link org.smileadventure.common.instance.ServiceInstance} does it. Nothing here knows what a
 * service is for.
 */
package org.smileadventure.common.instance;
