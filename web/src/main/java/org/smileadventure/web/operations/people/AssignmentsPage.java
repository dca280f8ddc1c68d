package org.smileadventure.web.operations.people;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.page.Choice;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which professional may see which child.
 *
 * @param found null: nobody has searched yet
 * @param making the form of a new one
 * @param ending the form that ends one
 */
public record AssignmentsPage(
    Form search,
    @Nullable Part<PeopleApi.Assignments> found,
    boolean isFirst,
    Form making,
    Form ending) {

  public static List<Choice> types(Page page) {
    return Assignment.TYPES.stream()
        .map(type -> new Choice(type, page.text("people.type-" + type)))
        .toList();
  }

  /** The address of those that were searched for, from this place on. */
  public String path(@Nullable String cursor) {
    var uri =
        UriComponentsBuilder.fromPath("/operations/assignments")
            .queryParam("child_id", "{child}")
            .queryParam("professional_id", "{professional}");
    if (cursor != null) {
      uri.queryParam("cursor", "{cursor}");
    }
    return uri.encode()
        .buildAndExpand(search.value("child_id"), search.value("professional_id"), cursor)
        .toUriString();
  }
}
