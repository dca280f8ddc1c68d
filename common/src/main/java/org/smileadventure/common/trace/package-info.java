/**
 * Traces, if a service is given an address for them: {@link Spans} makes them, and no more of a
 * span is sent than is known to tell nothing about a person.
 */
package org.smileadventure.common.trace;
