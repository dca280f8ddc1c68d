package org.smileadventure.common.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;

/** A statement that lives in a file beside the class that runs it. */
public final class SqlFile {
  private SqlFile() {}

  /**
   * The text of the file.
   *
   * @throws UncheckedIOException if there is no such file
   */
  public static String read(Class<?> beside, String name) {
    try {
      return new ClassPathResource(name, beside).getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
