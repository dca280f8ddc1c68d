package org.smileadventure.web.entry;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What people ask of the API who have no login yet, or lost it. */
@HttpExchange("/api/v1")
interface Entrance {
  record Registration(
      @Nullable String email,
      String password,
      @Nullable String firstName,
      @Nullable String lastName,
      String role,
      @Nullable String licenseNumber,
      @Nullable String timezone,
      String language) {}

  record Address(@Nullable String email) {}

  record Link(String token) {}

  record NewPassword(String token, String newPassword) {}

  /** What came of it: an account is active, or pending until somebody has looked at it. */
  record Verified(String role, String status) {}

  record Accepted(long childId, String kind) {}

  @PostExchange("/auth/register")
  void register(@RequestBody Registration registration);

  @PostExchange("/auth/verify")
  Verified verify(@RequestBody Link link);

  @PostExchange("/auth/verify/resend")
  void sendAgain(@RequestBody Address address);

  @PostExchange("/auth/password/forgotten")
  void forgotten(@RequestBody Address address);

  @PostExchange("/auth/password/reset")
  void choose(@RequestBody NewPassword password);

  @PostExchange("/invitations/accept")
  Accepted accept(@RequestBody Link link);
}
