package org.smileadventure.web.page;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

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

  /** A form of which nothing was typed yet. */
  public static Form empty() {
    return of(Map.of());
  }

  /**
   * The page with the form once more (422), where the API refused what was typed.
   *
   * @throws ApiProblemException the refusal, if it is about nothing that was typed
   */
  public static ModelAndView again(ApiProblemException refusal, Supplier<ModelAndView> page) {
    if (!refusal.isAboutInput()) {
      throw refusal;
    }
    return again(page.get());
  }

  /** The page with the form once more (422), for what is wrong with it. */
  public static ModelAndView again(ModelAndView page) {
    page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
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

  /** The same with what stands in {@code others} where nothing was typed; null stands nowhere. */
  public Form or(Map<String, ? extends @Nullable Object> others) {
    var all = new HashMap<String, String>();
    others.forEach(
        (field, value) -> {
          if (value != null) {
            all.put(field, value.toString());
          }
        });
    all.putAll(values);
    return new Form(Map.copyOf(all), errors, problem, once);
  }

  /** The same with something to say of all of it: it may be sent again. */
  public Form saying(String problem) {
    return new Form(values, errors, problem, UUID.randomUUID().toString());
  }

  /** The same with something to say beside a field: it may be sent again. */
  public Form wrong(Page page, String field, String error) {
    var all = new HashMap<>(errors);
    all.put(field, error);
    return new Form(values, Map.copyOf(all), page.text("page.check"), UUID.randomUUID().toString());
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
