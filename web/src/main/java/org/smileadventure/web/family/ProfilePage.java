package org.smileadventure.web.family;

import java.util.List;
import java.util.stream.Stream;
import org.smileadventure.web.page.Choice;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;

/**
 * The page on which guardians change what they say of a child.
 *
 * @param version that the form was made of
 */
public record ProfilePage(Profile profile, String version, Form form) {
  public List<Choice> zones() {
    return Choice.timeZones();
  }

  public List<Choice> levels(Page page) {
    return choices(page, "family.level-", "1", "2", "3");
  }

  public List<Choice> styles(Page page) {
    return choices(page, "family.style-", "verbal", "non_verbal", "mixed", "alternative");
  }

  private static List<Choice> choices(Page page, String key, String... values) {
    return Stream.of(values).map(value -> new Choice(value, page.text(key + value))).toList();
  }
}
