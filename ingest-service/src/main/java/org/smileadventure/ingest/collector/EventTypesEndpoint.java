package org.smileadventure.ingest.collector;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.service.ProblemException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells what events look like: of each type the JSON Schema of its data, and an example. */
@RestController
@RequestMapping(EventTypesEndpoint.PATH)
class EventTypesEndpoint {
  static final String PATH = "/api/v1/events/types";

  /** Where to read about a type. */
  record DescribedType(String type, String schema, String example) {}

  record DescribedTypes(List<DescribedType> types) {}

  @GetMapping
  DescribedTypes types() {
    return new DescribedTypes(
        names().stream()
            .map(
                name ->
                    new DescribedType(
                        name, PATH + "/" + name + "/schema", PATH + "/" + name + "/example"))
            .toList());
  }

  // Those who say that they accept JSON get it too.
  @GetMapping(
      path = "/{type}/schema",
      produces = {"application/schema+json", MediaType.APPLICATION_JSON_VALUE})
  ResponseEntity<Resource> schema(@PathVariable String type) {
    return document("schemas", type);
  }

  @GetMapping(
      path = "/{type}/example",
      produces = {"application/cloudevents+json", MediaType.APPLICATION_JSON_VALUE})
  ResponseEntity<Resource> example(@PathVariable String type) {
    return document("examples", type);
  }

  private static ResponseEntity<Resource> document(String folder, String type) {
    var known = EventType.named(type).orElseThrow(() -> unknown(type));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic())
        .varyBy(HttpHeaders.ACCEPT)
        .body(new ClassPathResource(folder + "/" + known.wireName() + ".json"));
  }

  private static ProblemException unknown(String type) {
    return new ProblemException(
            HttpStatus.NOT_FOUND,
            "there is no event type '%s'; the types are %s"
                .formatted(type, String.join(", ", names())))
        .with("known_types", names());
  }

  private static List<String> names() {
    return Arrays.stream(EventType.values()).map(EventType::wireName).toList();
  }
}
