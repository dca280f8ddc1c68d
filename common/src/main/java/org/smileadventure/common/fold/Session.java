package org.smileadventure.common.fold;

/** All that is said about one session: a row of {@code game_sessions}. */
public record Session(SessionFigures figures, SessionDetails details) {}
