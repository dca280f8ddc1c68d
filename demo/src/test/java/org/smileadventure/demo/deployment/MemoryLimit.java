package org.smileadventure.demo.deployment;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * So much memory and no more for some processes, by a control group of either version; or by
 * telling Java that the machine has no more, where no group can be made.
 *
 * @param group null if there is none
 */
record MemoryLimit(long bytes, @Nullable Path group) implements AutoCloseable {
  private static final Path GROUPS = Path.of("/sys/fs/cgroup");

  static MemoryLimit of(long bytes) {
    var group =
        Files.isDirectory(GROUPS.resolve("memory"))
            ? made(GROUPS.resolve("memory"), "memory.limit_in_bytes", bytes)
            : made(GROUPS, "memory.max", bytes);
    return new MemoryLimit(bytes, group);
  }

  private static @Nullable Path made(Path parent, String limit, long bytes) {
    Path group = null;
    try {
      // Not a temporary directory: those are closed to the user that has to read its limit.
      group = Files.createDirectory(parent.resolve("smile-test-" + UUID.randomUUID()));
      if (Files.isWritable(group.resolve(limit))) {
        Files.writeString(group.resolve(limit), Long.toString(bytes));
        return group;
      }
      Files.delete(group);
    } catch (IOException e) {
      // No group, or none that may limit memory.
    }
    return null;
  }

  String groupOrNone() {
    return group == null ? "none" : group.toString();
  }

  /** When its processes are gone, which takes a moment after they are killed. */
  @Override
  public void close() {
    if (group != null) {
      await().ignoreException(FileSystemException.class).until(() -> Files.deleteIfExists(group));
    }
  }
}
