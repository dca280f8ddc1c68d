package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The events with which the CloudEvents project tests its SDK, and the scenarios of its suite for
 * conformance (github.com/cloudevents/conformance), seen as its own library sees them.
 */
class CloudEventsConformanceTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final byte[] HELLO = "{\"message\": \"Hello World!\"}".getBytes(UTF_8);
  private static final Map<String, String> SCENARIO =
      Map.of(
          "specversion", "1.0",
          "type", "com.example.someevent",
          "time", "2018-04-05T03:56:24Z",
          "id", "1234-1234-1234",
          "source", "/mycontext/subcontext");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "min",
        "min_subject_null",
        "numeric_ext",
        "binary_attr",
        "json_data",
        "json_data_with_ext",
        "json_data_with_fractional_time",
        "base64_json_data",
        "base64_json_data_with_ext"
      })
  void eventIsWhatTheLibrarySees(String name) throws Exception {
    var event = new JsonFormat().deserialize(file(name));
    var envelope = Envelope.structured(new RecordHeaders(), file(name));
    assertThat(attributes(envelope)).isEqualTo(attributes(event));
    assertThat(Attributes.in(envelope.headers()).type()).isEqualTo(event.getType());
    if (event.getData() == null) {
      assertThat(envelope.data()).isNull();
    } else {
      assertThat(JSON.readTree(envelope.data()))
          .isEqualTo(JSON.readTree(event.getData().toBytes()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fail_numeric_decimal,       an extension attribute must be",
    "fail_numeric_long,          an extension attribute must be",
    "json_data_with_ext_invalid, a name of lower-case",
    "json_data_with_ext_upper_case, a name of lower-case",
    "text_data,                  datacontenttype",
    "xml_data,                   datacontenttype",
    "base64_text_data,           datacontenttype",
    "base64_xml_data,            datacontenttype"
  })
  void whatIsNoEventOrHasNoJsonIsRefused(String name, String detail) throws Exception {
    var envelope = Envelope.structured(new RecordHeaders(), file(name));
    assertThatThrownBy(envelope::headers)
        .isInstanceOf(InvalidEventException.class)
        .hasMessageContaining(detail);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/json; charset=utf-8"})
  void binaryModeOfHttp(String contentType) throws Exception {
    var envelope = Envelope.binary(List.copyOf(SCENARIO.entrySet()), contentType, HELLO);
    assertThat(attributes(envelope)).isEqualTo(SCENARIO);
    assertThat(envelope.data()).isEqualTo(HELLO);
    assertThat(Attributes.in(envelope.headers()).type()).isEqualTo("com.example.someevent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/cloudevents+json", "application/cloudevents+json; charset=utf-8"})
  void structuredModeOfHttpAndKafka(String contentType) throws Exception {
    var body = JSON.createObjectNode();
    SCENARIO.forEach(body::put);
    body.put("datacontenttype", "application/json").set("data", JSON.readTree(HELLO));
    assertThat(ContentType.of(contentType)).isEqualTo(ContentType.EVENT);
    var headers = new RecordHeaders().add(Attributes.CONTENT_TYPE, contentType.getBytes(UTF_8));
    assertThat(Attributes.in(headers).areInTheValue()).isTrue();
    var envelope = Envelope.structured(headers, JSON.writeValueAsBytes(body));
    assertThat(attributes(envelope)).isEqualTo(SCENARIO);
    assertThat(JSON.readTree(envelope.data())).isEqualTo(JSON.readTree(HELLO));
  }

  @Test
  void contentTypesOfJsonAreThoseOfTheLibrary() {
    for (var type :
        List.of(
            "application/json",
            "application/json;charset=utf-8",
            "application/json;\tcharset = \"utf-8\"",
            "text/json",
            "text/json;\twhatever=a",
            "text/json; boundary=something",
            "text/json;foo=\"bar\"",
            "text/json; \t",
            "text/json;",
            "text/json; char-set = $!#$%&'*+.^_`|")) {
      assertThat(ContentType.of(type)).as(type).isEqualTo(ContentType.JSON);
    }
    for (var type : List.of("application/jsom", "application/jsonwrong", "json", "", "a/b/json")) {
      assertThat(ContentType.of(type)).as(type).isEqualTo(ContentType.UNKNOWN);
    }
  }

  private static Map<String, String> attributes(Envelope envelope) throws InvalidEventException {
    var attributes = new TreeMap<String, String>();
    for (var header : envelope.headers()) {
      if (header.key().startsWith(Attributes.PREFIX)) {
        var name = header.key().substring(Attributes.PREFIX.length());
        var text = new String(header.value(), UTF_8);
        attributes.put(name, name.equals("time") ? Times.parse(text).toString() : text);
      }
    }
    return attributes;
  }

  private static Map<String, String> attributes(CloudEvent event) {
    var attributes = new HashMap<String, String>();
    for (var name : event.getAttributeNames()) {
      var value = event.getAttribute(name);
      if (value != null && !name.equals("datacontenttype")) {
        attributes.put(
            name,
            value instanceof OffsetDateTime time ? time.toInstant().toString() : value.toString());
      }
    }
    event
        .getExtensionNames()
        .forEach(name -> attributes.put(name, String.valueOf(event.getExtension(name))));
    return attributes;
  }

  private static byte[] file(String name) throws IOException {
    try (var file =
        CloudEventsConformanceTest.class.getResourceAsStream("/cloudevents/" + name + ".json")) {
      return Objects.requireNonNull(file).readAllBytes();
    }
  }
}
