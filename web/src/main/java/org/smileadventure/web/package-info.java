/**
 * Pages for families and professionals: a client of the API with the viewer's own token. Each
 * package below is a group of pages; {@code page}, {@code login} and {@code api} are what they have
 * in common. Knows no database and keeps no answer.
 */
@NullMarked
package org.smileadventure.web;

import org.jspecify.annotations.NullMarked;
