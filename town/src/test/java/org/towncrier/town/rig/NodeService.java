package org.towncrier.town.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.towncrier.broadcaster.BroadcasterMain;
import org.towncrier.town.process.Program;

/**
 * A node as its unit file starts it, as far as a machine without systemd can: as nobody, with the
 * capabilities and the limit of core dumps that the file gives it, and the launcher's flags.
 */
final class NodeService {
  static final int NOBODY = 65_534;

  /** More than a node in the field ever says: if there is no address in this, there is in none. */
  private static final String LOG_EVERYTHING =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %thread %level %logger %msg %kvp %mdc%n%ex</pattern></encoder>
        </appender>
        <logger name="org.towncrier" level="TRACE"/>
        <root level="INFO"><appender-ref ref="out"/></root>
      </configuration>
      """;

  /** The launcher's, of a node's JVM. */
  private static final Path FLAGS = Path.of("..", "broadcaster", "node.jvm");

  private final List<String> unit;

  /**
   * @param unit the unit file
   */
  NodeService(Path unit) throws IOException {
    this.unit = Files.readAllLines(unit);
  }

  /** The service, not started, on the class path of this very test. */
  Program program(Path config, Path log) throws IOException {
    String capabilities =
        Arrays.stream(setting("AmbientCapabilities").split(" "))
            .map(name -> "+" + name.toLowerCase(Locale.ROOT).replaceFirst("^cap_", ""))
            .collect(Collectors.joining(",", "-all,", ""));
    List<String> command = new ArrayList<>(List.of("prlimit", "--core=" + setting("LimitCORE")));
    String nobody = String.valueOf(NOBODY);
    command.addAll(List.of("setpriv", "--reuid", nobody, "--regid", nobody, "--clear-groups"));
    command.addAll(List.of("--no-new-privs", "--bounding-set", capabilities));
    command.addAll(List.of("--inh-caps", capabilities, "--ambient-caps", capabilities));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path flags = FLAGS.toAbsolutePath().normalize();
    open(flags);
    command.add("@" + flags);
    Path everything = Files.writeString(config.resolveSibling("logback.xml"), LOG_EVERYTHING);
    command.add("-Dlogback.configurationFile=" + everything);
    String classPath = System.getProperty("java.class.path");
    for (String part : classPath.split(":")) {
      open(Path.of(part));
    }
    command.addAll(List.of("-cp", classPath, BroadcasterMain.class.getName()));
    command.addAll(List.of("--config", config.toString()));
    return new Program("node", log, command);
  }

  /** Makes a folder and all in it the service's, and nobody else's. */
  static void give(Path folder) throws IOException, InterruptedException {
    for (List<String> command :
        List.of(List.of("chown", "-R", NOBODY + ":" + NOBODY), List.of("chmod", "-R", "go="))) {
      List<String> whole = new ArrayList<>(command);
      whole.add(folder.toString());
      if (new ProcessBuilder(whole).inheritIO().start().waitFor() != 0) {
        throw new IOException(command.get(0) + " failed");
      }
    }
  }

  private String setting(String key) throws IOException {
    return unit.stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .findFirst()
        .orElseThrow(() -> new IOException("The unit file does not say " + key));
  }

  /** The way there may lead through folders that only root may enter, such as /root/.m2. */
  private static void open(Path path) throws IOException {
    for (Path above = path.toAbsolutePath().getParent();
        above != null && above.getParent() != null;
        above = above.getParent()) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(above);
      if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
        Files.setPosixFilePermissions(above, permissions);
      }
    }
  }
}
