package org.smileadventure.web.page;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.smileadventure.language.Language;
import org.smileadventure.language.Messages;
import org.smileadventure.web.WebPages;

/**
 * The texts of the pages. A key begins with the name of its file: {@code login.title} stands in
 * {@code words/login_en.properties}.
 */
final class Words {
  private static final Map<String, Messages> FILES = new ConcurrentHashMap<>();

  private Words() {}

  static String text(Language language, String key, Object... namesAndValues) {
    var arguments = new HashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return file(key).text(language, rest(key), arguments);
  }

  static boolean has(String key) {
    return file(key).has(rest(key));
  }

  private static Messages file(String key) {
    return FILES.computeIfAbsent(
        key.substring(0, key.indexOf('.')),
        name -> Messages.beside(WebPages.class, "words/" + name));
  }

  private static String rest(String key) {
    return key.substring(key.indexOf('.') + 1);
  }
}
