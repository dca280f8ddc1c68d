package org.smileadventure.ingest.statement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the forms in which statements are handed on. */
final class StatementFile {
  private static final JsonMapper JSON = JsonMapper.shared();

  private StatementFile() {}

  /**
   * The statements of a file: one or more of a statement, an array of them, and a record store's
   * answer.
   *
   * @throws ImportFailure if it cannot be read, or holds something else
   */
  static List<JsonNode> read(Path file) {
    var statements = new ArrayList<JsonNode>();
    try (var in = Files.newInputStream(file);
        var parser = JSON.createParser(in)) {
      // Of a parser an array is one value, and what comes after it is another.
      var values = JSON.readValues(parser, JsonNode.class);
      while (values.hasNextValue()) {
        var value = values.nextValue();
        var listed = value.isObject() && value.has("statements") ? value.get("statements") : value;
        if (listed.isArray()) {
          listed.forEach(statements::add);
        } else {
          statements.add(listed);
        }
      }
    } catch (IOException | JacksonIOException e) {
      throw new ImportFailure("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    } catch (JacksonException e) {
      var place = e.getLocation();
      throw new ImportFailure(
          "%s is no JSON at line %d, column %d"
              .formatted(file, place.getLineNr(), place.getColumnNr()),
          e);
    }
    return statements;
  }
}
