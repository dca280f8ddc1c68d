package org.smileadventure.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WireNameTest {
  @Test
  void everyConstantOfTheContractHasTheNameThatIsReadAndWritten() {
    var json = new JsonMapper();
    var constants =
        Arrays.stream(Payload.class.getDeclaredClasses())
            .filter(Class::isEnum)
            .flatMap(type -> Arrays.stream(type.getEnumConstants()))
            .map(constant -> (Enum<?>) constant)
            .toList();
    assertThat(constants).isNotEmpty();
    assertThat(constants)
        .allSatisfy(
            constant ->
                assertThat(WireName.of(constant))
                    .isEqualTo(json.convertValue(constant, String.class)));
  }
}
