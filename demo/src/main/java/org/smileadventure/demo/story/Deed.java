package org.smileadventure.demo.story;

import org.smileadventure.common.event.Payload.ActivityType;
import org.smileadventure.common.event.Payload.SupportNeeded;

/**
 * Something of daily life that the child did.
 *
 * @param anxietyBefore on average, from 1 to 10
 */
record Deed(
    ActivityType type,
    String name,
    int minutes,
    double anxietyBefore,
    double anxietyAfter,
    SupportNeeded support) {}
