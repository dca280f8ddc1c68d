package org.smileadventure.common.event;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import jakarta.validation.constraints.NotBlank;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schemas of the events' data, as they follow from the records. */
final class EventSchemas {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TIME_PATTERN = "^\\d{4}-\\d{2}-\\d{2}T.+(Z|[+-]\\d{2}:\\d{2})$";

  private final SchemaGenerator generator;

  EventSchemas() {
    var config =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(new JacksonSchemaModule())
            .with(
                new JakartaValidationModule(
                    JakartaValidationOption.NOT_NULLABLE_FIELD_IS_REQUIRED,
                    JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS))
            .with(Option.NULLABLE_FIELDS_BY_DEFAULT, Option.INLINE_ALL_SCHEMAS);
    config
        .forTypesInGeneral()
        .withPropertySorter((_, _) -> 0)
        .withCustomDefinitionProvider(definition(Instant.class, _ -> time()))
        .withCustomDefinitionProvider(definition(Enum.class, EventSchemas::words));
    config.forFields().withStringPatternResolver(EventSchemas::notBlank);
    generator = new SchemaGenerator(config.build());
  }

  /** As text, in the form in which it is published. */
  String of(EventType type) {
    var payload = generator.generateSchema(type.payload());
    var schema = JSON.createObjectNode();
    schema
        .put("$schema", "https://json-schema.org/draft/2020-12/schema")
        .put("title", type.wireName())
        .put("description", "The data of an event of type " + type.wireName())
        .put("type", "object");
    var properties = schema.putObject("properties");
    properties
        .putObject("sessionId")
        .put("description", "UUID of version 7, made by the game when the session starts")
        .put("type", "string")
        .put("format", "uuid")
        .put(
            "pattern",
            "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$");
    properties
        .putObject("childId")
        .put("type", "integer")
        .put("minimum", 1)
        .put("maximum", Long.MAX_VALUE);
    properties
        .putObject("sequence")
        .put("description", "Counts up by one within the session")
        .put("type", "integer")
        .put("minimum", 1)
        .put("maximum", Integer.MAX_VALUE);
    properties.set(
        "occurredAt", time().put("description", "By the clock of the device, with its offset"));
    var required = schema.putArray("required");
    properties.propertyNames().forEach(required::add);
    if (payload.get("properties") instanceof ObjectNode own) {
      properties.setAll(own);
    }
    if (payload.get("required") instanceof ArrayNode own) {
      required.addAll(own);
    }
    return JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsString(schema)
            .replace(System.lineSeparator(), "\n")
        + "\n";
  }

  private interface Definition {
    ObjectNode of(Class<?> type);
  }

  private static CustomDefinitionProviderV2 definition(Class<?> base, Definition definition) {
    return (type, _) ->
        base.isAssignableFrom(type.getErasedType())
            ? new CustomDefinition(
                definition.of(type.getErasedType()),
                CustomDefinition.INLINE_DEFINITION,
                CustomDefinition.EXCLUDING_ATTRIBUTES)
            : null;
  }

  private static ObjectNode time() {
    return JSON.createObjectNode()
        .put("type", "string")
        .put("format", "date-time")
        .put("pattern", TIME_PATTERN);
  }

  /** The words of the wire, the older ones too. */
  private static ObjectNode words(Class<?> type) {
    var schema = JSON.createObjectNode().put("type", "string");
    var words = schema.putArray("enum");
    Stream.of(type.getFields())
        .filter(Field::isEnumConstant)
        .forEach(
            constant -> {
              words.add(constant.getAnnotation(JsonProperty.class).value());
              var older = constant.getAnnotation(JsonAlias.class);
              if (older != null) {
                Stream.of(older.value()).forEach(words::add);
              }
            });
    return schema;
  }

  private static @Nullable String notBlank(FieldScope field) {
    return field.getAnnotationConsideringFieldAndGetterIfSupported(NotBlank.class) != null
            || field.getContainerItemAnnotationConsideringFieldAndGetterIfSupported(NotBlank.class)
                != null
        ? "\\S"
        : null;
  }
}
