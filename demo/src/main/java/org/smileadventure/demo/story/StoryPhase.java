package org.smileadventure.demo.story;

import java.time.LocalDate;

/** Something that a parent notes to have begun, as {@code add_phase} takes it. */
record StoryPhase(LocalDate day, String kind, String label) {}
