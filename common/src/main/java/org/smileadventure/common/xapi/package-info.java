/**
 * What children play, as statements of the Experience API 1.0.3 (xAPI), for systems that know
 * nothing else. They speak the vocabulary of xAPI's profile for serious games where it has a word.
 */
package org.smileadventure.common.xapi;
