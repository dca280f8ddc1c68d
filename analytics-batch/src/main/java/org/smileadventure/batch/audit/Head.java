package org.smileadventure.batch.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HexFormat;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last seal of the audit at some time, as Kafka is told it. It is over all seals before it.
 *
 * @param hash in hexadecimal
 * @param rows that it sealed
 */
record Head(long seal, String hash, long rows, Instant sealedAt) {
  private static final JsonMapper JSON = JsonMapper.shared();

  static Head of(long seal, byte[] hash, long rows, Instant sealedAt) {
    return new Head(seal, HexFormat.of().formatHex(hash), rows, sealedAt);
  }

  static Head parse(byte[] json) {
    return JSON.readValue(json, Head.class);
  }

  byte[] key() {
    return Long.toString(seal).getBytes(UTF_8);
  }

  byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  byte[] hashBytes() {
    return HexFormat.of().parseHex(hash);
  }
}
