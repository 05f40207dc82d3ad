package org.towncrier.broadcaster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.towncrier.broadcaster.machine.Finding;
import org.towncrier.broadcaster.machine.Finding.Level;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code --check --json} said on this machine. */
record Checked(int status, String said, Map<String, Finding> findings) {
  static Checked run(Path folder) throws IOException {
    return run(folder, "hci0");
  }

  static Checked run(Path folder, String adapter) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("node.yaml"),
            """
            site: marlborough-square
            node: clock-tower
            console:
              url: mqtt://127.0.0.1:1
              trustedKeys: [MCowBQYDK2VwAyEA+aKrMEXt7kUYAxUNkK2hLyprfqwAziUgEjbxb1l7iS0=]
            radio: {name: Safer Coalville, inquirySeconds: 2.56, adapters: [{name: %s}]}
            clock: {trust: system}
            """
                .formatted(adapter));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        BroadcasterMain.run(
            List.of("--config", file.toString(), "--check", "--json"),
            new PrintStream(out, true, UTF_8),
            System.err);
    Map<String, Finding> findings = new LinkedHashMap<>();
    for (JsonNode one : JsonMapper.shared().readTree(out.toString(UTF_8)).get("findings")) {
      String about = one.get("about").asString();
      findings.put(
          about,
          new Finding(
              Level.valueOf(one.get("level").asString().toUpperCase(Locale.ROOT)),
              about,
              one.get("found").asString(),
              one.get("advice").asString()));
    }
    return new Checked(status, out.toString(UTF_8), findings);
  }

  boolean has(String about) {
    return findings.containsKey(about);
  }

  Finding finding(String about) {
    Finding finding = findings.get(about);
    if (finding == null) {
      throw new AssertionError("Nothing is said about " + about + ": " + said);
    }
    return finding;
  }
}
