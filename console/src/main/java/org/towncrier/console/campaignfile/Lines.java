package org.towncrier.console.campaignfile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.InvalidInputException.Problem;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Where in a campaign file its keys are, so that whoever is told what is wrong finds it. */
public final class Lines {
  /** Of no file: what is wrong then stays without a line. */
  static final Lines NONE = new Lines();

  private final Map<String, Integer> byPath = new HashMap<>();

  private Lines() {}

  /**
   * Reads it to the end.
   *
   * @param parser at its beginning
   */
  static Lines of(JsonParser parser) {
    Lines lines = new Lines();
    if (parser.nextToken() != null) {
      lines.value(parser, "");
    }
    return lines;
  }

  private void value(JsonParser parser, String path) {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = YamlNode.at(path, parser.currentName());
        note(parser, key);
        parser.nextToken();
        value(parser, key);
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (int n = 0; parser.nextToken() != JsonToken.END_ARRAY; n++) {
        String item = path + "[" + n + "]";
        note(parser, item);
        value(parser, item);
      }
    }
  }

  private void note(JsonParser parser, String path) {
    byPath.put(path, parser.currentTokenLocation().getLineNr());
  }

  /** The same with the line of each, or of what it is missing in. */
  InvalidInputException in(List<Problem> problems) {
    return new InvalidInputException(
        problems.stream().map(p -> new Problem(p.field(), p.message() + line(p.field()))).toList());
  }

  private String line(String path) {
    for (String at = path; !at.isEmpty(); at = parent(at)) {
      Integer line = byPath.get(at);
      if (line != null) {
        return " (line " + line + ")";
      }
    }
    return "";
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }
}
