package org.smileadventure.query.mail;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How mail is sent.
 *
 * @param url of the SMTP server, as {@code smtp://user:password@host:port}, or {@code smtps://}.
 *     Empty: mail waits
 * @param from the address that it comes from
 * @param publicUrl where people find the pages that links in mail lead to
 */
@Validated
@ConfigurationProperties("smile.mail")
record MailProperties(
    @DefaultValue("") String url,
    @DefaultValue("no-reply@localhost") @NotBlank String from,
    @DefaultValue("http://127.0.0.1:8083") @Pattern(regexp = "https?://.*[^/]") String publicUrl) {

  @Override
  public String toString() {
    return "MailProperties[url=***, from=" + from + ", publicUrl=" + publicUrl + "]";
  }
}
