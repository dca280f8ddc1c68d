package org.smileadventure.web.family;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Who looked at a child, and who changed what. */
@Controller
class RecordEndpoint {
  private final Families families;

  RecordEndpoint(Families families) {
    this.families = families;
  }

  @GetMapping("/children/{id}/family/looks")
  ModelAndView looks(
      @PathVariable long id, Page page, @RequestParam(required = false) @Nullable String cursor) {
    var found = families.looks(id, cursor);
    return page.show(
        "family/looks",
        new RecordPage(profile(id), found.entries(), List.of(), found.nextCursor()));
  }

  @GetMapping("/children/{id}/family/changes")
  ModelAndView changes(
      @PathVariable long id, Page page, @RequestParam(required = false) @Nullable String cursor) {
    var found = families.changes(id, cursor);
    return page.show(
        "family/changes",
        new RecordPage(profile(id), List.of(), found.changes(), found.nextCursor()));
  }

  private Profile profile(long id) {
    return Objects.requireNonNull(families.profile(id).getBody());
  }
}
