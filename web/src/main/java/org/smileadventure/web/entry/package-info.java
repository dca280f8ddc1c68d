/** The pages before a login: log in, register, verify an address, a forgotten password. */
@NullMarked
package org.smileadventure.web.entry;

import org.jspecify.annotations.NullMarked;
