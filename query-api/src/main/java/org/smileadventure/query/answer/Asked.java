package org.smileadventure.query.answer;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, and for which part of the answer.
 *
 * @param fields null: the whole answer
 * @param line method and path, for the record
 */
public record Asked(Viewer viewer, @Nullable Fields fields, String line) {}
