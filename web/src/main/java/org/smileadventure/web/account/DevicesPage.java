package org.smileadventure.web.account;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.page.Form;

/**
 * The devices on which children play.
 *
 * @param made the token that was made just now; null: none
 * @param zone of the account
 */
public record DevicesPage(
    List<Device> devices, List<Child> children, @Nullable String made, String zone, Form form) {

  /**
   * A device.
   *
   * @param revokedAt null: its token is accepted
   */
  public record Device(
      String id,
      String name,
      List<Long> childIds,
      Instant issuedAt,
      Instant expiresAt,
      @Nullable Instant revokedAt) {}

  public record Child(long id, String name) {}

  /** Whether another child has the same name. */
  public boolean hasDouble(Child child) {
    return children.stream().filter(other -> other.name().equals(child.name())).count() > 1;
  }

  /** Names of the children that play on it. */
  public List<String> names(Device device) {
    var names = children.stream().collect(Collectors.toMap(Child::id, Child::name));
    return device.childIds().stream()
        .map(child -> names.getOrDefault(child, String.valueOf(child)))
        .toList();
  }
}
