package org.smileadventure.web.family;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PatchExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** What guardians ask of the API. */
@HttpExchange("/api/v1")
interface Families {
  record Made(long id) {}

  record Guardians(List<FamilyPage.Guardian> guardians) {}

  record Invitations(List<FamilyPage.Invitation> invitations) {}

  record NewInvitation(@Nullable String email, String kind) {}

  record Consents(List<FamilyPage.Consent> current) {}

  record NewConsent(
      String purpose, @Nullable Long recipient, boolean granted, String textVersion) {}

  record Restriction(boolean restricted) {}

  record Farewell(@Nullable String confirmName, @Nullable String reason) {}

  record Begun(String erasure) {}

  record Account(String timezone) {}

  @GetExchange("/me")
  Account me();

  @PostExchange("/children")
  Made add(@RequestBody Map<String, @Nullable Object> child);

  @GetExchange("/children/{id}")
  ResponseEntity<Profile> profile(@PathVariable long id);

  @PatchExchange(url = "/children/{id}", contentType = "application/merge-patch+json")
  void change(
      @PathVariable long id,
      @RequestBody Map<String, @Nullable Object> patch,
      @RequestHeader(HttpHeaders.IF_MATCH) String version);

  @GetExchange("/children/{id}/guardians")
  Guardians guardians(@PathVariable long id);

  @DeleteExchange("/children/{id}/guardians/{user}")
  void remove(@PathVariable long id, @PathVariable long user);

  @GetExchange("/children/{id}/invitations")
  Invitations invitations(@PathVariable long id);

  @PostExchange("/children/{id}/invitations")
  void invite(@PathVariable long id, @RequestBody NewInvitation invitation);

  @DeleteExchange("/children/{id}/invitations/{invitation}")
  void takeBack(@PathVariable long id, @PathVariable String invitation);

  @GetExchange("/children/{id}/consents?limit=1")
  Consents consents(@PathVariable long id);

  @PostExchange("/children/{id}/consents")
  void consent(@PathVariable long id, @RequestBody NewConsent consent);

  @GetExchange("/children/{id}/access-log")
  RecordPage.Looks looks(
      @PathVariable long id, @RequestParam(required = false) @Nullable String cursor);

  @GetExchange("/children/{id}/changes")
  RecordPage.Changes changes(
      @PathVariable long id, @RequestParam(required = false) @Nullable String cursor);

  @PutExchange("/children/{id}/restriction")
  void restrict(@PathVariable long id, @RequestBody Restriction restriction);

  @DeleteExchange("/children/{id}")
  Begun erase(@PathVariable long id, @RequestBody Farewell farewell);

  @GetExchange("/erasures/{id}")
  Erasure erasure(@PathVariable String id);
}
