package org.smileadventure.web.entry;

import org.smileadventure.web.page.Form;

/**
 * A page that a link in a mail leads to.
 *
 * @param over whether the link is good for nothing any more
 */
public record TokenPage(Form form, boolean over) {}
