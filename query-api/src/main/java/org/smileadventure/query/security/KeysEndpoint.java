package org.smileadventure.query.security;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the keys to check our tokens with. */
@RestController
@OwnKeys
class KeysEndpoint {
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final SigningKeys keys;

  KeysEndpoint(SigningKeys keys) {
    this.keys = keys;
  }

  @Operation(summary = "The keys that our tokens are checked with")
  @GetMapping("/api/v1/auth/jwks")
  ResponseEntity<Map<String, Object>> keys() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
        .body(keys.published().toJSONObject(true));
  }
}
