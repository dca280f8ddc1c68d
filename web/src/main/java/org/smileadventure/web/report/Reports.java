package org.smileadventure.web.report;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What the API tells in reports, to those who log in and to those who have a link. */
@HttpExchange("/api/v1")
interface Reports {
  /** The header with the token of a link: it stands in no address that is logged. */
  String SHARE = "Smile-Share";

  record NewLink(@Nullable String label, @Nullable Integer days, String window) {}

  record Made(String token) {
    @Override
    public String toString() {
      return "Made[***]";
    }
  }

  @GetExchange(url = "/children/{id}/report", accept = "application/json")
  Report report(@PathVariable long id, @RequestParam String window);

  @GetExchange("/children/{id}/shares")
  ReportPage.Links links(@PathVariable long id);

  @PostExchange("/children/{id}/shares")
  Made share(@PathVariable long id, @RequestBody NewLink link);

  @DeleteExchange("/children/{id}/shares/{share}")
  void revoke(@PathVariable long id, @PathVariable String share);

  @GetExchange("/children/{id}/shares/{share}/looks")
  ReportPage.LookPage looks(
      @PathVariable long id,
      @PathVariable String share,
      @RequestParam(required = false) @Nullable String cursor);

  @GetExchange("/shared")
  Report shared(@RequestHeader(SHARE) String token);

  @GetExchange(url = "/shared/pictures/{picture}", accept = "image/svg+xml")
  byte[] sharedPicture(@RequestHeader(SHARE) String token, @PathVariable String picture);
}
