package org.smileadventure.web.child;

/** How it goes with a child, in four sentences. */
public record StoryPage(Child child, Story story) {}
