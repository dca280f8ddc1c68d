package org.smileadventure.common.http;

import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
  private static final String LIST_ELEMENT = ".<list element>";

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
    requireValid(patched);
    return patched;
  }

  /**
   * Lets only what is valid go on.
   *
   * @throws ProblemException with 400 that names the fields
   */
  public void requireValid(Object said) {
    var errors =
        validator.validate(said).stream()
            .map(
                violation ->
                    error(
                        Problems.sent(
                            violation.getPropertyPath().toString().replace(LIST_ELEMENT, "")),
                        violation.getMessage()))
            .sorted(Comparator.comparing(MergePatch::line))
            .toList();
    if (!errors.isEmpty()) {
      throw refused(errors);
    }
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
      throw refused(
          List.of(error(Problems.field(e), "must be " + Expected.of(Problems.target(e)))));
    }
  }

  private static Map<String, String> error(String field, String message) {
    return Map.of("field", field, "message", message);
  }

  private static String line(Map<String, String> error) {
    return error.get("field") + " " + error.get("message");
  }

  private static ProblemException refused(List<Map<String, String>> errors) {
    return new ProblemException(
            HttpStatus.BAD_REQUEST,
            errors.stream().map(MergePatch::line).collect(Collectors.joining("; ")))
        .with("errors", errors);
  }
}
