package org.towncrier.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is refused, field by field of every record on the wire. */
class WireJsonTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** What may be missing, and null. */
  private static final Set<String> OPTIONAL =
      Set.of(
          "/refused",
          "/refused/revision",
          "/silentBecause",
          "/outcomes/1/reason",
          "/outcomes/2/variant",
          "/messages/1/variants",
          "/heardNodes",
          "/command",
          "/waitsFor",
          "/permittedHours",
          "/testPhones",
          "/answers/0/granted",
          "/answers/1/askAgainSeconds",
          "/join",
          "/joined");

  /** A field of an example, as a JSON pointer. */
  record Field(String example, String pointer) {
    String name() {
      return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    ObjectNode in(JsonNode whole) {
      String parent = pointer.substring(0, pointer.lastIndexOf('/'));
      return (ObjectNode) (parent.isEmpty() ? whole : whole.at(parent));
    }
  }

  static Stream<Field> fields() {
    List<Field> fields = new ArrayList<>();
    Examples.ALL.keySet().stream().sorted().forEach(name -> collect(name, tree(name), "", fields));
    return fields.stream();
  }

  static Stream<Field> required() {
    return fields().filter(field -> !OPTIONAL.contains(field.pointer()));
  }

  private static void collect(String example, JsonNode node, String at, List<Field> into) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              property -> {
                String pointer = at + "/" + property.getKey();
                into.add(new Field(example, pointer));
                collect(example, property.getValue(), pointer, into);
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        collect(example, array.get(i), at + "/" + i, into);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("required")
  void a_missing_field_is_refused_by_name(Field field) {
    JsonNode whole = tree(field.example());
    field.in(whole).remove(field.name());
    assertRefused(field, whole);
  }

  @ParameterizedTest
  @MethodSource("required")
  void a_null_is_refused_by_name(Field field) {
    JsonNode whole = tree(field.example());
    field.in(whole).putNull(field.name());
    assertRefused(field, whole);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void a_value_of_another_type_is_refused_by_name(Field field) {
    JsonNode whole = tree(field.example());
    field.in(whole).putArray(field.name()).addObject().put("surprise", 1.5);
    assertRefused(field, whole);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void a_null_in_a_list_is_refused_by_name(Field field) {
    JsonNode whole = tree(field.example());
    if (field.in(whole).get(field.name()) instanceof ArrayNode list) {
      list.addNull();
      assertRefused(field, whole);
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void a_text_in_place_of_a_number_or_a_flag_is_refused_by_name(Field field) {
    JsonNode whole = tree(field.example());
    JsonNode value = field.in(whole).get(field.name());
    if (value.isNumber() || value.isBoolean()) {
      field.in(whole).put(field.name(), value.asString());
      assertRefused(field, whole);
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void an_unknown_field_beside_it_is_ignored(Field field) throws Exception {
    JsonNode whole = tree(field.example());
    field.in(whole).putObject("fromTheFuture").put("x", 1);
    Record expected = Examples.ALL.get(field.example());
    assertThat(WireJson.read(bytes(whole), expected.getClass())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "[]",
        "\"text\"",
        "{",
        "{}",
        "{\"status\":\"ONLINE\"",
        "\u0000",
        "<html></html>"
      })
  void what_is_no_such_record_is_refused(String text) {
    assertThatThrownBy(() -> WireJson.read(text.getBytes(UTF_8), Presence.class))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageStartingWith("Presence");
  }

  @Test
  void what_follows_the_record_is_refused() {
    String twice = JSON.writeValueAsString(tree("presence")).repeat(2);
    assertThatThrownBy(() -> WireJson.read(twice.getBytes(UTF_8), Presence.class))
        .isInstanceOf(MalformedPayloadException.class);
  }

  @Test
  void more_than_the_limit_is_refused_unread() {
    assertThatThrownBy(() -> WireJson.read(new byte[Limits.PAYLOAD_BYTES + 1], Presence.class))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("over the limit of " + Limits.PAYLOAD_BYTES);
  }

  @Test
  void endless_nesting_is_refused() {
    String deep = "{\"x\":".repeat(5000) + "1" + "}".repeat(5000);
    assertThatThrownBy(() -> WireJson.read(deep.getBytes(UTF_8), Presence.class))
        .isInstanceOf(MalformedPayloadException.class);
  }

  @Test
  void text_that_is_not_utf_8_is_refused() {
    byte[] json = WireJson.write(Examples.PRESENCE);
    json[json.length / 2] = (byte) 0xFF;
    assertThatThrownBy(() -> WireJson.read(json, Presence.class))
        .isInstanceOf(MalformedPayloadException.class);
  }

  @Test
  void a_fraction_is_never_a_whole_number() {
    String json =
        new String(WireJson.write(Examples.SCHEDULE), UTF_8)
            .replace("\"revision\":42", "\"revision\":42.5");
    assertThatThrownBy(() -> WireJson.read(json.getBytes(UTF_8), NodeSchedule.class))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("revision");
  }

  @Test
  void an_enum_is_never_a_number() {
    ObjectNode presence = (ObjectNode) tree("presence");
    presence.put("status", 0);
    assertThatThrownBy(() -> WireJson.read(bytes(presence), Presence.class))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("status");
  }

  private static void assertRefused(Field field, JsonNode whole) {
    Class<? extends Record> type = Examples.ALL.get(field.example()).getClass();
    assertThatThrownBy(() -> WireJson.read(bytes(whole), type))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageStartingWith(type.getSimpleName())
        .hasMessageContaining(field.name());
  }

  private static JsonNode tree(String example) {
    return JSON.readTree(WireJson.write(Examples.ALL.get(example)));
  }

  private static byte[] bytes(JsonNode node) {
    return JSON.writeValueAsBytes(node);
  }
}
