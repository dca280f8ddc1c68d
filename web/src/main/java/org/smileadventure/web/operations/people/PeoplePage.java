package org.smileadventure.web.operations.people;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.page.Choice;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * People who have an account.
 *
 * @param found null: nobody has searched yet
 */
public record PeoplePage(Form search, @Nullable Part<PeopleApi.People> found, boolean isFirst) {

  public static List<Choice> roles(Page page) {
    return Person.ROLES.stream()
        .map(role -> new Choice(role, page.sentenceCase(page.name("role", role))))
        .toList();
  }

  public static List<Choice> statuses(Page page) {
    return Person.STATUSES.stream()
        .map(status -> new Choice(status, page.text("people.status-" + status)))
        .toList();
  }

  /** The address of those that were searched for, from this place on. */
  public String path(@Nullable String cursor) {
    var uri = UriComponentsBuilder.fromPath("/operations/people");
    for (var field : PeopleEndpoint.FIELDS) {
      uri.queryParam(field, "{" + field + "}");
    }
    if (cursor != null) {
      uri.queryParam("cursor", "{cursor}");
    }
    return uri.encode()
        .buildAndExpand(search.value("email"), search.value("role"), search.value("status"), cursor)
        .toUriString();
  }
}
