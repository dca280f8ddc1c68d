package org.smileadventure.query.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.report.ExportedChild.Part;
import tools.jackson.databind.json.JsonMapper;

/**
 * An export as JSON. Its last member, {@code end}, is there only if all the others are whole: the
 * number of items in each list, and the SHA-256 of every byte before the comma that precedes it.
 */
final class ExportDocument {
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
    print("{\"child\":" + profile.child());
    for (var part : Part.values()) {
      print(",\"" + part.wireName() + "\":[");
      end.put(part.wireName(), children.read(asked, part, new Items()::print));
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
