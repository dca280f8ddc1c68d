package org.smileadventure.query.family;

import java.util.function.Supplier;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.OpenedChildren;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what only the guardians of a child are told. */
@Component
public class GuardedChildren {
  private final OpenedChildren children;
  private final JdbcClient jdbc;

  GuardedChildren(OpenedChildren children, JdbcClient jdbc) {
    this.children = children;
    this.jdbc = jdbc;
  }

  /** Reads of the child, which is not there for anybody but its guardians. */
  public <T> T read(ChildRequest asked, Supplier<T> read) {
    return children.one(
        asked.viewer(),
        asked.child(),
        asked.line(),
        () -> {
          if (!isGuardian(asked)) {
            throw ChildAnswers.notFound(asked.child());
          }
          return read.get();
        });
  }

  private boolean isGuardian(ChildRequest asked) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM v_child_access
                           WHERE child_id = :child AND user_id = :viewer AND as_guardian)
            """)
        .param("child", asked.child().value())
        .param("viewer", asked.viewer().id())
        .query(Boolean.class)
        .single();
  }
}
