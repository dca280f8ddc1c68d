package org.smileadventure.web.report;

import java.util.Map;

/**
 * A report for who was given a link to it.
 *
 * @param pictures as SVG, by the API's names
 */
public record SharedPage(Report report, Map<String, String> pictures) {}
