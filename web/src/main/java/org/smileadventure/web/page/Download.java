package org.smileadventure.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A table of a page, to be kept as a file. */
public final class Download {
  private static final MediaType CSV = new MediaType("text", "csv", UTF_8);

  private Download() {}

  /** A table that a browser keeps under this name. */
  public static ResponseEntity<String> csv(String name, String table) {
    return ResponseEntity.ok()
        .contentType(CSV)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString())
        .body(table);
  }
}
