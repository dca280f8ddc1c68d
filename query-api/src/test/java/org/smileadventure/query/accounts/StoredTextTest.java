package org.smileadventure.query.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Email;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever is accepted can be stored: of no character is the database of another opinion. */
@RealServers
class StoredTextTest {
  private static final JdbcClient DB = JdbcClient.create(MigratedDatabase.newDataSource());

  private record Address(@Email @TypedText(max = Canonical.MAX_EMAIL) @Nullable String email) {}

  private record Name(@TypedText(max = 100) @Nullable String name) {}

  private record Text(@TypedText(max = 100, lines = true) @Nullable String text) {}

  @Test
  void everyAddressThatIsAccepted() {
    var addresses = new ArrayList<String>();
    for (IntFunction<String> form :
        List.<IntFunction<String>>of(
            c -> text(c) + "@example.org",
            c -> "a" + text(c) + "b@example.org",
            c -> "\"" + text(c) + "\"@example.org",
            c -> text(c) + "\u0301@example.org",
            c -> "a@x" + text(c) + "y.org")) {
      characters()
          .mapToObj(c -> Canonical.email(form.apply(c)))
          .filter(email -> isValid(new Address(email)))
          .forEach(addresses::add);
    }
    assertThat(addresses).hasSizeGreaterThan(10_000);
    assertThat(
            refused(
                addresses,
                "typed_line",
                "value = lower(value) AND value LIKE '%_@_%' AND length(value) <= 254"))
        .isEmpty();
  }

  @Test
  void everyNameThatIsAccepted() {
    assertThat(
            refused(typed(name -> isValid(new Name(name))), "typed_line", "length(value) <= 100"))
        .isEmpty();
  }

  @Test
  void everyTextThatIsAccepted() {
    assertThat(refused(typed(text -> isValid(new Text(text))), "typed_text", "true")).isEmpty();
  }

  private static List<String> typed(Predicate<@Nullable String> valid) {
    var typed = new ArrayList<String>();
    for (var form : List.of("%s", "a%s", "%sa", "a%sb", "a%s\u0301")) {
      characters()
          .mapToObj(c -> Canonical.text(form.formatted(text(c))))
          .filter(valid)
          .forEach(typed::add);
    }
    return typed;
  }

  private static IntStream characters() {
    return IntStream.range(0, 0x1_1000).filter(c -> c < 0xD800 || c > 0xDFFF);
  }

  private static String text(int character) {
    return Character.toString(character);
  }

  private static boolean isValid(Object record) {
    return VALIDATORS.getValidator().validate(record).isEmpty();
  }

  private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();

  private static List<String> refused(List<String> values, String domain, String check) {
    DB.sql(
            """
            CREATE OR REPLACE FUNCTION storable(value text) RETURNS boolean LANGUAGE plpgsql AS $$
            BEGIN
              PERFORM value::%s;
              RETURN %s;
            EXCEPTION WHEN check_violation THEN RETURN false;
            END $$
            """
                .formatted(domain, check))
        .update();
    return DB.sql("SELECT v FROM unnest(:values::text[]) AS v WHERE NOT storable(v) LIMIT 20")
        .param("values", values.toArray(String[]::new))
        .query((row, _) -> row.getString(1))
        .list();
  }
}
