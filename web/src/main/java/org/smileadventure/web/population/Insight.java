package org.smileadventure.web.population;

import java.time.Instant;
import java.util.List;

/**
 * Something notable about a group's children, with the share that it rests on.
 *
 * @param priority high, medium or low
 * @param scope the group
 * @param share from 0 to 1
 */
public record Insight(
    String insight,
    String priority,
    List<String> scope,
    long children,
    long ofChildren,
    double share,
    double shareLow,
    double shareHigh,
    Instant publishedAt) {}
