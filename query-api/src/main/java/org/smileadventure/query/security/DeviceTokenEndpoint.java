package org.smileadventure.query.security;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.OpenedChildren;
import org.smileadventure.query.answer.Viewer;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives a parent a token for a device on which children play: with it events of these children can
 * be sent, and nothing can be read. A token that went astray is taken back by its device.
 */
@RestController
@OwnKeys
class DeviceTokenEndpoint {
  private static final int MOST_CHILDREN = 50;
  private static final String UNNAMED = "a device without a name";

  private final JdbcClient jdbc;
  private final OpenedChildren opened;
  private final TokenSigner signer;
  private final TokenProperties properties;
  private final Devices devices;
  private final InstantSource clock;

  DeviceTokenEndpoint(
      JdbcClient jdbc,
      OpenedChildren opened,
      TokenSigner signer,
      TokenProperties properties,
      Devices devices,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.opened = opened;
    this.signer = signer;
    this.properties = properties;
    this.devices = devices;
    this.clock = clock;
  }

  /**
   * For which device and which children.
   *
   * @param name by which the parent knows it among others
   * @param childIds null: for all of the household
   */
  record NewDevice(
      @Nullable @TypedText(max = 100) String name,
      @Nullable @Size(min = 1, max = MOST_CHILDREN) List<@NotNull @Positive Long> childIds) {
    NewDevice {
      name = Canonical.text(name);
    }
  }

  /**
   * A token, and where it is found again.
   *
   * @param deviceId with which it is taken back
   */
  record DeviceToken(
      String accessToken,
      String tokenType,
      long expiresIn,
      UUID deviceId,
      String name,
      List<Long> childIds) {}

  @Operation(summary = "A token for a device on which children play")
  @ApiResponse(responseCode = "404", description = "A child is none of the caller's")
  @PostMapping("/api/v1/auth/device-token")
  ResponseEntity<DeviceToken> token(
      @Valid @RequestBody(required = false) @Nullable NewDevice device,
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
    var name = device == null || device.name() == null ? UNNAMED : device.name();
    var id = UUID.randomUUID();
    var issued = clock.instant();
    var token =
        signer.sign(
            viewer.id(),
            properties.deviceLife(),
            Map.of(JwtClaimNames.JTI, id.toString(), "scope", "ingest", "children", bound));
    devices.add(
        id, viewer.id(), name, bound, issued, properties.lastExpiryOfDevice(clock.instant()));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(
            new DeviceToken(token, "Bearer", properties.deviceLife().toSeconds(), id, name, bound));
  }

  /**
   * Devices.
   *
   * @param devices the newest first, a hundred at most
   */
  record DeviceList(List<Devices.Device> devices) {}

  @Operation(summary = "The own devices whose tokens have not expired")
  @GetMapping("/api/v1/devices")
  DeviceList devices(@AuthenticationPrincipal Jwt parent) {
    return new DeviceList(devices.of(Viewer.of(parent).id()));
  }

  @Operation(summary = "Takes the token of a device back; done again, it stays so")
  @ApiResponse(responseCode = "204", description = "Its events are refused from now on")
  @DeleteMapping("/api/v1/devices/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable UUID id, @AuthenticationPrincipal Jwt parent) {
    if (!devices.revoke(Viewer.of(parent), id)) {
      throw new ProblemException(HttpStatus.NOT_FOUND, "there is no device " + id + " of yours");
    }
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
