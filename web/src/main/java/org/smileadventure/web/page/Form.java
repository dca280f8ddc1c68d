package org.smileadventure.web.page;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;

/**
 * What somebody typed into a form, and what is wrong with it.
 *
 * @param values by the names of the fields, which are the API's
 * @param errors what to say beside a field
 * @param problem what to say of all of it; null: nothing
 * @param once makes this form known, so that it is done once if it is sent twice
 */
public record Form(
    Map<String, String> values, Map<String, String> errors, @Nullable String problem, String once) {
  /** The parameter by which a form that is sent twice is known. */
  static final String ONCE = "_once";

  /** The parameter that says on which page a form stands, if not at the path it is sent to. */
  static final String PAGE = "_page";

  /** What is in a form for us, and not typed. */
  static final Set<String> OURS = Set.of(ONCE, PAGE, "_csrf");

  public static Form of(Map<String, String> values) {
    return new Form(Map.copyOf(values), Map.of(), null, UUID.randomUUID().toString());
  }

  /** As typed, and empty where nothing was. */
  public String value(String field) {
    return values.getOrDefault(field, "");
  }

  /** As typed, without white space around it; null where nothing was. */
  public @Nullable String typed(String field) {
    var value = value(field).strip();
    return value.isEmpty() ? null : value;
  }

  public boolean isTicked(String field) {
    return values.containsKey(field);
  }

  public @Nullable String error(String field) {
    return errors.get(field);
  }

  /** The same with what stands in {@code others} where nothing was typed. */
  public Form or(Map<String, String> others) {
    var all = new HashMap<>(others);
    all.putAll(values);
    return new Form(Map.copyOf(all), errors, problem, once);
  }

  /** The same with something to say of all of it: it may be sent again. */
  public Form saying(String problem) {
    return new Form(values, errors, problem, UUID.randomUUID().toString());
  }

  /** The same, refused by the API: it may be sent again. */
  public Form refused(Page page, ApiProblemException refusal) {
    var told = new HashMap<String, String>();
    refusal.fields().forEach((field, message) -> told.put(field, page.problem(field, message)));
    return new Form(
        values,
        Map.copyOf(told),
        told.isEmpty()
            ? page.problem(String.valueOf(refusal.status()), String.valueOf(refusal.getMessage()))
            : page.text("page.check"),
        UUID.randomUUID().toString());
  }
}
