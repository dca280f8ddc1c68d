package org.smileadventure.web.meaning;

import java.util.List;

/** What is explained. */
public record Meaning(List<String> figures, List<String> certainties, List<String> windows) {}
