package org.smileadventure.common.http;

import java.math.BigDecimal;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads an integer of a body as JSON Schema does: a number without a fraction is one, so that
 * {@code 4.0} is 4. Jackson would cut {@code 4.7} down to 4 as well, and take a text for a number.
 */
final class WholeNumbers<T extends Number> extends StdScalarDeserializer<T> {
  private final transient Function<BigDecimal, T> exactly;

  private WholeNumbers(Class<T> type, Function<BigDecimal, T> exactly) {
    super(type);
    this.exactly = exactly;
  }

  static SimpleModule module() {
    return new SimpleModule()
        .addDeserializer(
            Integer.class, new WholeNumbers<>(Integer.class, BigDecimal::intValueExact))
        .addDeserializer(Long.class, new WholeNumbers<>(Long.class, BigDecimal::longValueExact));
  }

  @Override
  @SuppressWarnings("unchecked")
  public T deserialize(JsonParser parser, DeserializationContext context) {
    if (!parser.currentToken().isNumeric()) {
      return (T) context.handleUnexpectedToken(handledType(), parser);
    }
    var number = parser.getDecimalValue();
    try {
      return exactly.apply(number);
    } catch (ArithmeticException _) {
      return (T) context.handleWeirdNumberValue(handledType(), number, "not an integer in range");
    }
  }
}
