/**
 * What HTTP asks of every service alike, whatever its endpoints are: {@link HttpConfiguration} is
 * where to begin. It knows nothing of what the services answer.
 */
package org.smileadventure.common.http;
