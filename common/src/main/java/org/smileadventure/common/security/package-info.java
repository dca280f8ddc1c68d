/**
 * Who may ask, the same for every service: bearer tokens of people and devices ({@link
 * BearerAccess}), and the password of who reads the metrics; and who is put on record as having
 * asked ({@link AuditActor}).
 */
package org.smileadventure.common.security;
