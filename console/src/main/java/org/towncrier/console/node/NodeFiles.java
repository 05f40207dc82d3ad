package org.towncrier.console.node;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.SiteSeed;
import org.towncrier.protocol.TrustedKey;
import org.towncrier.protocol.WireJson;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * The files that make a machine a node: its settings, and the site's secrets, which it deletes once
 * it has them. Readable to their owner only.
 */
final class NodeFiles {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();

  private static final String HEAD =
      """
      # Written by add-node. It holds a password: keep it readable to its owner only.
      # Every setting of a node is listed in config/README.md.
      """;

  private final Path folder;
  private final NodeId node;

  NodeFiles(Path folder, NodeId node) {
    this.folder = folder.toAbsolutePath().normalize();
    this.node = node;
  }

  /** How the node reaches the console, and what it is there. */
  record Account(
      URI url, String username, String password, @Nullable Path caCertificate, TrustedKey console) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Account[" + username + "]";
    }
  }

  Path settings() {
    return folder.resolve(node + ".yaml");
  }

  Path seed() {
    return folder.resolve(node + ".seed.json");
  }

  private Path caCertificate() {
    return folder.resolve(node + ".ca.pem");
  }

  /** Those that are there already. */
  List<Path> present() {
    return List.of(settings(), seed()).stream().filter(Files::exists).toList();
  }

  /** Writes all of them. One that cannot be written takes those before it away again. */
  void write(
      SiteId site,
      ZoneId zone,
      Account account,
      SiteSeed seed,
      Map<String, Object> sections,
      boolean replace)
      throws IOException {
    Files.createDirectories(folder);
    List<Path> written = new ArrayList<>();
    try {
      if (account.caCertificate() != null) {
        put(caCertificate(), Files.readAllBytes(account.caCertificate()), true);
      }
      put(seed(), WireJson.write(seed), replace);
      written.add(seed());
      put(settings(), yaml(site, zone, account, sections), replace);
    } catch (IOException failed) {
      for (Path file : written) {
        Files.deleteIfExists(file);
      }
      throw failed;
    }
  }

  private byte[] yaml(SiteId site, ZoneId zone, Account account, Map<String, Object> sections) {
    Map<String, Object> console = new LinkedHashMap<>();
    console.put("url", account.url().toString());
    console.put("username", account.username());
    console.put("password", account.password());
    if (account.caCertificate() != null) {
      console.put("caCertificate", caCertificate().getFileName().toString());
    }
    console.put("trustedKeys", List.of(account.console().encoded()));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("site", site.value());
    all.put("node", node.value());
    all.put("zone", zone.getId());
    all.put("permittedHours", Map.of("start", "19:00", "end", "04:00"));
    all.put("console", console);
    all.put("radio", Map.of("stack", "bluez", "adapters", List.of(Map.of("name", "hci0"))));
    all.putAll(sections);
    return (HEAD + YAML.writeValueAsString(all)).getBytes(StandardCharsets.UTF_8);
  }

  /** Whole or not at all, and never readable to others, not for a moment. */
  private void put(Path file, byte[] content, boolean replace) throws IOException {
    Path whole =
        Files.createTempFile(
            folder,
            ".node",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.write(whole, content);
      CopyOption[] options =
          replace ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING} : new CopyOption[0];
      Files.move(whole, file, options);
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
