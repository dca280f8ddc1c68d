/**
 * Who may ask, the same for every service: bearer tokens of people and devices ({@link
 * BearerAccess}), and the password of who reads the metrics.
 */
package org.smileadventure.common.security;
