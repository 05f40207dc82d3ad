package org.towncrier.console.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document for people to read: what a page shows of it. */
final class ApiPage {
  private ApiPage() {}

  /** What belongs together. */
  record Group(String name, List<Operation> operations) {}

  /**
   * One address and method.
   *
   * @param scope empty when none is needed
   * @param takes what the body is, with the anchor of its kind; null without a body
   */
  record Operation(
      String method,
      String path,
      String says,
      String scope,
      List<Field> parameters,
      @Nullable Kind takes,
      @Nullable Kind gives) {}

  /** A kind of object, or of file. */
  record Kind(String words, String anchor) {}

  /** A parameter or a field. */
  record Field(String name, String type, boolean required, String says) {}

  /** A kind of object with its fields. */
  record Shape(String name, String says, List<Field> fields) {}

  static List<Group> groups(JsonNode document) {
    Map<String, List<Operation>> groups = new LinkedHashMap<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            groups
                                .computeIfAbsent(
                                    method.getValue().path("tags").path(0).asString(),
                                    tag -> new ArrayList<>())
                                .add(
                                    operation(path.getKey(), method.getKey(), method.getValue()))));
    return groups.entrySet().stream().map(e -> new Group(e.getKey(), e.getValue())).toList();
  }

  static List<Shape> kinds(JsonNode document) {
    List<Shape> kinds = new ArrayList<>();
    document
        .path("components")
        .path("schemas")
        .properties()
        .forEach(
            schema -> {
              List<Field> fields = new ArrayList<>();
              List<String> required = texts(schema.getValue().path("required"));
              schema
                  .getValue()
                  .path("properties")
                  .properties()
                  .forEach(
                      field ->
                          fields.add(
                              new Field(
                                  field.getKey(),
                                  type(field.getValue()),
                                  required.contains(field.getKey()),
                                  field.getValue().path("description").asString(""))));
              kinds.add(
                  new Shape(
                      schema.getKey(), schema.getValue().path("description").asString(""), fields));
            });
    return kinds;
  }

  private static Operation operation(String path, String method, JsonNode node) {
    List<Field> parameters = new ArrayList<>();
    for (JsonNode parameter : node.path("parameters")) {
      parameters.add(
          new Field(
              parameter.path("name").asString(),
              type(parameter.path("schema")),
              parameter.path("required").asBoolean(false),
              parameter.path("description").asString("")));
    }
    JsonNode good =
        node.path("responses").properties().stream()
            .filter(response -> response.getKey().startsWith("2"))
            .findFirst()
            .orElseThrow()
            .getValue();
    return new Operation(
        method.toUpperCase(java.util.Locale.ROOT),
        path,
        node.path("summary").asString(),
        node.path("security").path(0).path("token").path(0).asString(""),
        parameters,
        kind(node.path("requestBody").path("content")),
        kind(good.path("content")));
  }

  private static @Nullable Kind kind(JsonNode content) {
    return content.properties().stream()
        .findFirst()
        .map(
            media -> {
              String name = name(media.getValue().path("schema").path("$ref").asString(""));
              return media.getKey().equals("application/json") && !name.isEmpty()
                  ? new Kind(name, name)
                  : new Kind(media.getKey(), "");
            })
        .orElse(null);
  }

  private static String name(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  private static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      return name(schema.path("$ref").asString());
    }
    if (schema.has("anyOf")) {
      return type(schema.path("anyOf").path(0)) + " or null";
    }
    List<String> types =
        schema.path("type").isArray()
            ? texts(schema.path("type"))
            : List.of(schema.path("type").asString(""));
    if (types.contains("array")) {
      return "list of " + type(schema.path("items"));
    }
    List<String> values = texts(schema.path("enum"));
    if (!values.isEmpty()) {
      return String.join(", ", values);
    }
    String format = schema.path("format").asString("");
    return String.join(" or ", types) + (format.isEmpty() ? "" : " (" + format + ")");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.isNull() ? "null" : item.asString()));
    return texts;
  }
}
