/**
 * The learning record store to which the sessions of children go whose guardians consent to it.
 * What a statement says is {@link org.smileadventure.common.xapi.Statements}'.
 */
package org.smileadventure.batch.statement;
