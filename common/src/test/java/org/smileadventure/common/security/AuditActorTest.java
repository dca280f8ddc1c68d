package org.smileadventure.common.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditActorTest {

  @Test
  void anAccountIsItsNumber() {
    var actor = AuditActor.of("17");
    assertThat(actor.id()).isEqualTo(17L);
    assertThat(actor.detail("record 4")).isEqualTo("record 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "017", "9999999999999999999", "f3a1-88", "sam"})
  void whoHasNoNumberIsNamedInTheDetail(String name) {
    var actor = AuditActor.of(name);
    assertThat(actor.id()).isNull();
    assertThat(actor.detail("record 4")).isEqualTo("record 4 by " + name);
  }

  @Test
  void aLongDetailIsCutAndNotTheName() {
    assertThat(AuditActor.of("17").detail("x".repeat(600))).isEqualTo("x".repeat(500));
    assertThat(AuditActor.of("sam").detail("x".repeat(600))).hasSize(500).endsWith("xx by sam");
    assertThat(AuditActor.of("n".repeat(600)).detail("x".repeat(600)))
        .hasSize(500)
        .endsWith("xx by " + "n".repeat(200));
  }
}
