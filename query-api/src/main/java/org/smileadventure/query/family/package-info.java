/**
 * What guardians decide about their children, and what they are told about others who see them:
 * invitations, guardians, restriction, consents, erasure, the access log. Each decision is a
 * function of the database, which sees to it that one is taken at a time; here is how it is asked
 * for.
 */
package org.smileadventure.query.family;
