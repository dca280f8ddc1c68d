package org.smileadventure.query.mail;

import java.sql.Types;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Mail that is to be sent. It is written in the transaction of what it tells about, so that there
 * is neither one without the other, and sent after the commit by {@link Postman}.
 */
@Component
public class Outbox {
  private final JdbcClient jdbc;
  private final MailProperties properties;
  private final ResourceBundleMessageSource texts = new ResourceBundleMessageSource();

  Outbox(JdbcClient jdbc, MailProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
    texts.setBasename("org/smileadventure/query/mail/mail");
    texts.setDefaultEncoding("UTF-8");
    texts.setDefaultLocale(Locale.ROOT);
    texts.setAlwaysUseMessageFormat(true);
  }

  /**
   * To whom, in which language, and what it is about.
   *
   * @param user whose account it is about, with which it is deleted; null: nobody's
   * @param child with which it is deleted
   * @param language as {@code it-CH}; one that we have no texts in gets English
   */
  public record Addressee(
      @Nullable Long user, @Nullable ChildId child, String address, String language) {}

  /**
   * Puts in a mail.
   *
   * @param text its name in {@code mail.properties}, which has {@code TEXT.subject} and {@code
   *     TEXT.body}
   * @param arguments of the body
   */
  public void put(Addressee to, String text, Object... arguments) {
    insert(to, letter(to.language(), text, arguments));
  }

  /** What a mail says. */
  public record Letter(String subject, String body) {}

  /** The same mail, for whoever puts it in by a statement of their own. */
  public Letter letter(String language, String text, Object... arguments) {
    var locale = Locale.forLanguageTag(language);
    return new Letter(
        texts.getMessage(text + ".subject", null, locale),
        texts.getMessage(text + ".body", arguments, locale));
  }

  /** The address of a page that a mail points to. */
  public String page(String page) {
    return properties.publicUrl() + "/" + page;
  }

  /** Does for nobody the work of a mail, so that time does not tell whom we know. */
  public void putNothing() {
    jdbc.sql("DELETE FROM outgoing_mail WHERE id = :id")
        .param("id", insert(new Addressee(null, null, "", ""), new Letter("", "")))
        .update();
  }

  private long insert(Addressee to, Letter letter) {
    return jdbc.sql(
            """
            INSERT INTO outgoing_mail (user_id, child, recipient, subject, body)
            VALUES (:user::bigint, :child::bigint, :recipient, :subject, :body)
            RETURNING id
            """)
        .param("user", to.user(), Types.BIGINT)
        .param("child", to.child() == null ? null : to.child().value(), Types.BIGINT)
        .param("recipient", to.address())
        .param("subject", letter.subject())
        .param("body", letter.body())
        .query(Long.class)
        .single();
  }
}
