package org.towncrier.town.stage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.towncrier.hardware.BluetoothAddress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A node's file for a town of emulated phones: the emulator as its radio, and its permitted hours
 * open all day. Everything else stays as {@code add-node} writes it.
 */
public final class NodeFile {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private NodeFile() {}

  /**
   * Where a node stands in the emulated town, and how it looks for phones.
   *
   * @param airPort where the air is served; 0 for one in the node's own process
   * @param place of the town
   * @param inquiry the length of one look
   * @param pause between two looks
   */
  public record Standing(int airPort, int place, Duration inquiry, Duration pause) {}

  /** What stands in the file of such a node, by section. */
  public static Map<String, Object> sections(Standing standing) {
    return Map.of(
        "radio",
        Map.of(
            "stack",
            "emulator",
            "emulatorPort",
            standing.airPort(),
            "emulatorPlace",
            standing.place(),
            "inquirySeconds",
            seconds(standing.inquiry()),
            "pauseSeconds",
            seconds(standing.pause()),
            "adapters",
            List.of(Map.of("name", "hci0"))),
        "permittedHours",
        Map.of("start", "00:00", "end", "00:00"),
        "reports",
        Map.of("everySeconds", 5, "afterChangeSeconds", 0.5),
        "state",
        Map.of("everySeconds", 5),
        "clock",
        Map.of("trust", "system"));
  }

  /** Changes a file that has none of that. Who may read it stays as it was. */
  public static void emulate(Path file, Standing standing) throws IOException {
    ObjectNode root = read(file);
    sections(standing).forEach(root::putPOJO);
    Files.write(file, YAML.writeValueAsBytes(root));
  }

  /** Sends the node to another broker. */
  public static void connect(Path file, String url) throws IOException {
    ObjectNode root = read(file);
    if (!(root.get("console") instanceof ObjectNode console)) {
      throw new IOException(file + " has no section console");
    }
    console.put("url", url);
    Files.write(file, YAML.writeValueAsBytes(root));
  }

  /** Gives the node these adapters. */
  public static void adapters(Path file, List<String> names) throws IOException {
    ObjectNode root = read(file);
    if (!(root.get("radio") instanceof ObjectNode radio)) {
      throw new IOException(file + " has no section radio");
    }
    radio.putPOJO("adapters", names.stream().map(name -> Map.of("name", name)).toList());
    Files.write(file, YAML.writeValueAsBytes(root));
  }

  /** Names the team's own phones, the only ones that the node asks in training. */
  public static void testPhones(Path file, List<BluetoothAddress> phones) throws IOException {
    ObjectNode root = read(file);
    root.putPOJO("testPhones", phones.stream().map(BluetoothAddress::hex).toList());
    Files.write(file, YAML.writeValueAsBytes(root));
  }

  private static ObjectNode read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      JsonNode root = YAML.readTree(in);
      if (root instanceof ObjectNode object) {
        return object;
      }
      throw new IOException(file + " is not a node's file");
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
