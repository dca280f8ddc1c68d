package org.smileadventure.ingest.collector;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.springframework.http.HttpHeaders;

/** The body of a request, unpacked, never read beyond what a request may hold. */
final class ReceivedBody {
  static final int MAX_BYTES = 1_048_576;
  // What gzip adds to data that it cannot make smaller: by the block of 32 KB, and at its ends.
  private static final int MAX_GZIP_OVERHEAD = 4_096;

  private ReceivedBody() {}

  static byte[] of(HttpServletRequest request) throws IOException {
    var encoding =
        String.join(",", Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)));
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "identity", "" -> atMost(MAX_BYTES, request.getInputStream());
      case "gzip", "x-gzip" ->
          unpacked(atMost(MAX_BYTES + MAX_GZIP_OVERHEAD, request.getInputStream()));
      default -> {
        var refused =
            RefusedRequestException.unsupported(
                "Content-Encoding must be gzip or left out, not '" + encoding + "'");
        refused.getHeaders().set(HttpHeaders.ACCEPT_ENCODING, "gzip");
        throw refused;
      }
    };
  }

  private static byte[] unpacked(byte[] packed) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return atMost(MAX_BYTES, gzip);
    } catch (IOException _) {
      throw RefusedRequestException.malformed("the body is not gzip, or it ends too early");
    }
  }

  private static byte[] atMost(int limit, InputStream in) throws IOException {
    var bytes = in.readNBytes(limit + 1);
    if (bytes.length > limit) {
      throw RefusedRequestException.tooLarge(
          "the body must be at most " + MAX_BYTES + " bytes when unpacked; send smaller batches");
    }
    return bytes;
  }
}
