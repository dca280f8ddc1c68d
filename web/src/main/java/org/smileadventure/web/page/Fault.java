package org.smileadventure.web.page;

/**
 * What failed.
 *
 * @param kind away, missing, forbidden, broken: its texts begin with that
 * @param status of the response
 */
public record Fault(String kind, int status) {}
