package org.smileadventure.query.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.smileadventure.query.answer.ChildRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * An export as JSON. Its last member, {@code end}, is there only if all the others are whole: the
 * number of items in each list, and the SHA-256 of every byte before the comma that precedes it.
 */
final class ExportDocument {
  /** With each change of what a member means, and with each that goes, by one. */
  private static final int SCHEMA_VERSION = 1;

  private final ExportedChild children;
  private final JsonMapper json;
  private final ExportStream out;

  ExportDocument(ExportedChild children, JsonMapper json, ExportStream out) {
    this.children = children;
    this.json = json;
    this.out = out;
  }

  void write(ChildRequest asked, ExportedChild.Profile profile) throws IOException {
    var end = new LinkedHashMap<String, @Nullable Object>();
    end.put("complete", true);
    print("{\"schema_version\":" + SCHEMA_VERSION + ",\"child\":" + profile.child());
    for (var part : profile.parts()) {
      print(",\"" + part.wireName() + "\":[");
      end.put(part.wireName(), children.read(asked, profile, part, new Items()::print));
      print("]");
    }
    end.put("events_kept_since", profile.eventsKeptSince());
    end.put("sha256", out.sha256());
    print(",\"end\":" + json.writeValueAsString(end) + "}");
  }

  private void print(String text) throws IOException {
    out.write(text.getBytes(UTF_8));
  }

  private final class Items {
    private String separator = "";

    void print(String item) throws IOException {
      ExportDocument.this.print(separator + item);
      separator = ",";
    }
  }
}
