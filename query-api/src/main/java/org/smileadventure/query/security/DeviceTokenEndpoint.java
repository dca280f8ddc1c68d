package org.smileadventure.query.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.OpenedChildren;
import org.smileadventure.query.answer.Viewer;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives a parent a token for a device on which children play: with it events of these children can
 * be sent, and nothing can be read.
 */
@RestController
@OwnKeys
class DeviceTokenEndpoint {
  private static final int MOST_CHILDREN = 50;

  private final JdbcClient jdbc;
  private final OpenedChildren opened;
  private final TokenSigner signer;
  private final TokenProperties properties;

  DeviceTokenEndpoint(
      JdbcClient jdbc, OpenedChildren opened, TokenSigner signer, TokenProperties properties) {
    this.jdbc = jdbc;
    this.opened = opened;
    this.signer = signer;
    this.properties = properties;
  }

  /**
   * For which children.
   *
   * @param childIds null: for all of the household
   */
  record Device(
      @Nullable @Size(min = 1, max = MOST_CHILDREN) List<@NotNull @Positive Long> childIds) {}

  record DeviceToken(String accessToken, String tokenType, long expiresIn, List<Long> childIds) {}

  @PostMapping("/api/v1/auth/device-token")
  ResponseEntity<DeviceToken> token(
      @Valid @RequestBody(required = false) @Nullable Device device,
      @AuthenticationPrincipal Jwt parent) {
    var viewer = Viewer.of(parent);
    var own = opened.all(viewer, "POST /api/v1/auth/device-token", () -> children(viewer));
    var children = device == null || device.childIds() == null ? own : device.childIds();
    var known = new HashSet<>(own);
    for (var child : children) {
      if (!known.contains(child)) {
        throw ChildAnswers.notFound(new ChildId(child));
      }
    }
    if (children.isEmpty() || children.size() > MOST_CHILDREN) {
      throw new ProblemException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "a device token is for 1 to %d children, and you have %d; name some in child_ids"
              .formatted(MOST_CHILDREN, children.size()));
    }
    var bound = children.stream().distinct().sorted().toList();
    var token =
        signer.sign(
            viewer.id(), properties.deviceLife(), Map.of("scope", "ingest", "children", bound));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(new DeviceToken(token, "Bearer", properties.deviceLife().toSeconds(), bound));
  }

  /** Those of which the viewer is a guardian, not those that are only assigned to the viewer. */
  private List<Long> children(Viewer viewer) {
    return jdbc.sql(
            """
            SELECT DISTINCT a.child_id
            FROM v_child_access a
            WHERE a.user_id = :viewer AND a.as_guardian
            """)
        .param("viewer", viewer.id())
        .query((row, _) -> row.getLong("child_id"))
        .list();
  }
}
