package org.smileadventure.web.operations.find;

import java.util.Map;
import java.util.regex.Pattern;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Finds an event by its id, or by its session, wherever it is. */
@Controller
class FindEndpoint {
  /** A session, and perhaps the place of an event in it; many games name their events so too. */
  private static final Pattern SESSION =
      Pattern.compile(
          "(?<session>[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})"
              + "(?:/(?<sequence>[1-9][0-9]{0,8}))?",
          Pattern.CASE_INSENSITIVE);

  private final FindApi api;

  FindEndpoint(FindApi api) {
    this.api = api;
  }

  @GetMapping("/operations/find")
  ModelAndView find(Page page, @RequestParam Map<String, String> asked) {
    var form = Form.of(asked);
    var id = form.typed("id");
    var trail = id == null ? null : Part.of(() -> find(id));
    return page.show("operations/find/find", new FindPage(form, trail));
  }

  private Trail find(String id) {
    var asEvent = api.find(id, null, null);
    var session = SESSION.matcher(id);
    if (!asEvent.isEmpty() || !session.matches()) {
      return asEvent;
    }
    var sequence = session.group("sequence");
    return api.find(
        null, session.group("session"), sequence == null ? null : Long.valueOf(sequence));
  }
}
