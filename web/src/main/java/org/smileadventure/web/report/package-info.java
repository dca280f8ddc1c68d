/** A report for paper and for others, and the links by which others read it. */
@NullMarked
package org.smileadventure.web.report;

import org.jspecify.annotations.NullMarked;
