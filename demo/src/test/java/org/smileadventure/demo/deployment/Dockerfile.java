package org.smileadventure.demo.deployment;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A Dockerfile, instruction by instruction. */
record Dockerfile(List<Instruction> instructions) {
  private static final Pattern COMMENT = Pattern.compile("(?m)^#.*\\R");
  private static final Pattern CONTINUED = Pattern.compile("\\\\\\R\\s*");

  record Instruction(String keyword, String arguments) {

    /** The command of an ENTRYPOINT or HEALTHCHECK; fails unless it is in the exec form. */
    List<String> command() {
      var json = arguments.substring(Math.max(0, arguments.indexOf('[')));
      return List.of(new JsonMapper().readValue(json, String[].class));
    }
  }

  static Dockerfile of(String module) {
    var text = COMMENT.matcher(Checkout.text(module + "/Dockerfile")).replaceAll("");
    return new Dockerfile(
        CONTINUED
            .matcher(text)
            .replaceAll("")
            .lines()
            .filter(line -> !line.isBlank())
            .map(line -> line.split(" ", 2))
            .map(words -> new Instruction(words[0], words[1]))
            .toList());
  }

  Stream<Instruction> all(String keyword) {
    return instructions.stream().filter(instruction -> instruction.keyword().equals(keyword));
  }

  /** Of the last stage, which makes the image. */
  Stream<Instruction> ofTheImage(String keyword) {
    var stage = instructions.lastIndexOf(all("FROM").toList().getLast());
    return instructions.stream()
        .skip(stage)
        .filter(instruction -> instruction.keyword().equals(keyword));
  }

  Instruction one(String keyword) {
    var found = ofTheImage(keyword).toList();
    if (found.size() != 1) {
      throw new AssertionError("expected one %s, found %s".formatted(keyword, found));
    }
    return found.getFirst();
  }
}
