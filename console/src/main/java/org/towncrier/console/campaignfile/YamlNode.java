package org.towncrier.console.campaignfile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.input.InvalidInputException.Problem;
import tools.jackson.databind.JsonNode;

/**
 * A mapping in a YAML file, read key by key. What is wrong is noted with its path and reading goes
 * on, so that a person mends a file once.
 */
final class YamlNode {
  private final JsonNode node;
  private final String path;
  private final List<Problem> problems;
  private final Set<String> known = new LinkedHashSet<>();

  YamlNode(JsonNode node, String path, List<Problem> problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
    if (!node.isObject()) {
      problems.add(new Problem(path, "this should be keys with values"));
    }
  }

  /** The text of a required key; empty, with a problem noted, when it is not there. */
  String text(String key) {
    return optionalText(key)
        .orElseGet(
            () -> {
              problem(key, "is missing");
              return "";
            });
  }

  Optional<String> optionalText(String key) {
    known.add(key);
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (value.isContainer()) {
      problem(key, "should be a text");
      return Optional.empty();
    }
    return Optional.of(value.asString());
  }

  /** A required value of another type; null, with a problem noted, when it is not one. */
  <T> @Nullable T value(String key, Function<String, T> parse) {
    Optional<String> text = optionalText(key);
    if (text.isEmpty()) {
      problem(key, "is missing");
      return null;
    }
    return parsed(key, text.get(), parse);
  }

  /** As {@link #value}, with a default for a key that is not there. */
  <T> @Nullable T value(String key, Function<String, T> parse, @Nullable T otherwise) {
    return optionalText(key).map(text -> parsed(key, text, parse)).orElse(otherwise);
  }

  /** The texts of a list. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : items(key)) {
      texts.add(item.asString(""));
    }
    return texts;
  }

  /** The mappings of a list. */
  List<YamlNode> nodes(String key) {
    List<YamlNode> nodes = new ArrayList<>();
    int n = 0;
    for (JsonNode item : items(key)) {
      nodes.add(new YamlNode(item, at(key) + "[" + n++ + "]", problems));
    }
    return nodes;
  }

  boolean has(String key) {
    return node.has(key);
  }

  /** The mapping under a key. */
  YamlNode child(String key) {
    known.add(key);
    return new YamlNode(node.path(key), at(key), problems);
  }

  void problem(String key, String message) {
    problems.add(new Problem(at(key), message));
  }

  /** Notes every key that nobody asked for: most likely a typing error. */
  void done() {
    node.propertyNames().stream()
        .filter(key -> !known.contains(key))
        .forEach(
            key -> problem(key, "is not known here; the keys are " + String.join(", ", known)));
  }

  private Iterable<JsonNode> items(String key) {
    known.add(key);
    JsonNode list = node.path(key);
    if (!list.isMissingNode() && !list.isArray()) {
      problem(key, "should be a list");
      return List.of();
    }
    return list.isArray() ? list : List.of();
  }

  private <T> @Nullable T parsed(String key, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException wrong) {
      String why = String.valueOf(wrong.getMessage());
      problem(key, why.contains("\"" + text + "\"") ? why : "\"%s\" %s".formatted(text, why));
      return null;
    }
  }

  private String at(String key) {
    return at(path, key);
  }

  /** The path of a key in a mapping that has a path itself; empty for the file's own keys. */
  static String at(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
