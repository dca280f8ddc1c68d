package org.smileadventure.web.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report for who was given a link to it.
 *
 * @param pictures as SVG, by the API's names; null: one cannot be had now
 */
public record SharedPage(Report report, Map<String, @Nullable String> pictures) {}
