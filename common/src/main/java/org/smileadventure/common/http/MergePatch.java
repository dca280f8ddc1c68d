package org.smileadventure.common.http;

import jakarta.validation.Validator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.ProblemException;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies JSON merge patches (RFC 7396) to what somebody may change, which is a record without
 * objects in it: a field that is not in the patch stays, null takes a value away, and one that the
 * record has not is ignored. What comes of it is valid.
 */
public final class MergePatch {
  private final JsonMapper json;
  private final Validator validator;

  MergePatch(JsonMapper json, Validator validator) {
    this.json = json;
    this.validator = validator;
  }

  /**
   * The record as the patch has it.
   *
   * @throws ProblemException with 400 if it cannot be so, naming the fields
   */
  public <T extends Record> T apply(T now, Map<String, @Nullable Object> patch) {
    var patched = patched(now, patch);
    var wrong = new TreeMap<String, String>();
    validator
        .validate(patched)
        .forEach(
            violation ->
                wrong.put(
                    Problems.sent(violation.getPropertyPath().toString()), violation.getMessage()));
    if (!wrong.isEmpty()) {
      throw refused(wrong);
    }
    return patched;
  }

  @SuppressWarnings("unchecked") // the class of what is there is its type
  private <T extends Record> T patched(T now, Map<String, @Nullable Object> patch) {
    ObjectNode merged = json.valueToTree(now);
    patch.forEach(
        (field, value) -> {
          if (merged.has(field)) {
            merged.set(field, json.<JsonNode>valueToTree(value));
          }
        });
    try {
      return (T) json.treeToValue(merged, now.getClass());
    } catch (JacksonException e) {
      throw refused(Map.of(Problems.field(e), "must be " + Expected.of(Problems.target(e))));
    }
  }

  private static ProblemException refused(Map<String, String> wrong) {
    List<Map<String, String>> errors =
        wrong.entrySet().stream()
            .map(error -> Map.of("field", error.getKey(), "message", error.getValue()))
            .toList();
    return new ProblemException(
            HttpStatus.BAD_REQUEST,
            wrong.entrySet().stream()
                .map(error -> error.getKey() + " " + error.getValue())
                .collect(Collectors.joining("; ")))
        .with("errors", errors);
  }
}
