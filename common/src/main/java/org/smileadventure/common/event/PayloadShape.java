package org.smileadventure.common.event;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields that the data of one type of event has, as they follow from its record: first those
 * that every event has, then the components of the record.
 */
final class PayloadShape {
  static final int SESSION_ID = 0;
  static final int CHILD_ID = 1;
  static final int SEQUENCE = 2;
  static final int OCCURRED_AT = 3;
  static final int HEADER_FIELDS = 4;
  private static final Map<EventType, PayloadShape> SHAPES = new EnumMap<>(EventType.class);

  /** Names of any type of event. */
  private static final Set<String> NAMES = new HashSet<>();

  private final Map<String, DataField> byName = new HashMap<>();
  private final List<DataField> fields;
  private final MethodHandle constructor;

  /** What a field holds. */
  enum Kind {
    SESSION_ID("a UUID of version 7"),
    CHILD_ID("an integer from 1 to " + Long.MAX_VALUE),
    SEQUENCE("an integer from 1 to " + SessionEvent.MAX_SEQUENCE),
    TIME("an RFC 3339 time with its offset"),
    TEXT("a text"),
    INTEGER("an integer"),
    FLAG("true or false"),
    WORD("one of"),
    TEXTS("an array of texts"),
    OBJECT("an object");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    private static Kind of(Class<?> type) {
      if (type.isEnum()) {
        return WORD;
      }
      return switch (type.getSimpleName()) {
        case "String" -> TEXT;
        case "int", "Integer" -> INTEGER;
        case "boolean", "Boolean" -> FLAG;
        case "Instant" -> TIME;
        case "List" -> TEXTS;
        case "Map" -> OBJECT;
        default -> throw new IllegalArgumentException("no field of an event can be a " + type);
      };
    }
  }

  /** A constant of an enum, and how it is written. */
  record Word(String name, Enum<?> constant, JsonBytes quoted) {}

  /**
   * A field of the data.
   *
   * @param key its name as it is written in an object
   * @param words what it can say, if it is one of some words
   */
  record DataField(
      int index, String name, JsonBytes key, Kind kind, boolean required, Map<String, Word> words) {

    static DataField header(int index, String name, Kind kind) {
      return new DataField(index, name, JsonBytes.of(""), kind, true, Map.of());
    }

    String quoted() {
      return "'" + name + "'";
    }

    boolean isOfPayload() {
      return index >= HEADER_FIELDS;
    }

    String expected() {
      return kind == Kind.WORD
          ? "one of "
              + String.join(", ", words.values().stream().map(Word::name).distinct().toList())
          : kind.description;
    }
  }

  static {
    for (var type : EventType.values()) {
      var shape = new PayloadShape(type.payload());
      SHAPES.put(type, shape);
      NAMES.addAll(shape.byName.keySet());
    }
  }

  private PayloadShape(Class<? extends Payload> type) {
    var components = type.getRecordComponents();
    var all = new DataField[HEADER_FIELDS + components.length];
    all[SESSION_ID] = DataField.header(SESSION_ID, "sessionId", Kind.SESSION_ID);
    all[CHILD_ID] = DataField.header(CHILD_ID, "childId", Kind.CHILD_ID);
    all[SEQUENCE] = DataField.header(SEQUENCE, "sequence", Kind.SEQUENCE);
    all[OCCURRED_AT] = DataField.header(OCCURRED_AT, "occurredAt", Kind.TIME);
    for (int i = 0; i < components.length; i++) {
      all[HEADER_FIELDS + i] = field(HEADER_FIELDS + i, components[i]);
    }
    fields = List.of(all);
    fields.forEach(field -> byName.put(field.name(), field));
    constructor = constructor(type, components);
  }

  static PayloadShape of(EventType type) {
    return Objects.requireNonNull(SHAPES.get(type));
  }

  List<DataField> fields() {
    return fields;
  }

  /** Whether a field of any type of event has this name. */
  static boolean isOfTheContract(String name) {
    return NAMES.contains(name);
  }

  /** Null if the contract does not name it. */
  @Nullable DataField field(String name) {
    return byName.get(name);
  }

  /**
   * The record of the values of all fields.
   *
   * @throws IllegalArgumentException if the record does not take one of them
   */
  Payload payload(@Nullable Object[] values) {
    try {
      return (Payload) constructor.invokeExact(values);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(
          "a constructor of a record throws nothing that is checked", e);
    }
  }

  private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
    try {
      var canonical =
          MethodHandles.lookup()
              .unreflectConstructor(
                  type.getDeclaredConstructor(
                      Arrays.stream(components)
                          .map(RecordComponent::getType)
                          .toArray(Class<?>[]::new)));
      var ofAll =
          MethodHandles.dropArguments(
              canonical, 0, Object.class, Object.class, Object.class, Object.class);
      return ofAll
          .asType(ofAll.type().generic().changeReturnType(Object.class))
          .asSpreader(Object[].class, HEADER_FIELDS + components.length)
          .asType(MethodType.methodType(Payload.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DataField field(int index, RecordComponent component) {
    var type = component.getType();
    return new DataField(
        index,
        component.getName(),
        JsonBytes.of('"' + component.getName() + "\":"),
        Kind.of(type),
        !component.getAnnotatedType().isAnnotationPresent(Nullable.class),
        words(type));
  }

  private static Map<String, Word> words(Class<?> type) {
    var words = new LinkedHashMap<String, Word>();
    for (var constant : type.isEnum() ? type.getEnumConstants() : new Object[0]) {
      var field = field(type, (Enum<?>) constant);
      var name = field.getAnnotation(JsonProperty.class).value();
      var word = new Word(name, (Enum<?>) constant, JsonBytes.of('"' + name + '"'));
      words.put(name, word);
      var older = field.getAnnotation(JsonAlias.class);
      for (var alias : older == null ? new String[0] : older.value()) {
        words.put(alias, word);
      }
    }
    return words;
  }

  private static Field field(Class<?> type, Enum<?> constant) {
    try {
      return type.getField(constant.name());
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }
}
