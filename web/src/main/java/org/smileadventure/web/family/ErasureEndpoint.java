package org.smileadventure.web.family;

import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** How far an erasure is, and what it came to. */
@Controller
class ErasureEndpoint {
  private final Families families;

  ErasureEndpoint(Families families) {
    this.families = families;
  }

  @GetMapping("/erasures/{id}")
  ModelAndView erasure(@PathVariable String id, Page page) {
    return page.show("family/erasure", families.erasure(id));
  }
}
