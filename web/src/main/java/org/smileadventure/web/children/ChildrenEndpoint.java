package org.smileadventure.web.children;

import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** The first page: all children at a glance. */
@Controller
class ChildrenEndpoint {
  private final Dashboards dashboards;

  ChildrenEndpoint(Dashboards dashboards) {
    this.dashboards = dashboards;
  }

  @GetMapping("/")
  ModelAndView children(Page page) {
    var viewer = page.viewer();
    // An administrator has no children here, and looks after the services.
    return viewer != null && viewer.isAdmin()
        ? new ModelAndView("redirect:/operations")
        : page.show("children/children", dashboards.dashboard());
  }
}
