package org.smileadventure.common.http;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the bodies of requests. Of a name that is there twice, two readers could read two things; a
 * number with a fraction is no integer.
 */
public final class StrictJson {
  private final JsonMapper json;

  StrictJson(JsonMapper json) {
    this.json =
        json.rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .addModule(WholeNumbers.module())
            .build();
  }

  JsonMapper mapper() {
    return json;
  }

  /**
   * What an endpoint has made of a body, read as the body itself would be, with the same errors.
   */
  public <T> T read(JsonNode body, Class<T> type, HttpServletRequest request) {
    try {
      return json.treeToValue(body, type);
    } catch (JacksonException e) {
      throw new HttpMessageNotReadableException(
          "a body cannot be read", e, new ServletServerHttpRequest(request));
    }
  }
}
