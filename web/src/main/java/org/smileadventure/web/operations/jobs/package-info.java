/** The jobs and their runs: when, how far, and what to do about them. */
@NullMarked
package org.smileadventure.web.operations.jobs;

import org.jspecify.annotations.NullMarked;
