package org.smileadventure.web.account;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PatchExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What the API tells people of themselves, and has them change. */
@HttpExchange("/api/v1")
interface OwnAccount {
  record NewPassword(String oldPassword, String newPassword) {}

  record Farewell(String password) {}

  record NewDevice(@Nullable String name, List<Long> childIds) {}

  record DeviceToken(String accessToken, String name) {}

  record Devices(List<DevicesPage.Device> devices) {}

  record Children(List<DevicesPage.Child> children) {}

  @GetExchange("/me")
  ResponseEntity<Me> me();

  @PatchExchange(url = "/me", contentType = "application/merge-patch+json")
  void change(
      @RequestBody Map<String, @Nullable Object> patch,
      @RequestHeader(HttpHeaders.IF_MATCH) String version);

  @PostExchange("/auth/password")
  void choose(@RequestBody NewPassword password);

  @DeleteExchange("/me")
  void close(@RequestBody Farewell farewell);

  @GetExchange("/devices")
  Devices devices();

  @PostExchange("/auth/device-token")
  DeviceToken token(@RequestBody NewDevice device);

  @DeleteExchange("/devices/{id}")
  void revoke(@PathVariable String id);

  @GetExchange("/children?limit=100")
  Children children();
}
