/** Who looks at a page: the login that is kept in the server's session, and who may see what. */
@NullMarked
package org.smileadventure.web.login;

import org.jspecify.annotations.NullMarked;
