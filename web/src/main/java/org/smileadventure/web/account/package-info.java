/** What people keep of themselves here: the account, and the devices on which children play. */
@NullMarked
package org.smileadventure.web.account;

import org.jspecify.annotations.NullMarked;
