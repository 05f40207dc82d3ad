package org.towncrier.broadcaster.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One mapping of the node's file. Each read takes a setting and describes it in one go, so that the
 * reference of settings is what the program really reads. A wrong or missing value is noted, and a
 * stand-in returned so that reading goes on to the next problem; nothing built from stand-ins
 * leaves {@link BroadcasterConfig#load}.
 */
final class SettingsNode {
  private final String path;
  private final JsonNode node;
  private final Findings findings;
  private final Set<String> known = new LinkedHashSet<>();

  private SettingsNode(String path, JsonNode node, Findings findings) {
    this.path = path;
    this.node = node;
    this.findings = findings;
  }

  static SettingsNode root(JsonNode node, Findings findings) {
    return new SettingsNode("", node, findings);
  }

  /** Reads a mapping below this one; its own keys are all optional unless it says otherwise. */
  <T> T section(String key, Function<SettingsNode, T> reader) {
    JsonNode child = child(key);
    if (!isAbsent(child) && !child.isObject()) {
      problem(key, "needs keys of its own below it, not " + kind(child));
      child = MissingNode.getInstance();
    }
    return new SettingsNode(path + key + ".", child, findings).readWith(reader);
  }

  /** Reads a list of mappings that has at least one. */
  <T> List<T> requiredSections(String key, String meaning, Function<SettingsNode, T> reader) {
    findings.describe(path + key, "list", "**required**", meaning);
    int before = findings.problems().size();
    // Read once from nothing, for the reference alone: a list may have no element to describe.
    Findings described = new Findings();
    new SettingsNode(path + key + "[].", MissingNode.getInstance(), described).readWith(reader);
    described.settings().forEach(findings::describe);
    List<T> values = new ArrayList<>();
    int index = 0;
    for (JsonNode element : elements(key)) {
      String at = key + "[" + index++ + "]";
      if (element.isObject()) {
        values.add(
            new SettingsNode(path + at + ".", element, findings.withoutDescriptions())
                .readWith(reader));
      } else {
        problem(at, "needs keys of its own below it, not " + kind(element));
      }
    }
    if (values.isEmpty() && findings.problems().size() == before) {
      problem(key, "is missing or empty: " + meaning);
    }
    return values;
  }

  /** A text that must be there; the stand-in is also the reference's example. */
  <T> T required(String key, String type, String meaning, T standIn, Function<String, T> parser) {
    findings.describe(path + key, type, "**required**", meaning);
    JsonNode child = child(key);
    if (isAbsent(child)) {
      problem(key, "is missing: " + meaning);
      return standIn;
    }
    @Nullable T value = parse(key, child, parser);
    return value == null ? standIn : value;
  }

  /** A text that may be left out, without anything in its place. */
  <T> @Nullable T optional(
      String key, String type, String shownDefault, String meaning, Function<String, T> parser) {
    findings.describe(path + key, type, shownDefault, meaning);
    JsonNode child = child(key);
    return isAbsent(child) ? null : parse(key, child, parser);
  }

  /** A text that may be left out. */
  <T> T optional(
      String key,
      String type,
      String shownDefault,
      String meaning,
      T whenAbsent,
      Function<String, T> parser) {
    @Nullable T value = optional(key, type, shownDefault, meaning, parser);
    return value == null ? whenAbsent : value;
  }

  /** A list of texts. */
  <T> List<T> texts(
      String key, String type, boolean required, String meaning, Function<String, T> parser) {
    findings.describe(path + key, type, required ? "**required**" : "empty", meaning);
    List<T> values = new ArrayList<>();
    int before = findings.problems().size();
    int index = 0;
    for (JsonNode element : elements(key)) {
      @Nullable T value = parse(key + "[" + index++ + "]", element, parser);
      if (value != null) {
        values.add(value);
      }
    }
    if (required && values.isEmpty() && findings.problems().size() == before) {
      problem(key, "is missing or empty: " + meaning);
    }
    return values;
  }

  int integer(String key, int whenAbsent, int least, int most, String meaning) {
    findings.describe(
        path + key, "%d to %d".formatted(least, most), String.valueOf(whenAbsent), meaning);
    JsonNode child = child(key);
    if (isAbsent(child)) {
      return whenAbsent;
    }
    if (!child.isIntegralNumber()) {
      problem(key, "needs a whole number, not " + kind(child));
    } else if (!child.canConvertToInt() || child.intValue() < least || child.intValue() > most) {
      problem(key, "is %d to %d, not %s".formatted(least, most, child.asString()));
    } else {
      return child.intValue();
    }
    return whenAbsent;
  }

  /** A length of time, in seconds; decimals are allowed. */
  Duration seconds(String key, String whenAbsent, String least, String most, String meaning) {
    findings.describe(path + key, "%s to %s s".formatted(least, most), whenAbsent, meaning);
    JsonNode child = child(key);
    if (!isAbsent(child)) {
      if (!child.isNumber()) {
        problem(key, "needs a number of seconds, not " + kind(child));
      } else if (child.decimalValue().compareTo(new BigDecimal(least)) < 0
          || child.decimalValue().compareTo(new BigDecimal(most)) > 0) {
        problem(key, "is %s to %s seconds, not %s".formatted(least, most, child.asString()));
      } else {
        return duration(child.decimalValue());
      }
    }
    return duration(new BigDecimal(whenAbsent));
  }

  boolean flag(String key, boolean whenAbsent, String meaning) {
    findings.describe(path + key, "true or false", String.valueOf(whenAbsent), meaning);
    JsonNode child = child(key);
    if (!isAbsent(child) && !child.isBoolean()) {
      problem(key, "is true or false, not " + kind(child));
    }
    return child.isBoolean() ? child.booleanValue() : whenAbsent;
  }

  <E extends Enum<E>> E choice(String key, E whenAbsent, String meaning) {
    List<E> all = List.of(whenAbsent.getDeclaringClass().getEnumConstants());
    String names = all.stream().map(SettingsNode::lower).collect(Collectors.joining(" or "));
    return optional(
        key,
        names,
        lower(whenAbsent),
        meaning,
        whenAbsent,
        text ->
            all.stream()
                .filter(one -> lower(one).equals(text))
                .findFirst()
                .orElseThrow(
                    () -> new IllegalArgumentException("is %s, not %s".formatted(names, text))));
  }

  /** Notes something wrong with a key of this mapping. */
  void problem(String key, String what) {
    findings.problem(path + key, what);
  }

  private <T> T readWith(Function<SettingsNode, T> reader) {
    T value = reader.apply(this);
    refuseUnknownKeys();
    return value;
  }

  /** For the root, which nobody else closes. */
  void refuseUnknownKeys() {
    Stream.ofNullable(node.isObject() ? node : null)
        .flatMap(mapping -> mapping.propertyNames().stream())
        .filter(key -> !known.contains(key))
        .forEach(key -> findings.unknownKey(path, key, known));
  }

  private <T> @Nullable T parse(String key, JsonNode child, Function<String, T> parser) {
    if (!child.isString()) {
      problem(
          key,
          "needs text, not %s%s"
              .formatted(kind(child), child.isValueNode() ? "; put it in \"quotes\"" : ""));
      return null;
    }
    try {
      return parser.apply(child.stringValue());
    } catch (IllegalArgumentException wrong) {
      problem(key, String.valueOf(wrong.getMessage()));
      return null;
    }
  }

  private Iterable<JsonNode> elements(String key) {
    JsonNode child = child(key);
    if (isAbsent(child)) {
      return List.of();
    }
    if (!child.isArray()) {
      problem(key, "needs a list (a line with a dash for each), not " + kind(child));
      return List.of();
    }
    return child;
  }

  private JsonNode child(String key) {
    known.add(key);
    return node.path(key);
  }

  private static boolean isAbsent(JsonNode child) {
    return child.isMissingNode() || child.isNull();
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "keys of its own";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL, MISSING -> "nothing";
      default -> "text";
    };
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Duration duration(BigDecimal seconds) {
    return Duration.ofMillis(seconds.movePointRight(3).longValue());
  }
}
