package org.towncrier.broadcaster.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A node's YAML file on disk. */
public final class ConfigFile {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private ConfigFile() {}

  static BroadcasterConfig load(Path file) throws ConfigException {
    Findings findings = new Findings();
    JsonNode tree = parse(file);
    Path folder = file.toAbsolutePath().normalize().getParent();
    BroadcasterConfig config =
        BroadcasterConfig.read(
            SettingsNode.root(tree, findings), folder == null ? Path.of("/") : folder);
    if (!findings.problems().isEmpty()) {
      throw new ConfigException(file.toString(), findings.problems());
    }
    return config;
  }

  /** Every setting there is, in the order in which they are read. */
  static List<Findings.Setting> settings() {
    Findings findings = new Findings();
    BroadcasterConfig.read(
        SettingsNode.root(MissingNode.getInstance(), findings), Path.of("").toAbsolutePath());
    return findings.settings();
  }

  /** What somebody should put right about the file itself, if anything: others can read it. */
  public static Optional<String> permissionsTrouble(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.GROUP_READ)
              || permissions.contains(PosixFilePermission.OTHERS_READ)
          ? Optional.of(
              "others on this machine can read %s, which holds a password: chmod 600 %s"
                  .formatted(file, file))
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException unknown) {
      // A file system without such permissions, or none to look at: loading says what is wrong.
      return Optional.empty();
    }
  }

  private static JsonNode parse(Path file) throws ConfigException {
    try {
      JsonNode tree = MAPPER.readTree(Files.readString(file));
      if (tree.isMissingNode() || tree.isNull()) {
        throw new ConfigException(file.toString(), List.of("the file is empty"));
      }
      if (!tree.isObject()) {
        throw new ConfigException(
            file.toString(), List.of("the file needs lines such as \"site: marlborough-square\""));
      }
      return tree;
    } catch (NoSuchFileException missing) {
      throw new ConfigException(
          file.toString(),
          List.of("there is no such file; towncrier console add-node SITE NODE writes one"));
    } catch (CharacterCodingException notText) {
      throw new ConfigException(file.toString(), List.of("the file is not UTF-8 text"));
    } catch (IOException unreadable) {
      throw new ConfigException(
          file.toString(),
          List.of(
              "the file cannot be read (%s); look at its owner and permissions"
                  .formatted(unreadable.getClass().getSimpleName())));
    } catch (JacksonException notYaml) {
      // Not the parser's own words: they quote the line, which may hold a password or an address.
      TokenStreamLocation at = notYaml.getLocation();
      String where =
          at == null || at.getLineNr() < 1
              ? ""
              : " near line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
      throw new ConfigException(
          file.toString(),
          List.of(
              "the file is not YAML%s; look for a key set twice, tabs, or a missing quote"
                  .formatted(where)));
    }
  }
}
