package org.smileadventure.web.sessions;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.child.Child;
import org.smileadventure.web.page.Form;

/**
 * A session from beginning to end.
 *
 * @param eventsKept false: what happened in it is not kept any more, only what it came to
 * @param nextCursor of the moments after these; null: there are none
 * @param mayRate whether the viewer may say how it went
 */
public record SessionPage(
    Child child,
    Session session,
    boolean eventsKept,
    List<Moment> moments,
    @Nullable String nextCursor,
    Form form,
    boolean mayRate) {}
