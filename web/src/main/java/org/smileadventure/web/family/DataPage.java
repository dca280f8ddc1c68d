package org.smileadventure.web.family;

import org.smileadventure.web.page.Form;

/** The page on which guardians take a child's data away, have them not used, or erased. */
public record DataPage(Profile profile, Form form, Form erasing) {}
