/**
 * The console: how the services are doing, and what admins do about it. Each package below is a
 * group of its pages. A service that is away or was never connected is told in its place; what the
 * others say is shown all the same.
 */
@NullMarked
package org.smileadventure.web.operations;

import org.jspecify.annotations.NullMarked;
