package org.smileadventure.benchmarks.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.smileadventure.query.QueryApi;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * query-api with one endpoint more, which sends bytes from memory behind the same security: what an
 * answer costs without looking anything up.
 */
@Configuration(proxyBeanMethods = false)
public class SameBytes {
  /** Of the same form as the endpoint it is held against, and so under the same rule. */
  public static final String PATH = "/api/v1/children/{id}/bytes";

  @RestController
  static class Bytes {
    private final Path file;
    private volatile byte[] bytes = {};

    Bytes(@Value("${bench.bytes}") Path file) {
      this.file = file;
    }

    @GetMapping(PATH)
    ResponseEntity<byte[]> bytes() throws IOException {
      var sent = bytes;
      if (sent.length == 0) {
        sent = Files.readAllBytes(file);
        bytes = sent;
      }
      return ResponseEntity.ok()
          .contentType(MediaType.APPLICATION_JSON)
          .eTag("W/\"0123456789abcdef01234567\"")
          .cacheControl(CacheControl.noCache().cachePrivate())
          .header("Cache-Status", "smile; hit")
          .body(sent);
    }
  }

  public static void main(String[] arguments) {
    new SpringApplication(QueryApi.class, SameBytes.class, Bytes.class).run(arguments);
  }
}
